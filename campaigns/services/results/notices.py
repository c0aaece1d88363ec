"""Who is told which result, and what becomes of a result that was told and no longer holds?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.services.registers.directory import Directory, local
from campaigns.services.results import releasing
from campaigns.store.mail import messages
from campaigns.store.mail.messages import MessageRow
from campaigns.store.recognition import decisions
from campaigns.store.recognition.decisions import DecisionRecord
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.messages.recognition import ResultAnnounced, ResultCorrected
from schemas.vocabulary import MessageState

TEMPLATES = (ResultAnnounced.template, ResultCorrected.template)
UNSENT = frozenset(
    {MessageState.HELD, MessageState.QUEUED, MessageState.FAILED, MessageState.RETURNED}
)
"""Not handed over: it can be taken back."""
_TOLD = frozenset({MessageState.CLAIMED, MessageState.SENT, MessageState.UNCERTAIN})
"""The reader has it or may have it."""


def say_date(day: int, month: int, year: int, language: str) -> str:
    """Write a date as the reader's language does."""
    return f"{day:02d}/{month:02d}/{year}" if language == "vi" else f"{year}-{month:02d}-{day:02d}"


def announce(
    tx: Transaction,
    directory: Directory,
    record: NominationRecord,
    symbol: str,
    cause: int,
    *,
    recognised: bool,
) -> None:
    """Tell who nominated the result of one nomination."""
    recipient = directory.to_nominating_unit(record.nominated_by_id)
    payload = ResultAnnounced(
        **directory.heading(recipient),
        nomination_code=record.code,
        nomination_name=record.name,
        recognised=recognised,
        decision_number=symbol,
        signed_on=_day(tx, tx.now, recipient.language),
    )
    tx.notify(recipient, payload, about=keys.subject("nomination", record.code), cause=cause)


def announce_corrected(
    tx: Transaction,
    records: Sequence[NominationRecord],
    decision: DecisionRecord,
    results: dict[int, bool],
) -> None:
    """Bring what is told into line with a decision that replaces another.

    What has not left is superseded and written anew. Who was told another result is told that it
    is corrected; who was told what still holds hears nothing.
    """
    directory = Directory(tx)
    signed = {one.round: one for one in decisions.signed(tx)}
    told_by = {one.id: decisions.results(tx, one.id) for one in signed.values()}
    known = _by_nomination(tx)
    cause = keys.decision_cause(decision.round)
    known_now: list[int] = []
    for record in records:
        rows = known.get(keys.subject("nomination", record.code), [])
        supersede(tx, rows)
        told = next((row for row in reversed(rows) if row.state in _TOLD), None)
        if told is None:
            announce(
                tx,
                directory,
                record,
                decision.symbol or "",
                cause,
                recognised=results[record.id],
            )
            if releasing.is_at_once(tx, ResultAnnounced.template):
                known_now.append(record.id)
            continue
        before = signed[_round_of(tx, told, first=min(signed))]
        if told_by[before.id][record.id] is results[record.id]:
            # Whatever was to be corrected in between has not left: what they know holds.
            known_now.append(record.id)
            continue
        _correct(tx, directory, record, decision, before, recognised=results[record.id])
        if releasing.is_at_once(tx, ResultCorrected.template):
            known_now.append(record.id)
    releasing.these(tx, known_now)


def supersede(tx: Transaction, rows: Iterable[MessageRow]) -> int:
    """Take back those of the messages that have not left; return how many."""
    changes = [Change(row.id, row.key, row.state) for row in rows if row.state in UNSENT]
    write(tx, Thing.MESSAGE, "supersede", changes)
    return len(changes)


def _by_nomination(tx: Transaction) -> dict[str, list[MessageRow]]:
    found: dict[str, list[MessageRow]] = {}
    rows = [row for name in TEMPLATES for row in messages.find(tx, template=name)]
    for row in sorted(rows, key=lambda row: row.id):
        found.setdefault(row.about, []).append(row)
    return found


def _round_of(tx: Transaction, row: MessageRow, *, first: int) -> int:
    """Return the round of the decision a message told; the first one's have another cause."""
    beginning = f"{tx.campaign.code}/{row.template}/{row.about}/"
    cause = int(row.key.removeprefix(beginning).removesuffix(f"/{row.recipient_id}"))
    return first if cause > 0 else keys.round_of_cause(cause)


def _correct(
    tx: Transaction,
    directory: Directory,
    record: NominationRecord,
    decision: DecisionRecord,
    before: DecisionRecord,
    *,
    recognised: bool,
) -> None:
    recipient = directory.to_nominating_unit(record.nominated_by_id)
    payload = ResultCorrected(
        **directory.heading(recipient),
        nomination_code=record.code,
        nomination_name=record.name,
        recognised=recognised,
        decision_number=decision.symbol or "",
        signed_on=_day(tx, tx.now, recipient.language),
        replaced_number=before.symbol or "",
        replaced_on=_day(tx, before.signed_at or tx.now, recipient.language),
    )
    about = keys.subject("nomination", record.code)
    cause = keys.decision_cause(decision.round)
    tx.notify(recipient, payload, about=about, cause=cause, held=True)


def _day(tx: Transaction, instant: datetime, language: str) -> str:
    day = local(tx, instant)
    return say_date(day.day, day.month, day.year, language)
