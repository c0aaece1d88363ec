"""Which tokens of the API are there, whose are they, and what do they allow?"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from campaigns.store.prepared import Prepared
from campaigns.store.tables import api_token
from campaigns.store.transaction import Transaction


class TokenRecord(NamedTuple):
    """A token, without what proves it."""

    id: int
    person_id: str
    scopes: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


_COLUMNS = tuple(api_token.c[name] for name in TokenRecord._fields)
_BY_HASH: Final = Prepared(
    select(*_COLUMNS).where(api_token.c.token_hash == bindparam("token_hash"))
)


def add(
    tx: Transaction, person_id: str, token_hash: str, scopes: str, expires_at: datetime
) -> TokenRecord:
    """Insert a token, as the hash of what its person is shown once."""
    row = tx.connection.execute(
        insert(api_token)
        .values(
            person_id=person_id,
            token_hash=token_hash,
            scopes=scopes,
            created_at=tx.wall,
            created_by=tx.actor,
            expires_at=expires_at,
        )
        .returning(*_COLUMNS)
    ).one()
    return TokenRecord(*row)


def by_hash(tx: Transaction, token_hash: str) -> TokenRecord | None:
    """Return the token with this hash, whether it is good or not."""
    row = _BY_HASH.first(tx.connection, token_hash=token_hash)
    return TokenRecord(*row) if row else None


def of(tx: Transaction, person_id: str | None = None) -> list[TokenRecord]:
    """List the tokens of one person, or of all, oldest first."""
    query = select(*_COLUMNS).order_by(api_token.c.id)
    if person_id is not None:
        query = query.where(api_token.c.person_id == person_id)
    return [TokenRecord(*row) for row in tx.connection.execute(query)]


def revoke(tx: Transaction, token_id: int) -> bool:
    """End a token; False where there is none of this number that is not ended."""
    done = tx.connection.execute(
        update(api_token)
        .where(api_token.c.id == token_id, api_token.c.revoked_at.is_(None))
        .values(revoked_at=tx.wall)
    )
    return done.rowcount > 0


def touch(tx: Transaction, token_id: int) -> None:
    """Note that a token was used now."""
    tx.connection.execute(
        update(api_token).where(api_token.c.id == token_id).values(last_used_at=tx.wall)
    )
