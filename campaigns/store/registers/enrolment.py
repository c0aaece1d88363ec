"""Who is entered, appointed, reached at another address? Each change on record, new rights at rest.

Whoever may sign is reached at the address in force until the new one has rested: so a link never
goes to an address that one person alone has just written down (ADR 0035).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, Update, insert, select, update

from campaigns.rules.registers.events import Difference
from campaigns.store.registers import log, signers
from campaigns.store.registers.signers import Signing
from campaigns.store.tables import appointment, person
from campaigns.store.transaction import Transaction
from schemas.imports import PersonRow

_AT_REST: Final = {"email_wanted": None, "email_wanted_by": None, "email_rests_until": None}


class Saved(NamedTuple):
    """What came of people that were read or appointed."""

    new: int
    differences: list[Difference]
    number: int
    """Of the first event in the log of the registers; 0 where nothing changed."""


def save(tx: Transaction, rows: Sequence[PersonRow], valid_from: date) -> Saved:
    """Insert people that are new, bring the others up to date, and appoint them to their roles.

    A role a person already holds is kept with its first date; a role that is no longer listed
    ends the day before `valid_from`.
    """
    ids = [row.id for row in rows]
    with log.noting(tx, people=ids) as noted:
        law, held = signers.of(tx), _held(tx)
        known = {one.id: one for one in tx.connection.execute(select(person)).all()}
        fresh = []
        for row in rows:
            if row.id in known:
                roles = {*held.get(row.id, ()), *row.roles}
                values = _changed(tx, law, known[row.id], row, roles)
                if values:
                    tx.connection.execute(
                        update(person).where(person.c.id == row.id).values(**values)
                    )
            else:
                fresh.append(_fresh(tx, law, row))
        if fresh:
            tx.connection.execute(insert(person), fresh)
        _appoint(tx, law, rows, held, valid_from)
    return Saved(len(fresh), noted.differences, noted.number)


def _fresh(tx: Transaction, law: Signing, row: PersonRow) -> dict[str, object]:
    return {
        "id": row.id,
        "language": "vi",
        "full_name": row.full_name,
        "unit_id": row.unit_id,
        "position": row.position,
        "email": row.email,
        "recorded_by": tx.actor,
        "rests_until": law.until,
    }


def _changed(
    tx: Transaction, law: Signing, old: Row[Any], row: PersonRow, roles: Collection[str]
) -> dict[str, object]:
    """Return the columns of a known person that are to be set."""
    said = {"full_name": row.full_name, "unit_id": row.unit_id, "position": row.position}
    values: dict[str, object] = {
        name: value for name, value in said.items() if getattr(old, name) != value
    }
    if row.email == old.email:
        return values | (_AT_REST if old.email_wanted is not None else {})
    must_rest = law.until is not None and law.until > tx.wall
    if must_rest and law.concerns(row.id, roles):
        if row.email == old.email_wanted:
            return values
        return values | {
            "email_wanted": row.email,
            "email_wanted_by": tx.actor,
            "email_rests_until": law.until,
        }
    return values | new_address(tx, row.email, tx.actor, law) | _AT_REST


def new_address(tx: Transaction, email: str, by: str, law: Signing) -> dict[str, object]:
    """Return the columns of an address that is in force from now on; older links are void."""
    return {
        "email": email,
        "recorded_by": by,
        "rests_until": law.until,
        "confirmed_by": None,
        "links_since": tx.wall,
    }


def _held(tx: Transaction) -> dict[str, dict[str, str]]:
    """Return the detail of each role that has no end, by person and role."""
    held: dict[str, dict[str, str]] = {}
    columns = (appointment.c.person_id, appointment.c.role, appointment.c.detail)
    for found in tx.connection.execute(select(*columns).where(appointment.c.valid_to.is_(None))):
        held.setdefault(found.person_id, {})[found.role] = found.detail
    return held


def _appoint(
    tx: Transaction,
    law: Signing,
    rows: Sequence[PersonRow],
    held: Mapping[str, Mapping[str, str]],
    valid_from: date,
) -> None:
    fresh = []
    for row in rows:
        have = held.get(row.id, {})
        fresh += [
            _appointment(tx, law, row.id, role, row.role_detail, valid_from)
            for role in row.roles
            if role not in have
        ]
        for role, detail in sorted(have.items()):
            if role not in row.roles:
                end(tx, row.id, role, valid_from - timedelta(days=1))
            elif detail != row.role_detail:
                tx.connection.execute(_standing(row.id, role).values(detail=row.role_detail))
    _insert_appointments(tx, fresh)


def end(tx: Transaction, person_id: str, role: str, last_on: date) -> None:
    """Let an appointment end; what it ended is on record where the caller notes it."""
    tx.connection.execute(_standing(person_id, role).values(valid_to=last_on))


def _standing(person_id: str, role: str) -> Update:
    """Return what changes the appointment that has no end."""
    return update(appointment).where(
        appointment.c.person_id == person_id,
        appointment.c.role == role,
        appointment.c.valid_to.is_(None),
    )


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
                .values(
                    valid_to=None,
                    confirmed_by=None,
                    **{key: one[key] for key in ("detail", "recorded_by", "rests_until")},
                )
            )
        else:
            new.append(one)
    if new:
        tx.connection.execute(insert(appointment), new)


def held_by(tx: Transaction, person_id: str) -> set[str]:
    """Return the roles of a person that have no end."""
    return set(_held(tx).get(person_id, {}))


def appoint(tx: Transaction, person_id: str, role: str, detail: str, since: date) -> Saved:
    """Appoint somebody who does not hold the role."""
    with log.noting(tx, people=[person_id]) as noted:
        fresh = _appointment(tx, signers.of(tx), person_id, role, detail, since)
        _insert_appointments(tx, [fresh])
    return Saved(0, noted.differences, noted.number)


def _appointment(
    tx: Transaction, law: Signing, person_id: str, role: str, detail: str, since: date
) -> dict[str, object]:
    return {
        "person_id": person_id,
        "role": role,
        "valid_from": since,
        "detail": detail,
        "recorded_by": tx.actor,
        "rests_until": law.until,
    }
