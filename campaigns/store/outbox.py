"""What must run because of a change? Edges as rows, written with the change itself (ADR 0003)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from campaigns.rules import keys
from campaigns.store.tables import outbox

CYCLE: Final = "campaign-cycle"
DELIVER: Final = "deliver-notifications"


def add(
    connection: Connection,
    campaign_code: str,
    topic: str,
    event_number: int,
    available_at: datetime,
) -> None:
    """Add an edge; the same edge again changes nothing."""
    key = keys.outbox_key(campaign_code, event_number, topic)
    if connection.execute(select(outbox.c.id).where(outbox.c.key == key)).first() is None:
        connection.execute(
            insert(outbox).values(
                topic=topic,
                key=key,
                campaign_code=campaign_code,
                available_at=available_at,
                attempts=0,
            )
        )
