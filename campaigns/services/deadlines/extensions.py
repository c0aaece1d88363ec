"""Who gets more time? An extension is a record with a reason; it only ever gives, never takes.

One for all moves the stage's own date; one for a unit stands beside it. Those concerned are told,
and with them their calendars: the entry keeps its UID and its SEQUENCE goes up.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.deadlines.errors import (
    ApprovalDueBefore,
    ExtensionNotAllowed,
    UnitNotNominating,
    UnitOfStageNotAllowed,
)
from campaigns.rules.log import seals
from campaigns.rules.nomination.receiving import deadline_of
from campaigns.services.approvals.signers import asked_now
from campaigns.services.calendar_entries import entry
from campaigns.services.deadlines import reminders
from campaigns.services.nomination import reach
from campaigns.services.nomination.checking import check_context, closes_at
from campaigns.services.registers.directory import Directory, local
from campaigns.store import campaigns
from campaigns.store.deadlines import extensions
from campaigns.store.deadlines.extensions import ExtensionRecord
from campaigns.store.engine import edges, timers
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.deadlines import ExtendDeadline
from schemas.messages.deadlines import DeadlineExtended
from schemas.messages.outgoing import Recipient
from schemas.outcomes import Done
from schemas.vocabulary import Called, Role, Stage, StageState, Word

_DECIDED: Final = frozenset({StageState.APPROVED, StageState.ENDED})
_OVER: Final = _DECIDED | {StageState.AWAITING_APPROVAL}


class _Told(NamedTuple):
    """Somebody concerned: what their calendar calls the matter, and how often it moved."""

    to: Recipient
    uid: str
    sequence: int


class Deadline(NamedTuple):
    """A deadline as it is now."""

    stage: str
    matter: str
    unit_id: str | None
    """The unit it is of; none: everybody's."""
    due_at: datetime
    moved: int
    """How often it was extended."""


def in_force_everywhere(tx: Transaction) -> list[Deadline]:
    """Return every deadline of the campaign as it is now, in the order of the stages."""
    moved = Counter((one.stage, one.matter, one.unit_id) for one in extensions.find(tx))
    found = []
    for stage in campaigns.stages(tx):
        name = stage.name
        own = sorted(unit for of, matter, unit in moved if of == name and matter == "work" and unit)
        for unit in (None, *own):
            due_at = in_force(tx, stage, unit)
            found.append(Deadline(name, "work", unit, due_at, moved[name, "work", unit]))
        due_at = stage.approval_due_at
        found.append(Deadline(name, "approval", None, due_at, moved[name, "approval", None]))
    return found


def in_force(tx: Transaction, stage: StageRecord, unit_id: str | None = None) -> datetime:
    """Return until when a stage's work is to be done, by all or by one unit."""
    if stage.name == Stage.NOMINATION and unit_id is not None:
        return deadline_of(unit_id, check_context(tx))
    return stage.due_at


def extend(tx: Transaction, command: ExtendDeadline) -> Done:
    """Give more time; tell those concerned, and set the timers anew.

    Raises:
        ReasonMissing: No reason was given.
        ExtensionNotAllowed: The time is not later, is past, or is not in the campaign's order; or
            the stage is over.
        UnitNotNominating, UnitOfStageNotAllowed: There is no such deadline.
    """
    ensure_reason(command.reason, _("Extending a deadline"))
    stage = campaigns.get_stage(tx, command.stage)
    directory = Directory(tx)
    _ensure_unit(tx, directory, command)
    before = stage.approval_due_at
    if command.matter == "work":
        before = in_force(tx, stage, command.unit_id)
    _ensure_later(tx, stage, command, before)
    extended = ExtensionRecord(
        id=0,
        stage=stage.name,
        matter=command.matter,
        unit_id=command.unit_id,
        previous_at=before,
        until_at=command.until,
        reason=command.reason,
        person_id=command.person_id,
        recorded_at=tx.now,
    )
    number = extensions.add(tx, stage, extended)
    tx.record(
        "thidua.deadline.extended",
        keys.subject("stage", stage.name),
        {
            "person": command.person_id,
            "matter": command.matter,
            "unit": command.unit_id,
            "previous": before.isoformat(),
            "until": command.until.isoformat(),
            seals.SEAL: seals.of_extension(
                tx.campaign.salt,
                stage.name,
                command.matter,
                command.unit_id,
                command.until,
                command.reason,
            ),
        },
    )
    _tell(tx, directory, stage, extended, number)
    reminders.supersede_outdated(tx)
    tx.wake(edges.SWEEP)
    if command.matter == "work":
        at = closes_at(tx) if stage.name == Stage.NOMINATION else command.until
        timers.wake_at(tx, edges.CYCLE, at)
    return Done(changed=1, detail=str(number))


# --- What may not be -----------------------------------------------------------------------------


def _ensure_unit(tx: Transaction, directory: Directory, command: ExtendDeadline) -> None:
    if command.unit_id is None:
        return
    if command.stage is not Stage.NOMINATION or command.matter != "work":
        raise UnitOfStageNotAllowed(command.stage)
    if command.unit_id not in {unit.id for unit in reach.nominating_units(tx, directory)}:
        raise UnitNotNominating(
            command.unit_id, known=directory.find_unit(command.unit_id) is not None
        )


def _ensure_later(
    tx: Transaction, stage: StageRecord, command: ExtendDeadline, before: datetime
) -> None:
    if stage.state in (_OVER if command.matter == "work" else _DECIDED):
        raise ExtensionNotAllowed(
            _(
                "stage {stage} is {state} already",
                stage=Word(stage.name),
                state=Called(stage.state),
            )
        )
    if command.until <= before:
        raise ExtensionNotAllowed(
            _(
                "{until} is not after {before}, which is in force; an extension gives more time, "
                "it takes none away",
                until=_said(tx, command.until),
                before=_said(tx, before),
            )
        )
    if command.until <= tx.now:
        raise ExtensionNotAllowed(
            _("{until} is past already; give a time to come", until=_said(tx, command.until))
        )
    _ensure_in_order(tx, stage, command)


def _ensure_in_order(tx: Transaction, stage: StageRecord, command: ExtendDeadline) -> None:
    """Keep the order of the calendar: work, then its approval, then the end of the next stage."""
    if command.matter == "work":
        if command.until > stage.approval_due_at:
            raise ApprovalDueBefore(stage.name, _said(tx, stage.approval_due_at))
        return
    after = [one for one in campaigns.stages(tx) if one.position > stage.position]
    if after and command.until > after[0].due_at:
        raise ExtensionNotAllowed(
            _(
                "stage {stage}, which follows, closes at {limit}, before that; extend that one "
                "first",
                stage=Word(after[0].name),
                limit=_said(tx, after[0].due_at),
            )
        )


def _said(tx: Transaction, at: datetime) -> str:
    return f"{local(tx, at):%d/%m/%Y %H:%M:%S} ({tx.playbook.timezone})"


# --- Who is told ---------------------------------------------------------------------------------


def _tell(
    tx: Transaction,
    directory: Directory,
    stage: StageRecord,
    extended: ExtensionRecord,
    number: int,
) -> None:
    for told in _concerned(tx, directory, stage, extended):
        payload = DeadlineExtended(
            **directory.heading(told.to),
            calendar=entry(
                tx,
                told.to,
                told.uid,
                told.sequence,
                extended.until_at,
                stage=stage.name,
                matter="approval" if extended.matter == "approval" else "work",
            ),
            stage=stage.name,
            matter="approval" if extended.matter == "approval" else "work",
            previous_at=extended.previous_at,
            until_at=extended.until_at,
            alone=extended.unit_id is not None,
            reason=extended.reason,
        )
        tx.notify(told.to, payload, about=keys.subject("stage", stage.name), cause=number)


def _concerned(
    tx: Transaction, directory: Directory, stage: StageRecord, extended: ExtensionRecord
) -> list[_Told]:
    """Return those who were told the former time, and to whom the new one makes a difference."""
    name, code = Stage(stage.name), tx.campaign.code
    if extended.matter == "approval":
        if stage.state != StageState.AWAITING_APPROVAL:
            return []
        moved = extensions.times_moved(tx, name, "approval")
        sequence = extensions.calendar_sequence(moved)
        uid = keys.calendar_uid(code, name, "approval")
        asked = asked_now(tx, stage)
        return [_Told(directory.to_person(one), uid, sequence) for one in asked]
    if name is Stage.NOMINATION:
        return _concerned_units(tx, directory, extended)
    if stage.state != StageState.OPEN:
        return []
    sequence = extensions.calendar_sequence(extensions.times_moved(tx, name, "work"))
    if name is Stage.REPLICATION:
        kinds = tx.playbook.messages.pledge_to_kinds
        units = [one for one in directory.active_units.values() if not kinds or one.kind in kinds]
        uid = keys.calendar_uid(code, name)
        return [_Told(directory.to_unit(one), uid, sequence) for one in units]
    role = {Stage.APPRAISAL: Role.REVIEWER, Stage.RECOGNITION: Role.COUNCIL}.get(
        name, Role.COORDINATOR
    )
    return [
        _Told(directory.to_person(one), keys.calendar_uid(code, name, one.id), sequence)
        for one in directory.holding(role)
    ]


def _concerned_units(
    tx: Transaction, directory: Directory, extended: ExtensionRecord
) -> list[_Told]:
    """Nobody before the launch was announced: that message gives the new time itself."""
    if tx.campaign.announced_at is None:
        return []
    context = check_context(tx)
    moved = extensions.times_moved(tx, Stage.NOMINATION, "work")
    uid = keys.calendar_uid(tx.campaign.code, Stage.NOMINATION)
    return [
        _Told(directory.to_unit(unit), uid, extensions.calendar_sequence(moved, unit.id))
        for unit in reach.nominating_units(tx, directory)
        if extended.unit_id in (None, unit.id)
        and deadline_of(unit.id, context) == extended.until_at
    ]
