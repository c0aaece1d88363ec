"""What rests in the registers, and what becomes of it: confirmed, refused, or its time is over?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Case, Row, Update, case, literal, select, update

from campaigns.rules.registers.events import NEVER
from campaigns.store.registers import log
from campaigns.store.registers.enrolment import Saved
from campaigns.store.tables import appointment, person
from campaigns.store.transaction import Transaction


class Resting(NamedTuple):
    """What of one person does not count yet."""

    person_id: str
    name: str
    email: str
    language: str
    email_wanted: str | None
    email_wanted_by: str
    email_rests_until: datetime | None
    roles: dict[str, tuple[str, datetime]]
    """Role: who appointed them, until when it rests; empty role: the person as such."""

    @property
    def until(self) -> datetime:
        """When all of it counts."""
        ends = [until for _by, until in self.roles.values()]
        return max([*ends, *([self.email_rests_until] if self.email_rests_until else [])])

    @property
    def makers(self) -> frozenset[str]:
        """Who made the changes."""
        found = {by for by, _until in self.roles.values()}
        return frozenset(
            found | ({self.email_wanted_by} if self.email_wanted is not None else set())
        )


_HOLDS = appointment.c.valid_to.is_(None)


def find(tx: Transaction, person_id: str | None = None) -> list[Resting]:
    """Return what rests now, by person; an address waits until it is put in force."""
    now = tx.wall
    roles: dict[str, dict[str, tuple[str, datetime]]] = {}
    query = select(
        appointment.c.person_id,
        appointment.c.role,
        appointment.c.recorded_by,
        appointment.c.rests_until,
    ).where(appointment.c.rests_until > now, _HOLDS)
    for one in tx.connection.execute(query):
        roles.setdefault(one.person_id, {})[one.role] = (one.recorded_by or "", one.rests_until)
    wanted = (
        person.c.email_wanted.is_not(None)
        | ((person.c.rests_until > now) & (person.c.rests_until < NEVER))
        | person.c.id.in_(select(appointment.c.person_id).where(appointment.c.rests_until > now))
    )
    people = select(person).where(wanted).order_by(person.c.id)
    if person_id is not None:
        people = people.where(person.c.id == person_id)
    found = [_resting(one, roles.get(one.id, {}), now) for one in tx.connection.execute(people)]
    return [one for one in found if one.roles or one.email_wanted is not None]


def _resting(one: Row[Any], roles: dict[str, tuple[str, datetime]], now: datetime) -> Resting:
    own = roles
    if one.rests_until is not None and now < one.rests_until < NEVER:
        own = {"": (one.recorded_by or "", one.rests_until), **roles}
    return Resting(
        person_id=one.id,
        name=one.full_name,
        email=one.email,
        language=one.language,
        email_wanted=one.email_wanted,
        email_wanted_by=one.email_wanted_by or "",
        email_rests_until=one.email_rests_until,
        roles=own,
    )


def confirm(tx: Transaction, one: Resting, by: str) -> Saved:
    """Let everything of a person count from now on, confirmed by a second one."""
    now = tx.wall
    with log.noting(tx, people=[one.person_id]) as noted:
        tx.connection.execute(
            update(appointment)
            .where(
                appointment.c.person_id == one.person_id,
                appointment.c.rests_until > now,
                _HOLDS,
            )
            .values(rests_until=now, confirmed_by=by)
        )
        tx.connection.execute(
            _of(one.person_id)
            .where(person.c.rests_until > now)
            .values(rests_until=now, confirmed_by=by)
        )
        if one.email_wanted is not None:
            _put_in_force(tx, one, by)
    return Saved(0, noted.differences, noted.number)


def _after_rest(now: datetime) -> Case[datetime]:
    """Return from when an entry counts whose address has rested: one that was refused, never."""
    # Of the column's type, as a bare value would be written in another form.
    since = literal(now, person.c.rests_until.type)
    return case((person.c.rests_until >= NEVER, person.c.rests_until), else_=since)


def _put_in_force(tx: Transaction, one: Resting, by: str | None) -> None:
    tx.connection.execute(
        _of(one.person_id).values(
            email=one.email_wanted,
            recorded_by=one.email_wanted_by,
            rests_until=tx.wall if by is not None else _after_rest(tx.wall),
            confirmed_by=by,
            links_since=tx.wall,
            email_wanted=None,
            email_wanted_by=None,
            email_rests_until=None,
        )
    )


def refuse(tx: Transaction, one: Resting) -> Saved:
    """Take everything of a person back that rests: the address stays, the roles end.

    Whoever is named in a playbook needs no role: their entry never comes to count by itself.
    """
    now = tx.wall
    with log.noting(tx, people=[one.person_id]) as noted:
        for held in tx.connection.execute(
            select(appointment.c.role, appointment.c.valid_from).where(
                appointment.c.person_id == one.person_id,
                appointment.c.rests_until > now,
                _HOLDS,
            )
        ).all():
            _end(tx, one.person_id, held.role, held.valid_from)
        tx.connection.execute(
            _of(one.person_id).values(
                email_wanted=None, email_wanted_by=None, email_rests_until=None
            )
        )
        if "" in one.roles:
            tx.connection.execute(
                _of(one.person_id).where(person.c.rests_until > now).values(rests_until=NEVER)
            )
    return Saved(0, noted.differences, noted.number)


def _end(tx: Transaction, person_id: str, role: str, since: date) -> None:
    tx.connection.execute(
        update(appointment)
        .where(
            appointment.c.person_id == person_id,
            appointment.c.role == role,
            appointment.c.valid_from == since,
        )
        .values(valid_to=since - timedelta(days=1))
    )


def settle(tx: Transaction) -> list[str]:
    """Put the addresses in force whose time of rest is over; return whose."""
    due = [
        one
        for one in find(tx)
        if one.email_wanted is not None
        and one.email_rests_until is not None
        and one.email_rests_until <= tx.wall
    ]
    if not due:
        return []
    with log.noting(tx, people=[one.person_id for one in due]):
        for one in due:
            _put_in_force(tx, one, None)
    return [one.person_id for one in due]


def revoke_links(tx: Transaction, ids: Collection[str]) -> int:
    """Make every link void that mails to these people have carried; return of how many it was."""
    with log.noting(tx, people=ids) as noted:
        for one in ids:
            tx.connection.execute(_of(one).values(links_since=tx.wall))
    return len({one.identity for one in noted.differences})


def _of(person_id: str) -> Update:
    return update(person).where(person.c.id == person_id)
