"""What must run because of a change? Edges as rows, written with the change itself (ADR 0003).

The relay claims them by lease, several at a time: rows of one topic and one campaign come to one
run (ADR 0012). Whether the work was done is known from these rows alone: the run itself settles
what it saw, so that nothing depends on Prefect's memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from campaigns.rules import keys
from campaigns.rules.clock.comparison import LEAD
from campaigns.store.dialects import insert_where_new
from campaigns.store.prepared import Prepared
from campaigns.store.tables import campaign, event_head, outbox
from campaigns.store.transaction import Transaction

CYCLE: Final = "campaign-cycle"
DELIVER: Final = "deliver-notifications"
SWEEP: Final = "sweep-deadlines"
LEASE: Final = timedelta(minutes=2)


class Edge(NamedTuple):
    """A claimed row of the outbox."""

    id: int
    topic: str
    campaign_code: str
    attempt: int
    attempts: int
    available_at: datetime
    sent_at: datetime | None
    flow_run_id: str | None
    detail: str
    """What went wrong last."""


_VALUES: Final = {
    **{name: bindparam(name) for name in ("topic", "key", "campaign_code", "available_at")},
    "attempts": 0,
    "attempt": 1,
    "detail": "",
}


@cache
def _adding(dialect: str) -> Prepared:
    # Nothing is written where the key is taken; to look first would read through all rows.
    return Prepared(insert_where_new(dialect, outbox).values(_VALUES))


def add(
    connection: Connection,
    campaign_code: str,
    topic: str,
    event_number: int,
    available_at: datetime,
) -> None:
    """Add an edge for the change that is being committed.

    A change without an event of its own (only messages) has the event number of the one before it,
    whose edge may have been sent already; it gets an edge of its own all the same.
    """
    key = keys.outbox_key(campaign_code, event_number, topic)
    row = {"topic": topic, "campaign_code": campaign_code, "available_at": available_at}
    if _adding(connection.dialect.name).write(connection, key=key, **row):
        return
    before = connection.execute(
        select(func.count()).where(
            or_(outbox.c.key == key, outbox.c.key.startswith(f"{key}#", autoescape=True))
        )
    ).scalar_one()
    _adding(connection.dialect.name).write(connection, key=f"{key}#{before + 1}", **row)


def _waiting() -> ColumnElement[bool]:
    return outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None)


def _live() -> ColumnElement[bool]:
    """Say of a row that it is not a rehearsal's: that one goes on by its own run and clock."""
    rehearsals = select(campaign.c.code).where(campaign.c.clock_at.is_not(None))
    return outbox.c.campaign_code.not_in(rehearsals)


def _goes_on(now: datetime) -> ColumnElement[bool]:
    """Say of a row that its campaign's log is not ahead: a run could record nothing there."""
    ahead = (
        select(campaign.c.code)
        .join(event_head, event_head.c.campaign_id == campaign.c.id)
        .where(event_head.c.occurred_at > now + LEAD)
    )
    return outbox.c.campaign_code.not_in(ahead)


def _in_flight() -> ColumnElement[bool]:
    """Say of a row that a run for its topic and campaign was created and did not end yet."""
    other = outbox.alias()
    return exists().where(
        other.c.topic == outbox.c.topic,
        other.c.campaign_code == outbox.c.campaign_code,
        other.c.sent_at.is_not(None),
        other.c.settled_at.is_(None),
        other.c.dead_at.is_(None),
    )


def claim(tx: Transaction, limit: int) -> list[Edge]:
    """Claim rows whose time has come, for this relay alone, until the lease ends.

    Rows wait while a run of their topic and campaign is under way: a thousand acts in an hour then
    come to as many runs as there is time for, and an overloaded machine is not given more to do.

    A claim that ends later than any claim made now could, was made before the clock was set back:
    it counts as over. Where a log is dated ahead, rows wait until it is repaired or its time has
    come: no runs fail there until they are given up.
    """
    until = tx.wall + LEASE
    free = outbox.c.claimed_until.is_(None) | ~outbox.c.claimed_until.between(tx.wall, until)
    ids = list(
        tx.connection.execute(
            select(outbox.c.id)
            .where(_waiting(), _live(), _goes_on(tx.wall))
            .where(outbox.c.available_at <= tx.wall, free, ~_in_flight())
            .order_by(outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).scalars()
    )
    if not ids:
        return []
    rows = tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(claimed_until=until, attempts=outbox.c.attempts + 1)
        .returning(*(outbox.c[name] for name in Edge._fields))
    )
    return sorted(Edge(*row) for row in rows)


def mark_sent(tx: Transaction, ids: Sequence[int], flow_run_id: str) -> None:
    """Note that a run was created for these rows."""
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), _waiting())
        .values(sent_at=tx.wall, flow_run_id=flow_run_id, claimed_until=None, detail="")
    )


def unclaim(tx: Transaction, ids: Sequence[int], detail: str) -> None:
    """Give claimed rows back as if they had not been claimed: nobody was there to be asked."""
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), _waiting())
        .values(claimed_until=None, attempts=outbox.c.attempts - 1, detail=detail)
    )


def postpone(tx: Transaction, ids: Sequence[int], until: datetime, detail: str) -> None:
    """Give claimed rows back, to be tried again at `until`."""
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), _waiting())
        .values(available_at=until, claimed_until=None, detail=detail)
    )


class Covered(NamedTuple):
    """Which rows of a topic and a campaign a run covers: those due when it began."""

    up_to: int
    """The highest id; 0 where none was due and not yet settled."""
    at: datetime


def covered(tx: Transaction, topic: str) -> Covered:
    """Return what a run of the topic covers that reads everything else from now on.

    The writers of one campaign queue up for its log, so that its ids are in the order of commits.
    """
    found: int | None = tx.connection.execute(
        select(func.max(outbox.c.id)).where(
            outbox.c.topic == topic,
            outbox.c.campaign_code == tx.campaign.code,
            outbox.c.available_at <= tx.wall,
            outbox.c.settled_at.is_(None),
        )
    ).scalar_one()
    return Covered(found or 0, tx.wall)


def settle(tx: Transaction, topic: str, done: Covered) -> int:
    """Note that the work a run covers is done; return how many rows that were.

    Rows the relay has not come to are settled as well: a run started by hand has done their work.
    A timer that fell due while the run was under way is not: it may have looked too early.
    """
    return tx.connection.execute(
        update(outbox)
        .where(
            outbox.c.topic == topic,
            outbox.c.campaign_code == tx.campaign.code,
            outbox.c.id <= done.up_to,
            outbox.c.available_at <= done.at,
            outbox.c.settled_at.is_(None),
        )
        .values(settled_at=tx.wall, sent_at=func.coalesce(outbox.c.sent_at, tx.wall), dead_at=None)
    ).rowcount


def unsettled(tx: Transaction, flow_run_id: str | None = None) -> list[Edge]:
    """Return rows whose run has not done its work: of any run, or of this very one."""
    query = select(*(outbox.c[name] for name in Edge._fields)).where(
        outbox.c.sent_at.is_not(None),
        outbox.c.settled_at.is_(None),
        outbox.c.dead_at.is_(None),
        _live(),
    )
    if flow_run_id is not None:
        query = query.where(outbox.c.flow_run_id == flow_run_id)
    return [Edge(*row) for row in tx.connection.execute(query.order_by(outbox.c.id))]


def send_again(tx: Transaction, edges: Sequence[Edge], available_at: datetime, detail: str) -> None:
    """Have rows sent again as a new business attempt: a run's key is used up, whatever became.

    Another relay that found the same rows at the same moment changes nothing more.
    """
    as_read = [(edge.id, edge.attempt) for edge in edges]
    tx.connection.execute(
        update(outbox)
        .where(tuple_(outbox.c.id, outbox.c.attempt).in_(as_read), outbox.c.settled_at.is_(None))
        .values(
            attempt=outbox.c.attempt + 1,
            attempts=0,
            sent_at=None,
            claimed_until=None,
            available_at=available_at,
            detail=detail,
            dead_at=None,
        )
    )


def bury(tx: Transaction, ids: Sequence[int], detail: str, *, refused: bool = False) -> None:
    """Give rows up; a person is told, and may have them sent again.

    Not those whose work was done meanwhile, nor, of `refused` ones, those that have a run by now.
    """
    tx.connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids), outbox.c.settled_at.is_(None))
        .where(_waiting() if refused else outbox.c.dead_at.is_(None))
        .values(dead_at=tx.wall, claimed_until=None, detail=detail)
    )


def dead(tx: Transaction) -> list[Edge]:
    """Return the rows that were given up, oldest first: of the campaign, or of all."""
    query = select(*(outbox.c[name] for name in Edge._fields)).where(
        outbox.c.dead_at.is_not(None), outbox.c.settled_at.is_(None)
    )
    if tx.has_campaign:
        query = query.where(outbox.c.campaign_code == tx.campaign.code)
    return [Edge(*row) for row in tx.connection.execute(query.order_by(outbox.c.id))]


class Backlog(NamedTuple):
    """How much waits in the outbox."""

    due: int
    """Rows whose time has come and that have no run yet."""
    oldest_due_at: datetime | None
    running: int
    """Rows with a run that has not done its work yet."""
    later: int
    """Timers: rows whose time is to come."""
    dead: int


def backlog(tx: Transaction) -> Backlog:
    """Count what waits in the outbox."""
    due = _waiting() & _live() & (outbox.c.available_at <= tx.wall)
    later = _waiting() & _live() & (outbox.c.available_at > tx.wall)
    running = outbox.c.sent_at.is_not(None) & outbox.c.settled_at.is_(None)
    row = tx.connection.execute(
        select(
            func.count().filter(due),
            func.min(outbox.c.available_at).filter(due),
            func.count().filter(running & outbox.c.dead_at.is_(None)),
            func.count().filter(later),
            func.count().filter(outbox.c.dead_at.is_not(None)),
        ).select_from(outbox)
    ).one()
    return Backlog(*row)
