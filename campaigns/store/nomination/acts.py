"""What did people do to nominations outside the usual course, and why?"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from campaigns.store.tables import nomination_act
from campaigns.store.transaction import Transaction


class ActRecord(NamedTuple):
    """One act: `withdraw`, `revoke` or `clear`."""

    nomination_id: int
    act: str
    reason: str
    document: str
    person_id: str
    acted_at: datetime


def save(tx: Transaction, record: ActRecord) -> None:
    """Keep an act with its reason."""
    tx.connection.execute(insert(nomination_act).values(record._asdict()))


def of_nomination(tx: Transaction, nomination_id: int) -> list[ActRecord]:
    """Return the acts on a nomination, the oldest first."""
    rows = tx.connection.execute(
        select(*(nomination_act.c[name] for name in ActRecord._fields))
        .where(nomination_act.c.nomination_id == nomination_id)
        .order_by(nomination_act.c.id)
    )
    return [ActRecord(*row) for row in rows]
