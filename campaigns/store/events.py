"""What has happened in a campaign, in which order, and has anybody touched the record?

The log is append-only, numbered per campaign and hash-chained (`campaigns.rules.log.chain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, func, insert, select, update

from campaigns.rules import keys
from campaigns.rules.clock import comparison
from campaigns.rules.log.chain import GENESIS, canonical, seal, written
from campaigns.rules.log.errors import EventLogBroken
from campaigns.store.bulk import insert_rows
from campaigns.store.prepared import Prepared
from campaigns.store.tables import campaign, event, event_head
from schemas.events import EventDraft, EventRecord, Facts

_PAGE = 2_000


_COLUMNS: Final = (event_head.c.number, event_head.c.hash, event_head.c.occurred_at)
_END: Final = Prepared(select(*_COLUMNS).where(event_head.c.campaign_id == bindparam("campaign")))
_LOCKED_END: Final = Prepared(
    select(*_COLUMNS)
    .join(campaign, campaign.c.id == event_head.c.campaign_id)
    .where(campaign.c.code == bindparam("code"))
    .with_for_update(of=event_head)
)
_MOVE_END: Final = Prepared(
    update(event_head)
    .where(event_head.c.campaign_id == bindparam("campaign"))
    .values(number=bindparam("last"), hash=bindparam("seal"), occurred_at=bindparam("moment"))
)
_FIELDS: Final = tuple(event.columns.keys())


class Head(NamedTuple):
    """Number, hash and time of a campaign's last event."""

    number: int
    hash: str
    occurred_at: datetime | None = None


class Break(NamedTuple):
    """The first record at which the chain does not hold."""

    number: int
    reason: str


UNREADABLE: Final = "its facts or its time cannot be read any more"


def head(connection: Connection, campaign_id: int) -> Head:
    """Read a campaign's last event.

    Raises:
        EventLogBroken: Somebody removed the end of the log.
    """
    row = _END.first(connection, campaign=campaign_id)
    if row is None:
        raise EventLogBroken
    return Head(*row)


def locked_head(connection: Connection, campaign_code: str) -> Head | None:
    """Read a campaign's last event; other writers of the campaign wait from here on."""
    row = _LOCKED_END.first(connection, code=campaign_code)
    return Head(*row) if row else None


def count(connection: Connection, campaign_id: int) -> int:
    """Count the events that stand in the log."""
    return connection.execute(
        select(func.count()).select_from(event).where(event.c.campaign_id == campaign_id)
    ).scalar_one()


def start_log(connection: Connection, campaign_id: int) -> Head:
    """Begin the log of a new campaign."""
    connection.execute(insert(event_head).values(campaign_id=campaign_id, number=0, hash=GENESIS))
    return Head(0, GENESIS)


def with_mails(drafts: Sequence[EventDraft], code: str, mails: Facts) -> list[EventDraft]:
    """Let the last of some events vouch for the mails written with them, or one of their own."""
    if not mails:
        return list(drafts)
    if not drafts:
        return [EventDraft("thidua.messages.written", keys.subject("campaign", code), mails)]
    return [*drafts[:-1], drafts[-1]._replace(facts={**drafts[-1].facts, **mails})]


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
    number, last = head.number, head.hash
    moment = occurred_at.replace(microsecond=0)
    said = written(moment)
    for draft in drafts:
        number += 1
        last = seal(last, campaign_code, number, draft, actor, said)
        facts = canonical(draft.facts)
        rows.append((campaign_id, number, draft.name, draft.subject, actor, moment, facts, last))
    insert_rows(connection, event, _FIELDS, rows)
    _MOVE_END.write(connection, campaign=campaign_id, last=number, seal=last, moment=moment)
    return Head(number, last, moment)


def read(
    connection: Connection, campaign_id: int, after: int = 0, page_size: int = _PAGE
) -> Iterator[EventRecord]:
    """Read the log after an event in its order, a page at a time."""
    while True:
        page = connection.execute(
            select(event)
            .where(event.c.campaign_id == campaign_id, event.c.number > after)
            .order_by(event.c.number)
            .limit(page_size)
        ).all()
        for row in page:
            facts: Facts = orjson.loads(row.facts)
            yield EventRecord(
                row.number, row.name, row.subject, row.actor, row.occurred_at, facts, row.hash
            )
        if len(page) < page_size:
            return
        after = page[-1].number


def first_break(connection: Connection, campaign_id: int, campaign_code: str) -> Break | None:
    """Recompute the chain; return the first record that does not fit, or None."""
    found = followed(campaign_code, _readable(connection, campaign_id))
    if isinstance(found, Break):
        return found
    row = _END.first(connection, campaign=campaign_id)
    return break_at_end(found, Head(*row) if row else None)


def followed(scope: str, records: Iterable[EventRecord | Break]) -> Head | Break:
    """Recompute the chain of a log; return where it ends, or the first record that does not fit.

    `scope` is what stands in the chain: a campaign's code, or the registers' word. A record that
    cannot be read stands among the others as a break.
    """
    previous, expected, latest = GENESIS, 0, None
    for record in records:
        expected += 1
        if isinstance(record, Break):
            return record
        if comparison.runs_back(record, latest):
            return Break(
                record.number, "it is dated before the record before it, and no repair says why"
            )
        latest = record.occurred_at
        if record.number != expected:
            return Break(expected, f"record {expected} is missing")
        draft = EventDraft(record.name, record.subject, record.facts)
        said = written(record.occurred_at)
        if seal(previous, scope, expected, draft, record.actor, said) != record.hash:
            return Break(record.number, "its content does not fit its hash")
        previous = record.hash
    return Head(expected, previous)


def break_at_end(found: Head, end: Head | None) -> Break | None:
    """Compare the last record that was found with the end the log is known to have."""
    if end is None:
        return Break(found.number + 1, "the end of the log is gone")
    if found.number < end.number:
        return Break(found.number + 1, f"record {found.number + 1} is missing")
    if found.number > end.number:
        return Break(end.number + 1, "it was added after the end of the log")
    if found.hash != end.hash:
        return Break(found.number, "it is not the end the log had")
    return None


def _readable(connection: Connection, campaign_id: int) -> Iterator[EventRecord | Break]:
    """Read the log; a record that cannot be read any more ends it as a break."""
    number = 0
    for page_size in (_PAGE, 1):
        # A page with an unreadable date fails as a whole; one by one, the record is found.
        records = read(connection, campaign_id, number, page_size)
        try:
            for record in records:
                number = record.number
                yield record
        except (TypeError, ValueError):
            continue
        return
    yield Break(number + 1, UNREADABLE)
