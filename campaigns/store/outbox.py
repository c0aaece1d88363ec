"""What must run because of a change? Edges as rows, written with the change itself (ADR 0003)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, insert, or_, select

from campaigns.rules import keys
from campaigns.store.tables import outbox

CYCLE: Final = "campaign-cycle"
DELIVER: Final = "deliver-notifications"
SWEEP: Final = "sweep-deadlines"


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
    before = connection.execute(
        select(func.count()).where(
            or_(outbox.c.key == key, outbox.c.key.startswith(f"{key}#", autoescape=True))
        )
    ).scalar_one()
    connection.execute(
        insert(outbox).values(
            topic=topic,
            key=f"{key}#{before + 1}" if before else key,
            campaign_code=campaign_code,
            available_at=available_at,
            attempts=0,
        )
    )
