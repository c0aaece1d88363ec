"""How far has each reader of the event log come? Kept here, so that it goes on where it stopped."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import func, insert, select, update

from campaigns.store import events
from campaigns.store.tables import campaign, event_cursor, event_head
from campaigns.store.transaction import Transaction
from schemas.events import EventRecord


def behind(tx: Transaction, consumer: str) -> list[str]:
    """Return the codes of campaigns with events the reader has not seen; rehearsals have none."""
    seen = func.coalesce(event_cursor.c.number, 0)
    found = (
        select(campaign.c.code)
        .join(event_head, event_head.c.campaign_id == campaign.c.id)
        .outerjoin(
            event_cursor,
            (event_cursor.c.campaign_id == campaign.c.id) & (event_cursor.c.consumer == consumer),
        )
        .where(campaign.c.clock_at.is_(None), event_head.c.number > seen)
        .order_by(campaign.c.id)
    )
    return list(tx.connection.execute(found).scalars())


def unseen(tx: Transaction, consumer: str, limit: int) -> list[EventRecord]:
    """Return the next events of the campaign that the reader has not seen.

    Writers of one campaign queue up, so its numbers are in the order of commits: none comes late.
    """
    after = _number(tx, consumer) or 0
    page = events.read(tx.connection, tx.campaign.id, after, page_size=limit)
    return list(islice(page, limit))


def move(tx: Transaction, consumer: str, number: int) -> None:
    """Note that the reader has seen everything up to an event; it never goes back."""
    if _number(tx, consumer) is None:
        tx.connection.execute(
            insert(event_cursor).values(
                campaign_id=tx.campaign.id, consumer=consumer, number=number
            )
        )
        return
    tx.connection.execute(
        update(event_cursor)
        .where(
            event_cursor.c.campaign_id == tx.campaign.id,
            event_cursor.c.consumer == consumer,
            event_cursor.c.number < number,
        )
        .values(number=number)
    )


def _number(tx: Transaction, consumer: str) -> int | None:
    found: int | None = tx.connection.execute(
        select(event_cursor.c.number).where(
            event_cursor.c.campaign_id == tx.campaign.id, event_cursor.c.consumer == consumer
        )
    ).scalar_one_or_none()
    return found
