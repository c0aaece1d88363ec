"""Who may use the API, and for what? A token per person, never more than the person's roles."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple

from campaigns.rules.access.errors import (
    PersonNotFound,
    ScopeNotKnown,
    TokenNotFound,
    TokenNotValid,
)
from campaigns.store.access import tokens
from campaigns.store.access.tokens import TokenRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.actors import SCOPES

PREFIX: Final = "thidua_"
"""So that a token that leaked into a file is found by those who look for secrets."""
_LONGEST: Final = 200
_USED_EVERY: Final = timedelta(minutes=1)


class Holder(NamedTuple):
    """Who holds a token that is in force."""

    token_id: int
    person_id: str
    unit_id: str
    language: str
    scopes: frozenset[str]
    stale: bool
    """Its last use is more than a minute old on record."""


def create(
    tx: Transaction, person_id: str, scopes: Iterable[str], days: int
) -> tuple[str, TokenRecord]:
    """Make a token for a person; what is returned first is shown once and stored nowhere.

    Raises:
        PersonNotFound, ScopeNotKnown: The words are not known here.
    """
    wanted = list(dict.fromkeys(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise ScopeNotKnown(scope, SCOPES)
    ensure_known(tx, person_id)
    token = PREFIX + secrets.token_urlsafe(32)
    expires_at = tx.wall + timedelta(days=days)
    return token, tokens.add(tx, person_id, _hashed(token), " ".join(wanted), expires_at)


def ensure_known(tx: Transaction, person_id: str) -> None:
    """Refuse an id that nobody has.

    Raises:
        PersonNotFound: Nobody has it.
    """
    if not people.named(tx, [person_id]):
        raise PersonNotFound(person_id)


def revoke(tx: Transaction, token_id: int) -> None:
    """End a token at once.

    Raises:
        TokenNotFound: None of this number is in force.
    """
    if not tokens.revoke(tx, token_id):
        raise TokenNotFound(token_id)


def holder(tx: Transaction, token: str) -> Holder:
    """Return who holds a token.

    Raises:
        TokenNotValid: It is unknown, expired or revoked; which of these is not told.
    """
    found = tokens.by_hash(tx, _hashed(token)) if len(token) <= _LONGEST else None
    if found is None or found.revoked_at is not None or found.expires_at <= tx.wall:
        raise TokenNotValid
    person = people.named(tx, [found.person_id])[found.person_id]
    used = found.last_used_at
    return Holder(
        token_id=found.id,
        person_id=found.person_id,
        unit_id=person.unit_id,
        language=person.language,
        scopes=frozenset(found.scopes.split()),
        stale=used is None or tx.wall - used >= _USED_EVERY,
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
