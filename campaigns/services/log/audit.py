"""Has anybody touched the record? The event log verified, compared with the rows, handed out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from campaigns.rules.log import anchors, vouching_course, vouching_judgement
from campaigns.rules.log.anchors import Anchor
from campaigns.rules.log.chain import canonical, written
from campaigns.rules.log.errors import EventLogBroken
from campaigns.rules.log.replay import replay
from campaigns.rules.log.vouching import Comparison, Difference, Row, Tell, Told, compare, folding
from campaigns.store import events
from campaigns.store.log import (
    states,
    vouched,
    vouched_course,
    vouched_decisions,
    vouched_judgement,
)
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.events import EventRecord
from schemas.views.audit import AnchorChecked, AuditResult, Counted, RowDiffers

_SHOWN: Final = 20


def anchor(tx: Transaction) -> str:
    """Return what is printed for people to note: the last event of the log as it is now."""
    head = tx.head()
    return anchors.written(head.number, head.hash)


def verify(tx: Transaction, noted: Sequence[Anchor] = ()) -> AuditResult:
    """Recompute the hash chain of the campaign's log, and compare the rows with what it says.

    Names the first record that does not fit, everything whose rows are not as the log says, and the
    heads noted elsewhere that it does not have. Says what was compared, and what could not be.
    """
    broken = events.first_break(tx.connection, tx.campaign.id, tx.campaign.code)
    known: dict[int, str] = {}
    log = _noting(events.read(tx.connection, tx.campaign.id), noted, known)
    if broken is not None:
        result = _result(tx, broken.reason)
        return result.model_copy(update={"broken_at": broken.number})
    told = Told()
    try:
        logged = replay(folding(log, _telling(), told))
    except Refusal as contradiction:
        return _result(tx, str(contradiction))
    comparisons = list(_comparisons(tx, logged, told))
    found = [one for each in comparisons for one in each.differences]
    checked = tuple(_checked(one, known) for one in noted)
    reason = "rows differ from the log" if found else ""
    if not all(one.holds for one in checked):
        reason = "the log is not the one that was noted elsewhere"
    return _result(tx, reason).model_copy(
        update={
            "differing": tuple(dict.fromkeys(one.thing for one in found))[:_SHOWN],
            "differences": tuple(RowDiffers(**one._asdict()) for one in found[:_SHOWN]),
            "differences_more": max(0, len(found) - _SHOWN),
            "compared": _counted(comparisons, "rows"),
            "not_compared": _counted(comparisons, "partly"),
            "anchors": checked,
        }
    )


def _result(tx: Transaction, reason: str) -> AuditResult:
    try:
        head = anchor(tx)
    except EventLogBroken:
        head = ""  # the end of the log is gone, and `reason` says so
    return AuditResult(
        campaign=tx.campaign.code,
        events=events.count(tx.connection, tx.campaign.id),
        intact=not reason,
        reason=reason,
        head=head,
    )


def _counted(comparisons: Iterable[Comparison], column: str) -> tuple[Counted, ...]:
    counts = ((one.kind, getattr(one, column)) for one in comparisons)
    return tuple(Counted(kind=kind, count=count) for kind, count in counts if count)


def _telling() -> dict[str, list[Tell]]:
    found: dict[str, list[Tell]] = {}
    for name, tell in (*vouching_course.TELLING, *vouching_judgement.TELLING):
        found.setdefault(name, []).append(tell)
    return found


# --- Heads noted elsewhere -----------------------------------------------------------------------


def _noting(
    records: Iterable[EventRecord], noted: Iterable[Anchor], known: dict[int, str]
) -> Iterator[EventRecord]:
    """Hand the log on, and note the hashes at the numbers that were noted elsewhere."""
    wanted = {one.number for one in noted}
    for record in records:
        if record.number in wanted:
            known[record.number] = record.hash
        yield record


def _checked(one: Anchor, known: dict[int, str]) -> AnchorChecked:
    found = known.get(one.number, "")
    return AnchorChecked(
        number=one.number,
        hash=one.hash,
        source=one.source,
        holds=bool(one.hash) and found.startswith(one.hash),
        found=found[: max(anchors.SHORT, len(one.hash))],
    )


# --- Rows ----------------------------------------------------------------------------------------


def _comparisons(tx: Transaction, logged: dict[str, str], told: Told) -> Iterator[Comparison]:
    """Compare every kind of row; some are compared with one another as well."""
    stored = states.of_everything(tx)
    yield compare_states(logged, stored)
    for kind, reader in vouched.readers():
        wanted = told.rows.pop(kind, {})
        found = reader(tx)
        if kind == "results":
            # A version before told no list of a decision, only each result.
            older = found.keys() - wanted.keys()
            wanted |= {name: {} for name in older}
        if kind == "basis":
            # A version before kept figures without telling of them, and one before that kept none.
            wanted = {name: row for name, row in wanted.items() if row or name in found}
        yield compare(kind, wanted, found)
    mails, before = vouched_course.compare_mails(tx, told.mails, readdressed=told.readdressed)
    written = sum(int(str(one.many)) for one in told.mails)
    yield Comparison("mail", written, before, tuple(mails))
    among = (
        *_name(tx),
        *vouched_judgement.unlike_their_forms(tx),
        *vouched_judgement.strayed_ballots(tx),
        *vouched_decisions.series_behind(tx),
        *_end(tx),
    )
    yield Comparison("other", 0, 0, among)


def compare_states(logged: dict[str, str], stored: dict[str, str]) -> Comparison:
    """Compare the states of everything with those the log comes to."""
    wanted: dict[str, Row] = {thing: {"state": state} for thing, state in logged.items()}
    found: dict[str, Row] = {thing: {"state": state} for thing, state in stored.items()}
    compared = compare("", wanted, found)
    named = (one._replace(thing=one.thing.removeprefix(":")) for one in compared.differences)
    return compared._replace(kind="state", differences=tuple(named))


def _name(tx: Transaction) -> list[Difference]:
    if tx.campaign.name == tx.playbook.name.vi:
        return []
    return [Difference(f"campaign:{tx.campaign.code}", ("name",), "changed")]


def _end(tx: Transaction) -> list[Difference]:
    """Say that the end of the log is gone where something else still names a later event."""
    end = vouched_course.known_end(tx)
    return [Difference(f"event:{end}", (), "missing")] if end > tx.head().number else []


def lines(tx: Transaction) -> Iterator[str]:
    """Hand out the whole log in its order, a JSON text per event."""
    for record in events.read(tx.connection, tx.campaign.id):
        yield canonical({**record._asdict(), "occurred_at": written(record.occurred_at)})
