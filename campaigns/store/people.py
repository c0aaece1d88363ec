"""Who is there, who holds which role on a date, and where is a person reached?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, insert, select, update

from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.records import PersonRecord
from campaigns.store.tables import appointment, person
from schemas.imports import PersonRow

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction

_COLUMNS = tuple(person.c[name] for name in PersonRecord.__slots__)


def save(tx: Transaction, rows: Sequence[PersonRow], valid_from: date) -> int:
    """Insert people that are new, bring the others up to date, and appoint them to their roles.

    A role a person already holds is kept with its first date; a role that is no longer listed
    ends the day before `valid_from`. Returns how many people were new.
    """
    known = set(tx.connection.execute(select(person.c.id)).scalars())
    fresh = []
    for row in rows:
        values = {
            "full_name": row.full_name,
            "unit_id": row.unit_id,
            "position": row.position,
            "email": row.email,
        }
        if row.id in known:
            tx.connection.execute(update(person).where(person.c.id == row.id).values(**values))
        else:
            fresh.append({"id": row.id, "language": "vi", **values})
    if fresh:
        tx.connection.execute(insert(person), fresh)
    _appoint(tx, rows, valid_from)
    return len(fresh)


def _appoint(tx: Transaction, rows: Sequence[PersonRow], valid_from: date) -> None:
    held: dict[str, set[str]] = {}
    for found in tx.connection.execute(
        select(appointment.c.person_id, appointment.c.role).where(appointment.c.valid_to.is_(None))
    ):
        held.setdefault(found.person_id, set()).add(found.role)
    fresh = []
    for row in rows:
        have = held.get(row.id, set())
        fresh += [
            {"person_id": row.id, "role": role, "valid_from": valid_from, "detail": row.role_detail}
            for role in row.roles
            if role not in have
        ]
        for role in sorted(have.difference(row.roles)):
            tx.connection.execute(
                update(appointment)
                .where(
                    appointment.c.person_id == row.id,
                    appointment.c.role == role,
                    appointment.c.valid_to.is_(None),
                )
                .values(valid_to=valid_from - timedelta(days=1))
            )
    _insert_appointments(tx, fresh)


def _insert_appointments(tx: Transaction, fresh: Sequence[Mapping[str, object]]) -> None:
    """Insert appointments; one that was ended by a correction of the same day is taken up again."""
    known = {
        tuple(row)
        for row in tx.connection.execute(
            select(appointment.c.person_id, appointment.c.role, appointment.c.valid_from)
        )
    }
    new = []
    for one in fresh:
        if (one["person_id"], one["role"], one["valid_from"]) in known:
            tx.connection.execute(
                update(appointment)
                .where(
                    appointment.c.person_id == one["person_id"],
                    appointment.c.role == one["role"],
                    appointment.c.valid_from == one["valid_from"],
                )
                .values(valid_to=None, detail=one["detail"])
            )
        else:
            new.append(one)
    if new:
        tx.connection.execute(insert(appointment), new)


_IN_OFFICE: Final = (appointment.c.valid_from <= bindparam("day")) & (
    appointment.c.valid_to.is_(None) | (appointment.c.valid_to >= bindparam("day"))
)
_HOLDERS: Final = (
    select(*_COLUMNS)
    .join(appointment, appointment.c.person_id == person.c.id)
    .where(appointment.c.role == bindparam("role"), _IN_OFFICE)
    .order_by(person.c.id)
    .distinct()
)
_HOLDING: Final = Prepared(_HOLDERS)
_HOLDING_IN: Final = Prepared(_HOLDERS.where(person.c.unit_id == bindparam("unit")).limit(1))
_ROLES_OF: Final = Prepared(
    select(appointment.c.role).where(appointment.c.person_id == bindparam("person"), _IN_OFFICE)
)
_NAMED: Final = PreparedList(
    lambda ids: select(*_COLUMNS).where(person.c.id.in_(ids)).order_by(person.c.id)
)


def holding(tx: Transaction, role: str, day: date) -> list[PersonRecord]:
    """Return who holds `role` on `day`, by id."""
    return [PersonRecord(*row) for row in _HOLDING.all(tx.connection, role=role, day=day)]


def holding_in(tx: Transaction, unit_id: str, role: str, day: date) -> PersonRecord | None:
    """Return the first by id of those of a unit who hold `role` on `day`."""
    row = _HOLDING_IN.first(tx.connection, unit=unit_id, role=role, day=day)
    return PersonRecord(*row) if row else None


def roles_of(tx: Transaction, person_id: str, day: date) -> frozenset[str]:
    """Return the roles a person holds on `day`; empty for an unknown person."""
    rows = _ROLES_OF.all(tx.connection, person=person_id, day=day)
    return frozenset(role for (role,) in rows)


def named(tx: Transaction, ids: Collection[str]) -> dict[str, PersonRecord]:
    """Return those of the people that are known, by id."""
    rows = _NAMED.all(tx.connection, sorted(ids))
    return {row[0]: PersonRecord(*row) for row in rows}


def everyone(tx: Transaction) -> dict[str, PersonRecord]:
    """Return all people by id."""
    rows = tx.connection.execute(select(*_COLUMNS).order_by(person.c.id))
    return {row.id: PersonRecord(*row) for row in rows}
