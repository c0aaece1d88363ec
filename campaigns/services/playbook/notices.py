"""Whom does an amendment concern, and what are they told?

Coordinators are told all of it. Everybody else is told of dates they were given already: the
units of the nomination stage, the panel of the appraisal, the council of its sessions, approvers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from campaigns.rules import keys
from campaigns.rules.playbook.amendment_words import key_name, value_said
from campaigns.rules.playbook.amendments import Changed
from campaigns.services import calendar_entries
from campaigns.services.approvals.signers import asked_now
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.deadlines import extensions
from campaigns.store.recognition import council
from campaigns.store.transaction import Transaction
from schemas.messages.launch import CampaignAmended
from schemas.messages.outgoing import Recipient
from schemas.messages.payload import CalendarEntry
from schemas.vocabulary import Role, Stage, StageState

_SHOWN: Final = 30
"""Changes per mail; a coordinator sees all of them with `thidua campaign history`."""


@dataclass
class Notice:
    """What one recipient is told."""

    recipient: Recipient
    changes: list[Changed] = field(default_factory=list)
    calendar: CalendarEntry | None = None


def tell(tx: Transaction, changed: Sequence[Changed], version: int, reason: str) -> None:
    """Tell everybody concerned, once, what changes for them and why."""
    directory = Directory(tx)
    about = keys.subject("campaign", tx.campaign.code)
    for notice in concerned(tx, changed):
        language = notice.recipient.language
        payload = CampaignAmended(
            **directory.heading(notice.recipient),
            calendar=notice.calendar,
            version=version,
            reason=reason,
            changes=tuple(
                (
                    key_name(key, language),
                    value_said(key.old, language),
                    value_said(key.new, language),
                )
                for key in notice.changes[:_SHOWN]
            ),
        )
        tx.notify(notice.recipient, payload, about=about, cause=version)


def concerned(tx: Transaction, changed: Sequence[Changed]) -> list[Notice]:
    """Return who is told what, by id of the recipient."""
    found: dict[str, Notice] = {}
    for recipient, about, entry in _matters(tx, changed):
        notice = found.setdefault(recipient.id, Notice(recipient))
        notice.changes += [key for key in about if key not in notice.changes]
        notice.calendar = notice.calendar or entry
    return [found[key] for key in sorted(found)]


def _matters(
    tx: Transaction, changed: Sequence[Changed]
) -> Iterator[tuple[Recipient, Sequence[Changed], CalendarEntry | None]]:
    if not changed or tx.campaign.launched_at is None:
        return  # a draft: nobody was told anything yet
    directory = Directory(tx)
    for person in directory.holding(Role.COORDINATOR):
        yield directory.to_person(person), changed, None
    yield from _units(tx, directory, _of(changed, Stage.NOMINATION, "opens", "closes"))
    yield from _panel(tx, directory, _of(changed, Stage.APPRAISAL, "closes"))
    yield from _council(tx, directory, changed)
    for stage in campaigns.stages(tx):
        due = _of(changed, stage.name, "approval")
        if due and stage.state == StageState.AWAITING_APPROVAL:
            for person in asked_now(tx, stage):
                yield directory.to_person(person), due, None


def _of(changed: Iterable[Changed], stage: str, *dates: str) -> list[Changed]:
    """Return the changes of these dates of a stage."""
    wanted = {("calendar", stage, date) for date in dates}
    return [key for key in changed if key.path in wanted]


def _units(
    tx: Transaction, directory: Directory, dates: Sequence[Changed]
) -> Iterator[tuple[Recipient, Sequence[Changed], CalendarEntry | None]]:
    if not dates or tx.campaign.announced_at is None:
        return
    kinds, own = tx.playbook.messages.announce_to_kinds, extensions.of_units(tx, Stage.NOMINATION)
    for unit in directory.active_units.values():
        if not kinds or unit.kind in kinds:
            recipient, closes = directory.to_unit(unit), _closes(dates)
            entry = _moved(tx, recipient, Stage.NOMINATION, unit.id, closes)
            if entry is None or own.get(unit.id, entry.starts_at) <= entry.starts_at:
                yield recipient, dates, entry


def _panel(
    tx: Transaction, directory: Directory, dates: Sequence[Changed]
) -> Iterator[tuple[Recipient, Sequence[Changed], CalendarEntry | None]]:
    stage = campaigns.find_stage(tx, Stage.APPRAISAL)
    if not dates or stage is None or stage.state != StageState.OPEN:
        return
    for reviewer in directory.holding(Role.REVIEWER):
        recipient = directory.to_person(reviewer)
        yield recipient, dates, _moved(tx, recipient, Stage.APPRAISAL, reviewer.id, _closes(dates))


def _council(
    tx: Transaction, directory: Directory, changed: Sequence[Changed]
) -> Iterator[tuple[Recipient, Sequence[Changed], CalendarEntry | None]]:
    planned = {str(session.number) for session in council.sessions(tx)}
    for key in changed:
        if key.path[:2] == ("calendar", "sessions") and key.path[2] in planned:
            for member in directory.holding(Role.COUNCIL):
                recipient = directory.to_person(member)
                entry = _moved(tx, recipient, "session", key.path[2], key)
                yield recipient, [key], entry


def _closes(dates: Sequence[Changed]) -> Changed | None:
    return next((key for key in dates if key.path[-1] == "closes"), None)


def _moved(
    tx: Transaction, recipient: Recipient, matter: str, of: str, key: Changed | None
) -> CalendarEntry | None:
    """Return the entry that replaces the one the reader's calendar has (RFC 5545, 3.8.7.4)."""
    if key is None or not isinstance(key.new, str):
        return None
    at = tx.playbook.instant(datetime.fromisoformat(key.new))
    moved = extensions.times_moved(tx, matter, "work")
    whose = () if matter == Stage.NOMINATION else (of,)
    is_session = matter == "session"
    return calendar_entries.entry(
        tx,
        recipient,
        keys.calendar_uid(tx.campaign.code, matter, *whose),
        moved.get(None, 0) + moved.get(of, 0),
        at,
        stage=Stage.RECOGNITION if is_session else matter,
        matter="session" if is_session else "work",
        number=int(of) if is_session else 0,
    )
