"""Who enters, appoints and ends, and what does a second person confirm (ADR 0035)?

Every change of the registers is an act of somebody, on record in their own log. What makes
somebody a signer, or leads a signer's mail elsewhere, counts only after a second person confirmed
it or its time of rest is over; the first set-up, where nobody had a right yet, counts at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.rules.access.errors import PersonNotFound
from campaigns.rules.registers.errors import (
    AppointmentHeld,
    AppointmentNotFound,
    NothingResting,
    RestingChanged,
    RoleNotKnown,
    SecondPersonMissing,
)
from campaigns.rules.registers.events import Difference
from campaigns.store.registers import enrolment, log, people, resting, signers, units
from campaigns.store.registers.resting import Resting
from campaigns.store.transaction import Transaction
from schemas import outcomes
from schemas.commands.registers import AppointPerson, ConfirmPerson, EndAppointment, RefusePerson
from schemas.commands.signing import RevokeLinks
from schemas.imports import PersonRow, UnitRow
from schemas.outcomes import Done
from schemas.registers import ChangeKind, RegisterChange, RestingView
from schemas.vocabulary import Role

HOME_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
"""Whose day counts where no campaign says so."""
_SECONDS: Final = (Role.COORDINATOR, Role.LEADER)


def today(tx: Transaction) -> date:
    """Return the day at home."""
    return tx.wall.astimezone(HOME_ZONE).date()


# --- Imported ------------------------------------------------------------------------------------


def keep_people(
    tx: Transaction, rows: Sequence[PersonRow], valid_from: date, told: list[RegisterChange]
) -> Done:
    """Store people and appoint them to their roles; `told` gets what is otherwise than before."""
    saved = enrolment.save(tx, rows, valid_from)
    told += changes(tx, saved.differences)
    return _done({row.id for row in rows}, saved.differences)


def keep_units(tx: Transaction, rows: Sequence[UnitRow], told: list[RegisterChange]) -> Done:
    """Store units with names, parents and successors; `told` gets what is otherwise than before."""
    with log.noting(tx, units={row.id for row in rows}) as noted:
        units.write(tx, rows)
    told += changes(tx, noted.differences)
    done = _done({row.id for row in rows}, noted.differences)
    return done.model_copy(update={"differences": tuple(_of_units(noted.differences))})


def _of_units(found: Sequence[Difference]) -> Iterator[outcomes.Difference]:
    """Say field by field what is otherwise of units that were there; a period is named by its day.

    `changes` says of a unit that it is otherwise, and no more.
    """
    entered = {one.identity for one in found if not one.before and "/" not in one.subject}
    for one in found:
        if one.identity in entered:
            continue
        since = one.subject.partition("/")[2]
        for field in sorted(one.before.keys() | one.after.keys()):
            if one.has_changed(field):
                yield outcomes.Difference(
                    identity=one.identity,
                    field=f"{field} {since}".strip(),
                    before=one.before.get(field, ""),
                    after=one.after.get(field, ""),
                )


def _done(said: Collection[str], found: Iterable[Difference]) -> Done:
    """Count what differs, and what was stored just so."""
    changed = {one.identity for one in found}
    return Done(changed=len(changed), known=len(set(said) - changed))


def changes(tx: Transaction, found: Iterable[Difference]) -> list[RegisterChange]:
    """Say what is otherwise than before, for people to read."""
    found = list(found)
    names = people.named(tx, {one.identity for one in found if one.thing != "unit"})
    told = []
    for one in found:
        of_unit = one.thing == "unit"
        name = one.after.get("name", "") if of_unit else names[one.identity].full_name
        for what, before, after in _told(one):
            until = one.after.get(
                "email_rests_until" if what == "address_wanted" else "rests_until"
            )
            told.append(
                RegisterChange.model_validate(
                    {
                        "of_id": one.identity,
                        "name": name,
                        "what": what,
                        "before": before,
                        "after": after,
                        "rests_until": None if what == "right_refused" else until or None,
                    }
                )
            )
    return told


_FIELDS: Final[dict[str, ChangeKind]] = {
    "full_name": "name",
    "unit": "unit",
    "position": "position",
    "email": "address",
}


def _told(one: Difference) -> list[tuple[ChangeKind, str, str]]:
    if one.thing == "unit":
        return [("unit_changed" if one.before else "unit_entered", "", one.subject)]
    if one.thing == "appointment":
        if not one.before or one.before["to"] != one.after["to"]:
            has_ended = bool(one.after["to"])
            return [("role_ended" if has_ended else "role_begun", "", one.role)]
        if one.has_changed("detail"):
            return [("role_detail", one.before["detail"], one.after["detail"])]
        return [("confirmed", "", one.role)]
    if not one.before:
        return [("entered", "", one.after["email"])]
    found: list[tuple[ChangeKind, str, str]] = [
        (what, one.before[field], one.after[field])
        for field, what in _FIELDS.items()
        if one.has_changed(field)
    ]
    if one.has_changed("email_wanted") and not one.has_changed("email"):
        wanted = one.after["email_wanted"]
        dropped = one.before["email_wanted"]
        found.append(
            ("address_wanted", one.after["email"], wanted)
            if one.after["email_wanted_by"]
            else ("address_refused", dropped, one.after["email"])
        )
    if one.has_changed("rests_until") and one.is_refused:
        found.append(("right_refused", "", ""))
    if not found and one.has_changed("links_since"):
        found.append(("links_revoked", "", ""))
    return found or [("confirmed", "", "")]


# --- One person ----------------------------------------------------------------------------------


def appoint(tx: Transaction, command: AppointPerson) -> list[RegisterChange]:
    """Appoint a person to a role from a day on.

    Raises:
        PersonNotFound, RoleNotKnown: The words are not known here.
        AppointmentHeld: They hold the role already.
    """
    held = _roles(tx, command.of_id, command.role)
    if command.role in held:
        raise AppointmentHeld(command.of_id, command.role)
    saved = enrolment.appoint(
        tx, command.of_id, command.role, command.detail, command.since or today(tx)
    )
    return changes(tx, saved.differences)


def end(tx: Transaction, command: EndAppointment) -> list[RegisterChange]:
    """End an appointment; its last day is the one before `since`, without one yesterday.

    Raises:
        PersonNotFound, RoleNotKnown: The words are not known here.
        AppointmentNotFound: They do not hold the role.
    """
    held = _roles(tx, command.of_id, command.role)
    if command.role not in held:
        raise AppointmentNotFound(command.of_id, command.role, sorted(held))
    last = date.fromordinal((command.since or today(tx)).toordinal() - 1)
    with log.noting(tx, people=[command.of_id]) as noted:
        enrolment.end(tx, command.of_id, command.role, last)
    return changes(tx, noted.differences)


def _roles(tx: Transaction, person_id: str, role: str) -> set[str]:
    if role not in set(Role):
        raise RoleNotKnown(role, [one.value for one in Role])
    if not people.named(tx, [person_id]):
        raise PersonNotFound(person_id)
    return enrolment.held_by(tx, person_id)


# --- Rests, confirmed, refused -------------------------------------------------------------------


def found_resting(tx: Transaction) -> list[Resting]:
    """Return what rests and concerns a signature, by person.

    A coordinator's role is among it: who confirms must have held it for longer.
    """
    law = signers.of(tx)
    counted = law.roles | {Role.COORDINATOR.value}
    found = []
    for one in resting.find(tx):
        roles = {role: how for role, how in one.roles.items() if role in counted}
        if one.person_id in law.people and "" in one.roles:
            roles[""] = one.roles[""]
        if roles or one.email_wanted is not None:
            found.append(one._replace(roles=roles))
    return found


def listed(tx: Transaction) -> list[RestingView]:
    """List what rests and concerns a signature."""
    return [
        RestingView(
            person_id=one.person_id,
            name=one.name,
            roles=tuple(sorted(one.roles)),
            address=one.email,
            address_wanted=one.email_wanted or "",
            made_by=", ".join(sorted(one.makers)),
            rests_until=one.until,
        )
        for one in found_resting(tx)
    ]


def confirm(tx: Transaction, command: ConfirmPerson) -> list[RegisterChange]:
    """Let what rests of a person count at once, as its second person.

    Raises:
        SecondPersonMissing: Who confirms made it, gains by it, or has no role of longer standing.
        NothingResting: Nothing of this person rests.
        RestingChanged: It is not what was looked at.
    """
    one = _looked_at(tx, command.of_id, command.seen)
    ensure_second(tx, command.person_id, one.makers | {one.person_id})
    return changes(tx, resting.confirm(tx, one, command.person_id).differences)


def ensure_second(tx: Transaction, person_id: str, concerned: Collection[str]) -> None:
    """Refuse as second person who is concerned, or holds no role of longer standing.

    Raises:
        SecondPersonMissing: They cannot confirm.
    """
    if person_id in concerned or not is_of_standing(tx, person_id):
        raise SecondPersonMissing(person_id)


def is_of_standing(tx: Transaction, person_id: str) -> bool:
    """Say whether somebody coordinates or leads by an appointment that does not rest any more."""
    day = today(tx)
    return any(
        one.id == person_id
        for role in _SECONDS
        for one in people.signing(tx, role.value, day, tx.wall)
    )


def refuse(tx: Transaction, command: RefusePerson) -> list[RegisterChange]:
    """Take back what rests of a person.

    Raises:
        NothingResting, RestingChanged: As for `confirm`.
    """
    one = _looked_at(tx, command.of_id, command.seen)
    return changes(tx, resting.refuse(tx, one).differences)


def _looked_at(tx: Transaction, person_id: str, seen: str | None) -> Resting:
    one = next((each for each in found_resting(tx) if each.person_id == person_id), None)
    if one is None:
        raise NothingResting(person_id)
    if seen is not None and seen != (one.email_wanted or ""):
        raise RestingChanged(person_id)
    return one


def settle(tx: Transaction) -> Done:
    """Put addresses in force whose time of rest is over."""
    return Done(changed=len(resting.settle(tx)))


# --- Links ---------------------------------------------------------------------------------------


def revoke_links(tx: Transaction, command: RevokeLinks) -> Done:
    """Make every link void that mails to a person have carried; the next mail has a new one.

    Raises:
        PersonNotFound: Nobody has this id.
    """
    if not people.named(tx, [command.of_id]):
        raise PersonNotFound(command.of_id)
    changed = resting.revoke_links(tx, [command.of_id])
    return Done(changed=changed, known=1 - changed)


def is_due(tx: Transaction) -> bool:
    """Say whether an address has rested long enough and is not in force yet."""
    return any(
        one.email_rests_until is not None and one.email_rests_until <= tx.wall
        for one in resting.find(tx)
        if one.email_wanted is not None
    )
