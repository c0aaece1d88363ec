"""By whom was a right to sign entered, or a signer's address changed, after the first set-up?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from campaigns.store.tables import appointment, person
from campaigns.store.transaction import Transaction

By = tuple[str, str]
"""Who entered it, and who confirmed it: empty where its time of rest was waited for."""


def of_appointment(tx: Transaction, person_id: str, roles: Collection[str], day: date) -> By | None:
    """Return who appointed a person to one of the roles; None: the first set-up, or nobody."""
    row = tx.connection.execute(
        select(appointment.c.recorded_by, appointment.c.confirmed_by)
        .where(
            appointment.c.person_id == person_id,
            appointment.c.role.in_(sorted(roles)),
            appointment.c.rests_until.is_not(None),
            appointment.c.valid_from <= day,
            appointment.c.valid_to.is_(None) | (appointment.c.valid_to >= day),
        )
        .order_by(appointment.c.rests_until.desc())
        .limit(1)
    ).first()
    return (row[0] or "", row[1] or "") if row else None


def of_person(tx: Transaction, person_id: str) -> By | None:
    """Return who entered a person or changed their address; None: the first set-up."""
    row = tx.connection.execute(
        select(person.c.recorded_by, person.c.confirmed_by).where(
            person.c.id == person_id, person.c.rests_until.is_not(None)
        )
    ).first()
    return (row[0] or "", row[1] or "") if row else None
