"""How does a running campaign change its rules? By a version of its playbook, with a reason.

What is decided stays (`campaigns.rules.playbook.amendments`); dates that move are planned anew, and
those whom they concern are told (ADR 0024).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from campaigns.rules import keys
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.log import seals
from campaigns.rules.playbook import amendments as rules
from campaigns.rules.playbook.amendment_words import key_name
from campaigns.rules.playbook.amendments import Changed, Standing
from campaigns.rules.playbook.reading import from_snapshot, playbook_hash, snapshot
from campaigns.rules.playbook.refused_amendments import (
    AmendmentNotPossible,
    AmendmentRefused,
    AmendmentStale,
    PlaybookVersionNotFound,
)
from campaigns.rules.registers.errors import NothingResting
from campaigns.services.approvals import signer_notices
from campaigns.services.deadlines import reminders
from campaigns.services.may import ensure_role
from campaigns.services.playbook import notices
from campaigns.services.registers import enrolment
from campaigns.services.registers.directory import local
from campaigns.store import campaigns, replication
from campaigns.store import playbook as amendments
from campaigns.store.appraisal import reviews
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council, decisions
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.playbook import AmendPlaybook, ConfirmAmendment
from schemas.events import Facts
from schemas.outcomes import Done
from schemas.playbook.amendments import AmendmentView, ChangedKey, VersionView
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Label
from schemas.vocabulary import (
    EDITABLE,
    RECEIVED,
    CampaignState,
    DecisionState,
    MessageState,
    Role,
    Stage,
)

_ACT: Final = Label(en="amend a playbook", vi="sửa đổi kịch bản phong trào")
_COLUMNS: Final = {"opens": "opens_at", "closes": "due_at", "approval": "approval_due_at"}
_WAITING: Final = (MessageState.HELD, MessageState.QUEUED)


# --- Looked at -----------------------------------------------------------------------------------


def propose(tx: Transaction, playbook: Playbook) -> AmendmentView:
    """Say what the amendment would change, what it touches, and what comes too late."""
    changed = rules.differences(tx.playbook, playbook)
    refused = rules.refused(changed, _standing(tx))
    return AmendmentView(
        campaign=tx.campaign.code,
        base_version=tx.campaign.playbook_version,
        hash=playbook_hash(playbook),
        changes=tuple(
            ChangedKey(
                key=key.name,
                name=(key_name(key, "vi"), key_name(key, "en")),
                old=key.old,
                new=key.new,
                refused=refused.get(key.name),
            )
            for key in changed
        ),
        touched=tuple(_touched(tx, changed)),
    )


def version(tx: Transaction, number: int | None = None) -> Playbook:
    """Return a version of the campaign's playbook; without a number the one in force.

    Raises:
        PlaybookVersionNotFound: There is none of this number.
    """
    known = {one.version: one for one in amendments.versions(tx)}
    wanted = number or tx.campaign.playbook_version
    if wanted not in known:
        raise PlaybookVersionNotFound(wanted, max(known))
    return from_snapshot(known[wanted].snapshot)


def history(tx: Transaction) -> list[VersionView]:
    """Return every version of the playbook with what it changed, the first one first."""
    found: list[VersionView] = []
    before: Playbook | None = None
    for one in amendments.versions(tx):
        playbook = from_snapshot(one.snapshot)
        changed = rules.differences(before, playbook) if before else ()
        before = playbook
        view = VersionView(
            version=one.version,
            hash=one.hash,
            recorded_at=one.recorded_at,
            actor=one.actor,
            reason=one.reason,
            keys=tuple(key.name for key in changed),
        )
        found.append(view)
    return found


def _standing(tx: Transaction) -> Standing:
    counts = nominations.count_by_state(tx)
    kinds, fields = amendments.used(tx)
    decision = decisions.latest(tx)
    undecided = RECEIVED | EDITABLE
    return Standing(
        now=local(tx, tx.now).replace(tzinfo=None),
        launched=tx.campaign.launched_at is not None,
        stages={stage.name: stage.state for stage in campaigns.stages(tx)},
        nominations=sum(counts.values()),
        decided=sum(number for state, number in counts.items() if state not in undecided),
        reviews=reviews.counts(tx).reviews,
        convened=bool(council.sessions(tx)),
        voted=len(council.tallies(tx)),
        signed=int(decision is not None and decision.state == DecisionState.SIGNED),
        released=tx.campaign.results_released_at is not None,
        adoptions=replication.count(tx),
        extended=_extended(tx),
        kinds_used=kinds,
        fields_used=fields,
    )


def _extended(tx: Transaction) -> dict[str, datetime]:
    """Return until when the work of a stage was extended for all, local time."""
    found: dict[str, datetime] = {}
    for stage in campaigns.stages(tx):
        dates = tx.playbook.calendar.of(Stage(stage.name))
        if dates is not None and stage.due_at > tx.playbook.instant(dates.closes):
            found[stage.name] = local(tx, stage.due_at).replace(tzinfo=None)
    return found


def _touched(tx: Transaction, changed: Sequence[Changed]) -> Iterator[tuple[str, int]]:
    parts = {key.path[0] for key in changed}
    counts = messages.counts(tx)
    found = {
        "stages_replanned": len(_dates(tx, changed)),
        "sessions_moved": len(_sessions(tx, changed)),
        "nominations": sum(nominations.count_by_state(tx).values())
        if parts & {"form", "rules", "quota", "late", "fields", "subject_kinds", "calendar"}
        else 0,
        "reviews": reviews.counts(tx).reviews if parts & {"rubric", "calendar"} else 0,
        "messages_waiting": sum(
            number for (_template, state), number in counts.items() if state in _WAITING
        ),
        "people_told": len(notices.concerned(tx, changed)),
    }
    return ((matter, number) for matter, number in found.items() if number)


# --- Made ----------------------------------------------------------------------------------------


def amend(tx: Transaction, command: AmendPlaybook, playbook: Playbook) -> Done:
    """Record another version of the playbook, plan anew what it moves, tell whom it concerns.

    A playbook that changes nothing is no amendment: nothing is recorded.

    Raises:
        PersonNotAppointed: Only a coordinator amends.
        ReasonMissing: No reason was given.
        AmendmentNotPossible: The campaign is closed or cancelled.
        AmendmentStale: Another version is in force than the amendment was made from.
        AmendmentRefused: It changes what is settled; the error names all of it.
    """
    ensure_role(tx, command.person_id, Role.COORDINATOR, _ACT)
    ensure_reason(command.reason, _("Amending a playbook"))
    return tx.carry_out(command, lambda: _amend(tx, command, playbook))


def _amend(tx: Transaction, command: AmendPlaybook, playbook: Playbook) -> Done:
    if tx.campaign.state not in {CampaignState.DRAFT, CampaignState.RUNNING}:
        raise AmendmentNotPossible(tx.campaign.code, tx.campaign.state)
    _ensure_present(tx, command.base_version)
    changed = rules.differences(tx.playbook, playbook)
    if not changed:
        return Done(detail="same")
    refused = rules.refused(changed, _standing(tx))
    if refused:
        raise AmendmentRefused(refused)
    before, number = tx.campaign.playbook_hash, command.base_version + 1
    text, digest = snapshot(playbook), playbook_hash(playbook)
    rests_until = _rests_until(tx, changed)
    amendments.add_version(tx, number, playbook.name.vi, text, digest, command.reason, rests_until)
    facts: Facts = {
        "version": number,
        "before": before,
        "playbook_hash": digest,
        "paths": [key.name for key in changed],
        "person": command.person_id,
        seals.SEAL: seals.of_reason(tx.campaign.salt, "amend", tx.actor, command.reason),
    }
    if rests_until is not None:
        facts = {**facts, "rests_until": rests_until.replace(microsecond=0).isoformat()}
    subject = keys.subject("campaign", tx.campaign.code)
    tx.record("thidua.campaign.amended", subject, facts)
    _replan(tx, changed)
    notices.tell(tx, changed, number, command.reason)
    if rests_until is not None:
        signer_notices.tell_of_rules(tx, changed, number, command.person_id, rests_until)
    return Done(changed=len(changed), detail="resting" if rests_until is not None else "")


def _rests_until(tx: Transaction, changed: Sequence[Changed]) -> datetime | None:
    """Return until when new rules of approval rest; None where nobody could sign by them yet."""
    is_live = tx.campaign.launched_at is not None and tx.campaign.clock_at is None
    concerns = any(key.path[0] == "approvals" for key in changed)
    return tx.now + tx.rest if is_live and concerns else None


def confirm(tx: Transaction, command: ConfirmAmendment) -> Done:
    """Let the rules of approval that rest count at once, as the second person.

    Raises:
        NothingResting: No rules of approval rest.
        SecondPersonMissing: Who confirms made the amendment, or has no role of longer standing.
    """
    return tx.carry_out(command, lambda: _confirm(tx, command))


def _confirm(tx: Transaction, command: ConfirmAmendment) -> Done:
    found = [
        one
        for one in amendments.versions(tx)
        if one.rests_until is not None and one.rests_until > tx.now
    ]
    if not found:
        raise NothingResting(tx.campaign.code)
    enrolment.ensure_second(tx, command.person_id, {one.actor for one in found})
    subject = keys.subject("campaign", tx.campaign.code)
    for one in found:
        amendments.confirm(tx, one.version, command.person_id)
        facts: Facts = {"version": one.version, "person": command.person_id}
        tx.record("thidua.campaign.amendment_confirmed", subject, facts)
    return Done(changed=len(found))


def _ensure_present(tx: Transaction, base: int) -> None:
    present = tx.campaign.playbook_version
    if base == present:
        return
    known = {one.version: one.snapshot for one in amendments.versions(tx)}
    if base not in known:
        raise PlaybookVersionNotFound(base, present)
    between = rules.differences(from_snapshot(known[base]), tx.playbook)
    raise AmendmentStale(base, present, [key.name for key in between])


# --- Planned anew --------------------------------------------------------------------------------


def _dates(tx: Transaction, changed: Sequence[Changed]) -> dict[str, dict[str, datetime]]:
    """Return the dates that move, by stage and column; none where nothing is planned yet."""
    moved: dict[str, dict[str, datetime]] = {}
    planned = {stage.name for stage in campaigns.stages(tx)}
    for key in changed:
        if key.path[0] == "calendar" and key.path[1] in planned and key.path[-1] in _COLUMNS:
            at = datetime.fromisoformat(key.new)
            moved.setdefault(key.path[1], {})[_COLUMNS[key.path[-1]]] = tx.playbook.instant(at)
    return moved


def _sessions(tx: Transaction, changed: Sequence[Changed]) -> dict[int, datetime]:
    """Return the sessions that are planned and move, with their new start."""
    planned = {str(session.number): session.number for session in council.sessions(tx)}
    return {
        planned[key.path[2]]: tx.playbook.instant(datetime.fromisoformat(key.new))
        for key in changed
        if key.path[:2] == ("calendar", "sessions")
        and key.path[-1] == "starts"
        and key.path[2] in planned
    }


def _replan(tx: Transaction, changed: Sequence[Changed]) -> None:
    stages = {stage.name: stage for stage in campaigns.stages(tx)}
    for name, dates in _dates(tx, changed).items():
        amendments.replan_stage(tx, stages[name].id, **dates)
        facts = {column: at.isoformat() for column, at in dates.items()}
        tx.record("thidua.stage.replanned", keys.subject("stage", name), facts)
        # The run that every command starts plans the next turn; reminders are counted anew.
        tx.wake(edges.SWEEP)
    reminders.supersede_outdated(tx)
    for number, starts_at in _sessions(tx, changed).items():
        amendments.move_session(tx, number, starts_at)
        subject = keys.subject("session", str(number))
        tx.record("thidua.session.moved", subject, {"starts": starts_at.isoformat()})
