"""Whose calendar is read under which secret? Only the secret's hash is kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select, update

from campaigns.store.tables import calendar_feed

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction


class FeedRecord(NamedTuple):
    """A calendar of one person; of its address nothing is known any more."""

    id: int
    person_id: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None


_COLUMNS = tuple(calendar_feed.c[name] for name in FeedRecord._fields)


def add(tx: Transaction, person_id: str, secret_hash: str) -> int:
    """Store a feed and return its number."""
    number: int = tx.connection.execute(
        insert(calendar_feed)
        .values(
            person_id=person_id,
            secret_hash=secret_hash,
            created_at=tx.wall,
            created_by=tx.actor,
        )
        .returning(calendar_feed.c.id)
    ).scalar_one()
    return number


def of_person(tx: Transaction, person_id: str) -> list[FeedRecord]:
    """Return the feeds of a person, oldest first, the revoked ones too."""
    rows = tx.connection.execute(
        select(*_COLUMNS).where(calendar_feed.c.person_id == person_id).order_by(calendar_feed.c.id)
    )
    return [FeedRecord(*row) for row in rows]


def by_hash(tx: Transaction, secret_hash: str) -> FeedRecord | None:
    """Return the living feed of a secret; None for a wrong or revoked one."""
    row = tx.connection.execute(
        select(*_COLUMNS).where(
            calendar_feed.c.secret_hash == secret_hash, calendar_feed.c.revoked_at.is_(None)
        )
    ).one_or_none()
    return FeedRecord(*row) if row else None


def revoke(tx: Transaction, number: int) -> None:
    """End a feed now."""
    tx.connection.execute(
        update(calendar_feed).where(calendar_feed.c.id == number).values(revoked_at=tx.wall)
    )
