"""When does the engine look at a campaign again? One pending row of the outbox per topic."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from campaigns.store.engine import edges
from campaigns.store.tables import outbox
from campaigns.store.transaction import Transaction


def wake_at(tx: Transaction, topic: str, at: datetime) -> None:
    """Have a run of `topic` started at `at`, whatever else is started before.

    `Transaction.wake` keeps one time per topic, the earliest: an act that wants a run now and
    another later sets the later one here.
    """
    edges.add(tx.connection, tx.campaign.code, topic, tx.head().number, at)


def wake_by(tx: Transaction, topic: str, at: datetime) -> None:
    """See to it that a run of `topic` starts at `at` or before; a later timer is set earlier.

    One that is set for an earlier time stays: its run sets the next.
    """
    pending = tx.connection.execute(
        select(outbox.c.id, outbox.c.available_at)
        .where(
            outbox.c.campaign_code == tx.campaign.code,
            outbox.c.topic == topic,
            outbox.c.sent_at.is_(None),
            outbox.c.dead_at.is_(None),
            outbox.c.available_at > tx.now,
        )
        .order_by(outbox.c.available_at)
        .limit(1)
    ).one_or_none()
    if pending is None:
        wake_at(tx, topic, at)
    elif pending.available_at > at:
        tx.connection.execute(
            update(outbox)
            .where(outbox.c.id == pending.id, outbox.c.sent_at.is_(None))
            .values(available_at=at)
        )
