"""Whose calendar is read under which secret? Only the secret's hash is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, insert, select, type_coerce, update

from campaigns.store.tables import Instant, api_token, calendar_feed
from campaigns.store.transaction import Transaction


class FeedRecord(NamedTuple):
    """A calendar of one person; of its address nothing is known any more."""

    id: int
    person_id: str
    created_at: datetime
    created_by: str
    revoked_at: datetime | None


_COLUMNS = tuple(calendar_feed.c[name] for name in FeedRecord._fields)


def add(tx: Transaction, person_id: str, secret_hash: str, token_id: int | None) -> int:
    """Store a feed, made with a token or without one, and return its number."""
    number: int = tx.connection.execute(
        insert(calendar_feed)
        .values(
            person_id=person_id,
            secret_hash=secret_hash,
            created_at=tx.wall,
            created_by=tx.actor,
            token_id=token_id,
        )
        .returning(calendar_feed.c.id)
    ).scalar_one()
    return number


def of_person(tx: Transaction, person_id: str) -> list[FeedRecord]:
    """Return the feeds of a person, oldest first, those that ended too."""
    rows = tx.connection.execute(
        _with_tokens(tx).where(calendar_feed.c.person_id == person_id).order_by(calendar_feed.c.id)
    )
    return [FeedRecord(*row) for row in rows]


def by_hash(tx: Transaction, secret_hash: str) -> FeedRecord | None:
    """Return the living feed of a secret; None for a wrong one, or one that ended."""
    row = tx.connection.execute(
        _with_tokens(tx).where(calendar_feed.c.secret_hash == secret_hash)
    ).one_or_none()
    found = FeedRecord(*row) if row else None
    return found if found is not None and found.revoked_at is None else None


def _with_tokens(tx: Transaction) -> Select[Any]:
    """Begin a query for feeds: one that a token made ends when the token does."""
    over = case((api_token.c.expires_at <= tx.wall, api_token.c.expires_at), else_=None)
    ended_at = func.coalesce(calendar_feed.c.revoked_at, api_token.c.revoked_at, over)
    others = [column for column in _COLUMNS if column.name != "revoked_at"]
    return select(*others, type_coerce(ended_at, Instant()).label("revoked_at")).outerjoin(
        api_token, api_token.c.id == calendar_feed.c.token_id
    )


def revoke(tx: Transaction, number: int) -> None:
    """End a feed now."""
    tx.connection.execute(
        update(calendar_feed).where(calendar_feed.c.id == number).values(revoked_at=tx.wall)
    )
