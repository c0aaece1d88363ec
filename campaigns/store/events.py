"""What has happened in a campaign, in which order, and has anybody touched the record?

The log is append-only, numbered per campaign and hash-chained:
`hash = sha256(previous hash + canonical JSON of the event)`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, insert, select, update

from campaigns.store.tables import event, event_head
from schemas.events import EventDraft, EventRecord, Facts

GENESIS = "0" * 64
"""The hash before the first event."""

_PAGE = 2_000


class Head(NamedTuple):
    """Number and hash of a campaign's last event."""

    number: int
    hash: str


class Break(NamedTuple):
    """The first record at which the chain does not hold."""

    number: int
    reason: str


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _digest(
    previous: str,
    campaign_code: str,
    number: int,
    draft: EventDraft,
    actor: str,
    occurred_at: datetime,
) -> str:
    moment = occurred_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = canonical([campaign_code, number, draft.name, draft.subject, actor, moment, draft.facts])
    return hashlib.sha256((previous + text).encode()).hexdigest()


def lock_head(connection: Connection, campaign_id: int) -> Head:
    """Read a campaign's last event and keep other writers of the campaign waiting."""
    row = connection.execute(
        select(event_head.c.number, event_head.c.hash)
        .where(event_head.c.campaign_id == campaign_id)
        .with_for_update()
    ).one()
    return Head(row.number, row.hash)


def start_log(connection: Connection, campaign_id: int) -> Head:
    """Begin the log of a new campaign."""
    connection.execute(insert(event_head).values(campaign_id=campaign_id, number=0, hash=GENESIS))
    return Head(0, GENESIS)


def append(
    connection: Connection,
    campaign_id: int,
    campaign_code: str,
    head: Head,
    drafts: Sequence[EventDraft],
    actor: str,
    occurred_at: datetime,
) -> Head:
    """Append events after `head`, in their order, and return the new head."""
    if not drafts:
        return head
    rows = []
    number, last = head
    moment = occurred_at.replace(microsecond=0)
    for draft in drafts:
        number += 1
        last = _digest(last, campaign_code, number, draft, actor, moment)
        rows.append(
            {
                "campaign_id": campaign_id,
                "number": number,
                "name": draft.name,
                "subject": draft.subject,
                "actor": actor,
                "occurred_at": moment,
                "facts": canonical(draft.facts),
                "hash": last,
            }
        )
    connection.execute(insert(event), rows)
    connection.execute(
        update(event_head)
        .where(event_head.c.campaign_id == campaign_id)
        .values(number=number, hash=last)
    )
    return Head(number, last)


def read(connection: Connection, campaign_id: int) -> Iterator[EventRecord]:
    """Read the whole log in its order, a page at a time."""
    after = 0
    while True:
        page = connection.execute(
            select(event)
            .where(event.c.campaign_id == campaign_id, event.c.number > after)
            .order_by(event.c.number)
            .limit(_PAGE)
        ).all()
        for row in page:
            facts: Facts = orjson.loads(row.facts)
            yield EventRecord(
                row.number, row.name, row.subject, row.actor, row.occurred_at, facts, row.hash
            )
        if len(page) < _PAGE:
            return
        after = page[-1].number


def first_break(connection: Connection, campaign_id: int, campaign_code: str) -> Break | None:
    """Recompute the chain; return the first record that does not fit, or None."""
    previous, expected = GENESIS, 0
    for record in _readable(connection, campaign_id):
        expected += 1
        if isinstance(record, Break):
            return record
        if record.number != expected:
            return Break(expected, f"record {expected} is missing")
        draft = EventDraft(record.name, record.subject, record.facts)
        digest = _digest(
            previous, campaign_code, record.number, draft, record.actor, record.occurred_at
        )
        if digest != record.hash:
            return Break(record.number, "its content does not fit its hash")
        previous = record.hash
    head = connection.execute(
        select(event_head.c.number, event_head.c.hash).where(
            event_head.c.campaign_id == campaign_id
        )
    ).one()
    if (head.number, head.hash) != (expected, previous):
        return Break(min(head.number, expected + 1), "records after it were cut off or added")
    return None


def _readable(connection: Connection, campaign_id: int) -> Iterator[EventRecord | Break]:
    """Read the log; a record whose facts are no JSON any more ends it as a break."""
    number = 0
    records = read(connection, campaign_id)
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except orjson.JSONDecodeError:
            yield Break(number + 1, "its facts are no JSON any more")
            return
        number = record.number
        yield record
