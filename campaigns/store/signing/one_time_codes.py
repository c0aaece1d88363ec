"""Which one-time codes were asked for, how often were they tried, how did they end?

The code itself is in no row: it is made of the row and the installation's key when its mail
leaves, and again when it is compared (ADR 0044).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from campaigns.rules.signing.one_time_codes import CodeState, Ended
from campaigns.store.records import StageRecord
from campaigns.store.tables import one_time_code
from campaigns.store.transaction import Transaction
from schemas.links import CodeAsked

_COLUMNS = tuple(one_time_code.c[name] for name in CodeState._fields)


def add(tx: Transaction, of: StageRecord, asked: CodeAsked, expires_at: datetime) -> int:
    """Store that a code was asked for and return its number."""
    values = asked.model_dump(exclude={"campaign", "stage"})
    number: int = tx.connection.execute(
        insert(one_time_code)
        .values(stage_id=of.id, asked_at=tx.now, expires_at=expires_at, tries=0, **values)
        .returning(one_time_code.c.id)
    ).scalar_one()
    return number


def of_request(tx: Transaction, of: StageRecord, round_: int, person_id: str) -> list[CodeState]:
    """Return the codes one person has asked for in one round of a stage, the oldest first."""
    rows = tx.connection.execute(
        select(*_COLUMNS)
        .where(
            one_time_code.c.stage_id == of.id,
            one_time_code.c.round == round_,
            one_time_code.c.person_id == person_id,
        )
        .order_by(one_time_code.c.id)
    )
    return [CodeState(*row) for row in rows]


def count_try(tx: Transaction, number: int, tries: int) -> None:
    """Note how many wrong tries a code has seen."""
    _set(tx, number, tries=tries)


def end(tx: Transaction, number: int, how: Ended) -> None:
    """End a code."""
    _set(tx, number, ended=how)


def _set(tx: Transaction, number: int, **values: object) -> None:
    tx.connection.execute(
        update(one_time_code).where(one_time_code.c.id == number).values(**values)
    )


def forget(tx: Transaction, before: datetime) -> None:
    """Take out what ended long ago."""
    tx.connection.execute(delete(one_time_code).where(one_time_code.c.expires_at < before))


def living(tx: Transaction, numbers: Collection[int]) -> set[int]:
    """Return which of these codes are the newest of their request and may still be used."""
    found = set(
        tx.connection.execute(
            select(one_time_code.c.id).where(
                one_time_code.c.id.in_(numbers),
                one_time_code.c.ended.is_(None),
                one_time_code.c.expires_at > tx.now,
            )
        ).scalars()
    )
    later = one_time_code.alias()
    overtaken = select(one_time_code.c.id).where(
        one_time_code.c.id.in_(found),
        later.c.stage_id == one_time_code.c.stage_id,
        later.c.round == one_time_code.c.round,
        later.c.person_id == one_time_code.c.person_id,
        later.c.id > one_time_code.c.id,
    )
    return found.difference(tx.connection.execute(overtaken).scalars())
