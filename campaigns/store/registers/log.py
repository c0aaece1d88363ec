"""What has happened to the registers, in which order, by whom, and has anybody touched the record?

Units, people and appointments belong to no campaign, so they have a log of their own: append-only,
numbered, chained as a campaign's (`campaigns.rules.log.chain`). Whatever changes a register does so
inside `noting`, which compares what was said before and after; so no change can go unlogged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import insert, select, update

from campaigns.rules.clock import comparison
from campaigns.rules.log.chain import GENESIS, canonical, seal, written
from campaigns.rules.registers.events import Difference, differences, event_name
from campaigns.store.bulk import insert_rows
from campaigns.store.events import UNREADABLE, Break, Head, break_at_end, followed
from campaigns.store.registers import state
from campaigns.store.registers.state import Said
from campaigns.store.tables import register_event, register_head
from campaigns.store.transaction import Transaction
from schemas.events import EventDraft, EventRecord, Facts

SCOPE: Final = "registers"
"""What stands in the chain where a campaign's log has its code."""
TAKEN_OVER: Final = "system:taken-over"
"""Who has entered what was there before the log began."""
_FIELDS: Final = tuple(register_event.columns.keys())
_ONE: Final = 1


@dataclass
class Noted:
    """What one act has changed; filled when the act is done."""

    differences: list[Difference]
    number: int = 0
    """Of the first event; 0 where nothing changed."""


@contextmanager
def noting(
    tx: Transaction, people: Collection[str] = (), units: Collection[str] = ()
) -> Iterator[Noted]:
    """Record what the block changes of these people and units; what stays as it was is no event."""
    end = _locked_head(tx) or _begin(tx)
    before = _said_of(tx, people, units)
    noted = Noted([])
    yield noted
    after = _said_of(tx, people, units)
    noted.differences = differences(before, after)
    if noted.differences:
        noted.number = end.number + 1
        _append(tx, end, [_draft(one) for one in noted.differences], tx.actor)


def _said_of(tx: Transaction, people: Collection[str], units: Collection[str]) -> dict[str, Said]:
    said: dict[str, Said] = {}
    if people:
        said |= state.of_people(tx, people)
    if units:
        said |= state.of_units(tx, units)
    return said


def _draft(one: Difference) -> EventDraft:
    return EventDraft(event_name(one), one.subject, {"before": one.before, "after": one.after})


def ensure_begun(tx: Transaction) -> None:
    """Begin the log where there is none, with what the registers say already."""
    if _locked_head(tx) is None:
        _begin(tx)


def note(tx: Transaction, name: str, facts: Facts) -> None:
    """Record an event of the registers as a whole."""
    end = _locked_head(tx) or _begin(tx)
    _append(tx, end, [EventDraft(name, SCOPE, facts)], tx.actor)


def _begin(tx: Transaction) -> Head:
    start = Head(0, GENESIS, tx.wall)
    tx.connection.execute(
        insert(register_head).values(
            id=_ONE, number=0, hash=GENESIS, occurred_at=tx.wall.replace(microsecond=0)
        )
    )
    there = state.of_units(tx) | state.of_people(tx)
    drafts = [_draft(one) for one in differences({}, there)]
    return _append(tx, start, drafts, TAKEN_OVER)


def _locked_head(tx: Transaction) -> Head | None:
    row = tx.connection.execute(
        select(register_head.c.number, register_head.c.hash, register_head.c.occurred_at)
        .where(register_head.c.id == _ONE)
        .with_for_update()
    ).first()
    return Head(*row) if row else None


def _append(tx: Transaction, end: Head, drafts: Sequence[EventDraft], actor: str) -> Head:
    if not drafts:
        return end
    number, last = end.number, end.hash
    if not tx.goes_back:
        comparison.ensure_not_ahead(SCOPE, tx.wall, end.occurred_at)
    moment = comparison.never_before(tx.wall, end.occurred_at).replace(microsecond=0)
    said, rows = written(moment), []
    for draft in drafts:
        number += 1
        last = seal(last, SCOPE, number, draft, actor, said)
        rows.append(
            (number, draft.name, draft.subject, actor, moment, canonical(draft.facts), last)
        )
    insert_rows(tx.connection, register_event, _FIELDS, rows)
    tx.connection.execute(
        update(register_head)
        .where(register_head.c.id == _ONE)
        .values(number=number, hash=last, occurred_at=moment)
    )
    return Head(number, last, moment)


# --- Read and verified ---------------------------------------------------------------------------


def head(tx: Transaction) -> Head | None:
    """Return the end of the log; None where it has not begun."""
    row = tx.connection.execute(
        select(register_head.c.number, register_head.c.hash, register_head.c.occurred_at).where(
            register_head.c.id == _ONE
        )
    ).first()
    return Head(*row) if row else None


def read(tx: Transaction, subject: str | None = None) -> Iterator[EventRecord]:
    """Read the log in its order; what concerns one person or unit where a subject is given."""
    query = select(register_event).order_by(register_event.c.number)
    for row in tx.connection.execute(query):
        if subject is None or _is_about(row.subject, subject):
            facts: Facts = orjson.loads(row.facts)
            yield EventRecord(
                row.number, row.name, row.subject, row.actor, row.occurred_at, facts, row.hash
            )


def _is_about(subject: str, wanted: str) -> bool:
    thing = subject.partition(":")[2]
    return thing == wanted or thing.startswith(f"{wanted}/")


def first_break(tx: Transaction) -> Break | None:
    """Recompute the chain; return the first record that does not fit, or None."""
    found = followed(SCOPE, _readable(tx))
    if isinstance(found, Break):
        return found
    end = head(tx)
    never_begun = end is None and not found.number
    return None if never_begun else break_at_end(found, end)


def _readable(tx: Transaction) -> Iterator[EventRecord | Break]:
    """Read the log; a record that cannot be read any more ends it as a break."""
    number = 0
    try:
        for record in read(tx):
            number = record.number
            yield record
    except (TypeError, ValueError):
        yield Break(number + 1, UNREADABLE)


def differing(tx: Transaction) -> list[str]:
    """Return what the registers say otherwise than their log, by subject."""
    logged: dict[str, object] = {}
    for record in read(tx):
        after = record.facts.get("after")
        if after:
            logged[record.subject] = after
        else:
            logged.pop(record.subject, None)
    stored: Mapping[str, object] = state.of_units(tx) | state.of_people(tx)
    return sorted(
        one for one in logged.keys() | stored.keys() if logged.get(one) != stored.get(one)
    )
