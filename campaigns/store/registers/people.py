"""Who is there, who holds which role on a date, and where is a person reached?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, select

from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.records import PersonRecord
from campaigns.store.tables import appointment, person
from campaigns.store.transaction import Transaction

_COLUMNS = tuple(person.c[name] for name in PersonRecord.__slots__)

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
_SETTLED: Final = (person.c.rests_until.is_(None) | (person.c.rests_until <= bindparam("now"))) & (
    appointment.c.rests_until.is_(None) | (appointment.c.rests_until <= bindparam("now"))
)
_SIGNING: Final = Prepared(_HOLDERS.where(_SETTLED))
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


def signing(tx: Transaction, role: str, day: date, now: datetime) -> list[PersonRecord]:
    """Return who holds `role` on `day` and may sign by it: what is new must not rest any more."""
    return [PersonRecord(*row) for row in _SIGNING.all(tx.connection, role=role, day=day, now=now)]


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


_SETTLED_OF: Final = PreparedList(
    lambda ids: select(person.c.id).where(
        person.c.id.in_(ids),
        person.c.rests_until.is_(None) | (person.c.rests_until <= bindparam("now")),
    )
)


def settled(tx: Transaction, ids: Collection[str], now: datetime) -> list[str]:
    """Return those of the people whose entry does not rest any more."""
    return [row[0] for row in _SETTLED_OF.all(tx.connection, sorted(ids), now=now)]


_OF_UNITS: Final = PreparedList(
    lambda ids: select(person.c.unit_id, person.c.email).where(person.c.unit_id.in_(ids))
)


def addresses_in(tx: Transaction, unit_ids: Collection[str]) -> list[tuple[str, str]]:
    """Return (unit id, mail address) of everybody in the register of these units."""
    return [(row[0], row[1]) for row in _OF_UNITS.all(tx.connection, sorted(unit_ids))]


def everyone(tx: Transaction) -> dict[str, PersonRecord]:
    """Return all people by id."""
    rows = tx.connection.execute(select(*_COLUMNS).order_by(person.c.id))
    return {row.id: PersonRecord(*row) for row in rows}
