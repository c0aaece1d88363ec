"""How does a queued message leave, once? Claimed by lease, handed over, its outcome recorded.

A sender notes of a few messages at a time that it begins to hand them over. Should it die, these
may have left (ADR 0008, 0028): they become `uncertain`, unless the transport can repeat without
harm. What it had not come to leaves by another sender.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from campaigns.rules import keys
from campaigns.rules.access.errors import FilterUnknown
from campaigns.rules.lifecycle import Thing
from campaigns.rules.mail.errors import MessagesNotReleasable
from campaigns.rules.mail.hours import quiet_until
from campaigns.rules.recognition.errors import HeldChanged, ReleaseTooEarly
from campaigns.services.mail import handover, pauses
from campaigns.services.registers.directory import local
from campaigns.services.results import notices as results
from campaigns.services.results import releasing
from campaigns.store import clock
from campaigns.store.chunks import chunked
from campaigns.store.engine import edges
from campaigns.store.mail import handover as handover_rows
from campaigns.store.mail import mailboxes, messages
from campaigns.store.mail.handover import Claimed, Lease
from campaigns.store.mail.pauses import paused_until
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.commands.mail import ReleaseMessages, RetryMessages
from schemas.events import Facts
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.messages.recognition import RecognitionRevoked, ResultCorrected
from schemas.messages.replication import AdoptedModelRevoked
from schemas.outcomes import Done
from schemas.views.mail import Delivery
from schemas.vocabulary import MessageState

LEASE: Final = timedelta(minutes=15)
BATCH: Final = 500
TELLING_RESULTS: Final = (*results.TEMPLATES, RecognitionRevoked.template)
"""Templates by which a unit learns what became of a nomination: the calendar says from when."""
_FIRST_BACK_OFF: Final = timedelta(minutes=1)
_LONGEST_BACK_OFF: Final = timedelta(hours=6)
ATTEMPTS: Final = 24
"""After so many, about four days, a message is given up as failed (RFC 5321, 4.5.4.1)."""
_COMMANDS: Final = {
    MessageState.SENT: "confirm",
    MessageState.FAILED: "fail",
    MessageState.UNCERTAIN: "doubt",
    MessageState.QUEUED: "defer",
}


def claim(
    tx: Transaction, limit: int = BATCH, per_hour: int = 0, *, sender: str = ""
) -> list[OutgoingMail]:
    """Claim queued messages whose time has come, for one sender alone, until the lease ends.

    Returns the mails made of them. In quiet hours only urgent ones leave, and never more mails in
    an hour than `per_hour` (0: no limit), whoever sends, and none while the server refuses us;
    where none may leave now, a timer is set for the next that may.

    Raises:
        LogAhead: What was written by a clock that was ahead may be wrong, until it is repaired.
    """
    tx.ensure_log_goes_on()
    paused = paused_until(tx)
    if paused is not None:
        _set_timer(tx, None, max(paused, tx.now))
        return []
    limit = pauses.fitting(tx, limit)
    quiet = quiet_until(tx.playbook.messages.quiet, local(tx, tx.now))
    limited = per_hour > 0 and tx.campaign.clock_at is None
    room = max(0, per_hour - handover_rows.left_this_hour(tx)) if limited else None
    lease = Lease(sender, tx.wall + LEASE)
    mails = (
        handover.next_mails(tx, limit, lease, room, is_quiet=quiet is not None) if room != 0 else []
    )
    if mails and limited:
        handover_rows.count(tx, len(mails))
    if not mails and tx.campaign.clock_at is None:
        _set_timer(tx, quiet, handover_rows.next_place(tx) if room == 0 else None)
    return mails


def _set_timer(tx: Transaction, quiet: datetime | None, place: datetime | None) -> None:
    """Have the delivery begin again when the next message may leave, unless it will anyway."""
    urgent = tx.playbook.messages.at_once
    waiting = [
        max(filter(None, (due, place, None if of_urgent else quiet)))
        for of_urgent in (True, False)
        if (due := handover_rows.next_due(tx, urgent, of_urgent=of_urgent)) is not None
    ]
    if waiting and (at := min(waiting)) > tx.now and not handover_rows.is_timed(tx, at):
        tx.wake(edges.DELIVER, at)


def begin(
    tx: Transaction, ids: Sequence[int], sender: str, before: Sequence[DeliveryOutcome]
) -> tuple[set[int], Delivery]:
    """Note that a sender begins to hand over some of its mails, and what became of those `before`.

    Returns the mails that are the sender's still, and the counts of those before. Should the sender
    die, only what was begun is in doubt.
    """
    return handover_rows.begin(tx, ids, sender), record(tx, before, sender=sender)


def record(tx: Transaction, outcomes: Sequence[DeliveryOutcome], *, sender: str = "") -> Delivery:
    """Record what became of claimed messages; deferred ones wait longer with each attempt.

    After `ATTEMPTS` a deferred message is failed, with the server's last words; a coordinator may
    have it tried again. Where the server refused us and not the message, that is no attempt.

    A sender slower than its lease comes too late: what was settled or claimed by another meanwhile
    stays as it is. Only that an uncertain message did leave is worth knowing even then.
    """
    if not outcomes:
        return Delivery()
    if tx.campaign.clock_at is None:
        pauses.learn(tx, outcomes)
    rows = handover_rows.of_mails(tx, [outcome.message_id for outcome in outcomes])
    news = [
        (row, _given_up(one) if row.attempts + 1 >= ATTEMPTS and _is_attempt(one) else one)
        for one in outcomes
        for row in rows[one.message_id]
        if _is_news(row, one.state, sender)
    ]
    groups: dict[tuple[str, datetime], list[Change]] = {}
    for row, outcome in news:
        again = tx.now
        if outcome.state is MessageState.QUEUED and outcome.was_tried:
            pause = timedelta(seconds=outcome.retry_in_seconds or 0)
            again += max(back_off(row.attempts), pause) if _is_attempt(outcome) else pause
        groups.setdefault((_COMMANDS[outcome.state], again), []).append(row.change)
    for (command, again), changes in groups.items():
        if command == "confirm":
            write(tx, Thing.MESSAGE, command, changes, sent_at=tx.now)
        else:
            write(tx, Thing.MESSAGE, command, changes, available_at=again)
        if command == "defer" and not handover_rows.is_timed(tx, again):
            tx.wake(edges.DELIVER, again)
    messages.note_attempts(tx, {row.id: one.detail for row, one in news if _is_attempt(one)})
    messages.note_details(
        tx, {row.id: one.detail for row, one in news if one.hindrance in pauses.PAUSING}
    )
    counts = Counter(outcome.state for _, outcome in news)
    return Delivery(
        sent=counts[MessageState.SENT],
        failed=counts[MessageState.FAILED],
        uncertain=counts[MessageState.UNCERTAIN],
        deferred=counts[MessageState.QUEUED],
    )


def _is_attempt(outcome: DeliveryOutcome) -> bool:
    return outcome.was_tried and outcome.hindrance not in pauses.PAUSING


def _is_news(found: Claimed, outcome: MessageState, sender: str) -> bool:
    if found.state == MessageState.CLAIMED:
        return found.claimed_by == sender
    return found.state == MessageState.UNCERTAIN and outcome is MessageState.SENT


def _given_up(outcome: DeliveryOutcome) -> DeliveryOutcome:
    if outcome.state is not MessageState.QUEUED or not outcome.was_tried:
        return outcome
    return outcome.model_copy(update={"state": MessageState.FAILED})


def back_off(attempts: int) -> timedelta:
    """Return how long a deferred message waits: doubled with each attempt, at most six hours."""
    return min(_FIRST_BACK_OFF * (1 << min(attempts, 20)), _LONGEST_BACK_OFF)


def recover(tx: Transaction, *, repeatable: bool) -> Done:
    """Settle messages whose sender died: uncertain where they may have left, else queued again.

    A wait that ends later than any could was set before the clock was set back: it is over.
    """
    freed = clock.bring_back_mails(tx)
    stuck = handover_rows.abandoned(tx, LEASE)
    doubtful = [one.change for one in stuck if one.was_begun and not repeatable]
    others = [one.change for one in stuck if repeatable or not one.was_begun]
    write(tx, Thing.MESSAGE, "doubt", doubtful)
    write(tx, Thing.MESSAGE, "defer", others)
    if others or freed:
        tx.wake(edges.DELIVER)
    return Done(changed=len(stuck))


def releasable(tx: Transaction) -> tuple[str, ...]:
    """Return the templates whose held messages wait for a coordinator, not for an approval."""
    results = (
        ResultCorrected.template,
        RecognitionRevoked.template,
        AdoptedModelRevoked.template,
    )
    return tuple(dict.fromkeys((*tx.playbook.messages.held, *results)))


def ensure_template(template: str | None) -> None:
    """Refuse the name of a message that is never sent.

    Raises:
        FilterUnknown: There is none of this name.
    """
    if template is None:
        return
    from campaigns.rules.playbook.advice import TEMPLATES  # noqa: PLC0415 - few name one

    if template not in TEMPLATES:
        raise FilterUnknown("template", template, TEMPLATES)


def release(tx: Transaction, command: ReleaseMessages) -> Done:
    """Let held messages go, all or those of one template; on record.

    Raises:
        MessagesNotReleasable: Messages of that template are not theirs to release.
        HeldChanged: Others are held now than were looked at.
        ReleaseTooEarly: Results are among them, the calendar's date has not come, and the command
            does not say that they go early.
    """
    ensure_template(command.template)
    held = releasable(tx)
    if command.template is not None and command.template not in held:
        raise MessagesNotReleasable(command.template, held)
    wanted = [command.template] if command.template is not None else held
    ids = messages.ids_in(tx, [MessageState.HELD], wanted)
    _ensure_seen(command, set(ids))
    due_at = tx.playbook.instant(tx.playbook.calendar.results_released)
    early = _ensure_due(tx, command, wanted, due_at)
    released: Counter[str] = Counter()
    abouts: set[str] = set()
    for part in chunked(ids):
        rows = messages.by_id(tx, part)
        messages.release(tx, rows)
        released.update(row.template for row in rows)
        abouts.update(row.about for row in rows)
    tx.wake(edges.DELIVER)
    _note(tx, "thidua.messages.released", released, command.person_id, early=early)
    releasing.by_coordinator(tx, wanted, abouts, command.person_id)
    return Done(changed=len(ids))


def _ensure_due(
    tx: Transaction, command: ReleaseMessages, templates: Sequence[str], due_at: datetime
) -> bool:
    """Return whether results go before their date; refuse that where it is not asked for."""
    if tx.now >= due_at:
        return False
    telling = [one for one in templates if one in TELLING_RESULTS]
    count = len(messages.ids_in(tx, [MessageState.HELD], telling))
    if count and not command.early:
        raise ReleaseTooEarly(count, local(tx, due_at))
    return count > 0


def _ensure_seen(command: ReleaseMessages, ids: set[int]) -> None:
    if command.seen is None:
        return
    new, gone = sorted(ids.difference(command.seen)), set(command.seen).difference(ids)
    if new or gone:
        raise HeldChanged(new, len(gone))


def retry(tx: Transaction, command: RetryMessages) -> Done:
    """Queue messages that failed or came back again, and have mail tried at once; on record.

    They go to the addresses their recipients have today. What would go to an address that takes
    none stays as it is; `detail` says how many: `kept:2`.
    """
    ensure_template(command.template)
    pauses.resume(tx, command.person_id)
    wanted = [MessageState.FAILED, MessageState.RETURNED]
    if command.uncertain:
        wanted.append(MessageState.UNCERTAIN)
    before = messages.find(tx, states=wanted, template=command.template)
    found = messages.readdressed(tx, before)
    moved = sum(one.to_address != was.to_address for one, was in zip(found, before, strict=True))
    failing = mailboxes.failing(tx, [row.to_address for row in found])
    rows = [row for row in found if mailboxes.normal(row.to_address) not in failing]
    changes = [Change(row.id, row.key, row.state) for row in rows]
    write(tx, Thing.MESSAGE, "retry", changes, available_at=tx.now, attempts=0)
    tx.wake(edges.DELIVER)
    retried = Counter(row.template for row in rows)
    _note(tx, "thidua.messages.retried", retried, command.person_id, readdressed=moved)
    kept = len(found) - len(rows)
    return Done(changed=len(rows), detail=f"kept:{kept}" if kept else "")


def _note(
    tx: Transaction,
    event: str,
    by_template: Counter[str],
    person_id: str,
    *,
    early: bool = False,
    readdressed: int = 0,
) -> None:
    """Record that a person let messages go: how many, of which templates, early or elsewhere."""
    if by_template or readdressed:
        subject = keys.subject("campaign", tx.campaign.code)
        told: Facts = {"early": True} if early else {}
        count = by_template.total()
        facts: Facts = {"person": person_id, "count": count, "by": dict(by_template), **told}
        if readdressed:
            facts = {**facts, "readdressed": readdressed}
        tx.record(event, subject, facts)
