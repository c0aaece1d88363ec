"""When is a rehearsal to be looked at next, as its own timers say?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from campaigns.store.tables import outbox
from campaigns.store.transaction import Transaction


def next_timer(tx: Transaction, until: datetime) -> datetime | None:
    """Return the first time after the campaign's present, and not after `until`, a timer names."""
    query = select(func.min(outbox.c.available_at)).where(
        outbox.c.campaign_code == tx.campaign.code,
        outbox.c.available_at > tx.now,
        outbox.c.available_at <= until,
    )
    found: datetime | None = tx.connection.execute(query).scalar_one()
    return found
