"""Which units are there, what were they called on a date, under whom, and who came after them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from campaigns.store.records import UnitRecord
from campaigns.store.tables import past_model, unit, unit_name, unit_parent
from schemas.imports import PastModelRow, UnitRow

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction


def save(tx: Transaction, rows: Sequence[UnitRow]) -> int:
    """Insert units that are new and bring the others up to date; return how many were new."""
    known = set(tx.connection.execute(select(unit.c.id)).scalars())
    new: dict[str, UnitRow] = {row.id: row for row in rows if row.id not in known}
    if new:
        tx.connection.execute(
            insert(unit),
            [
                {"id": r.id, "kind": r.kind, "subkind": r.subkind, "email": r.email, "note": r.note}
                for r in new.values()
            ],
        )
    for row in rows:
        if row.id not in new:
            tx.connection.execute(
                update(unit)
                .where(unit.c.id == row.id)
                .values(kind=row.kind, subkind=row.subkind, email=row.email, note=row.note)
            )
    _save_names(tx, rows)
    _save_parents(tx, rows)
    return len(new)


def _save_names(tx: Transaction, rows: Iterable[UnitRow]) -> None:
    known = {
        (row.unit_id, row.valid_from): row
        for row in tx.connection.execute(select(unit_name.c.unit_id, unit_name.c.valid_from))
    }
    fresh = []
    for row in rows:
        values = {
            "unit_id": row.id,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "name": row.name,
            "official_code": row.official_code,
        }
        if (row.id, row.valid_from) in known:
            tx.connection.execute(
                update(unit_name)
                .where(unit_name.c.unit_id == row.id, unit_name.c.valid_from == row.valid_from)
                .values(**values)
            )
        else:
            fresh.append(values)
    if fresh:
        tx.connection.execute(insert(unit_name), fresh)


def _save_parents(tx: Transaction, rows: Iterable[UnitRow]) -> None:
    known = {
        tuple(row)
        for row in tx.connection.execute(select(unit_parent.c.unit_id, unit_parent.c.valid_from))
    }
    fresh = []
    for row in rows:
        if row.parent_id is None:
            if (row.id, row.valid_from) in known:
                tx.connection.execute(
                    delete(unit_parent).where(
                        unit_parent.c.unit_id == row.id, unit_parent.c.valid_from == row.valid_from
                    )
                )
            continue
        values = {
            "unit_id": row.id,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "parent_id": row.parent_id,
        }
        if (row.id, row.valid_from) in known:
            tx.connection.execute(
                update(unit_parent)
                .where(unit_parent.c.unit_id == row.id, unit_parent.c.valid_from == row.valid_from)
                .values(**values)
            )
        else:
            fresh.append(values)
    if fresh:
        tx.connection.execute(insert(unit_parent), fresh)


def on(tx: Transaction, day: date) -> dict[str, UnitRecord]:
    """Return every unit that exists on `day`, as named and placed then, by id."""
    valid_name = (unit_name.c.valid_from <= day) & (
        unit_name.c.valid_to.is_(None) | (unit_name.c.valid_to >= day)
    )
    valid_parent = (unit_parent.c.valid_from <= day) & (
        unit_parent.c.valid_to.is_(None) | (unit_parent.c.valid_to >= day)
    )
    rows = tx.connection.execute(
        select(
            unit.c.id,
            unit_name.c.name,
            unit.c.kind,
            unit_parent.c.parent_id,
            unit.c.email,
            unit_name.c.valid_from,
            unit_name.c.valid_to,
        )
        .join(unit_name, unit_name.c.unit_id == unit.c.id)
        .outerjoin(unit_parent, (unit_parent.c.unit_id == unit.c.id) & valid_parent)
        .where(valid_name)
        # Where two names overlap, the later one is the name.
        .order_by(unit.c.id, unit_name.c.valid_from, unit_parent.c.valid_from)
    )
    return {row.id: UnitRecord(*row) for row in rows}


def latest(tx: Transaction) -> dict[str, UnitRecord]:
    """Return every unit there ever was, each as it was last named, by id."""
    rows = tx.connection.execute(
        select(
            unit.c.id,
            unit_name.c.name,
            unit.c.kind,
            unit_parent.c.parent_id,
            unit.c.email,
            unit_name.c.valid_from,
            unit_name.c.valid_to,
        )
        .join(unit_name, unit_name.c.unit_id == unit.c.id)
        .outerjoin(
            unit_parent,
            (unit_parent.c.unit_id == unit.c.id)
            & (unit_parent.c.valid_from == unit_name.c.valid_from),
        )
        .order_by(unit.c.id, unit_name.c.valid_from)
    )
    return {row.id: UnitRecord(*row) for row in rows}


def address(tx: Transaction, unit_id: str) -> str:
    """Return a unit's mail address; empty where it has none."""
    return (
        tx.connection.execute(select(unit.c.email).where(unit.c.id == unit_id)).scalar_one_or_none()
        or ""
    )


def save_past_models(
    tx: Transaction, rows: Sequence[PastModelRow], title_keys: Mapping[str, str]
) -> int:
    """Insert models of earlier years that are new; return how many were."""
    known = set(tx.connection.execute(select(past_model.c.id)).scalars())
    fresh = [
        {**row.model_dump(), "title_key": title_keys[row.id]} for row in rows if row.id not in known
    ]
    if fresh:
        tx.connection.execute(insert(past_model), fresh)
    return len(fresh)


def past_titles(tx: Transaction) -> frozenset[tuple[str, str]]:
    """Return (unit id, folded title) of every model recognised in earlier years."""
    rows = tx.connection.execute(select(past_model.c.unit_id, past_model.c.title_key))
    return frozenset((row.unit_id, row.title_key) for row in rows)
