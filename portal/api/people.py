"""`/people/…` and `/registers/…`: appoint, end, confirm, refuse; the log of the registers."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from campaigns import registers
from campaigns.services.registers import audit, enrolment
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, carry_out
from portal.api.caller import LOOK, AnyCaller, Caller, Coordinator, Reader
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.bounds import Day
from schemas.commands.registers import AppointPerson, ConfirmPerson, EndAppointment, RefusePerson
from schemas.commands.signing import RevokeLinks
from schemas.registers import RegisterChange, RestingView
from schemas.views.audit import AuditResult
from schemas.vocabulary import Role

router = APIRouter(prefix=API, tags=["registers and imports"])
PersonId = Annotated[str, Path(alias="person", max_length=80, examples=["P003"])]


class Appointment(Act):
    """A role from a day on."""

    role: str = Field(max_length=40, examples=["leader"])
    since: Day | None = Field(default=None, description="Without it today.")
    detail: str = Field(default="", max_length=400)


class Ending(Act):
    """The end of a role."""

    since: Day | None = Field(default=None, description="First day without it; without it today.")


class LookedAt(Act):
    """What rests, as it was looked at."""

    address_wanted: str = Field(
        max_length=320, description="As `/people/changes` lists it; empty where no address rests."
    )


class RegisterEvent(BaseModel):
    """One event of the registers' log."""

    number: int
    name: str
    subject: str
    actor: str
    occurred_at: datetime
    before: dict[str, str]
    after: dict[str, str]
    hash: str


@router.get("/people/changes", summary="What rests before it counts")
def list_changes(caller: Reader) -> Page[RestingView]:
    """List new rights to sign, and new addresses of signers; for coordinators and leaders."""
    caller.ensure(None, LOOK, Role.COORDINATOR, Role.LEADER)
    return Page(items=caller.read(None, enrolment.listed))


@router.post("/people/{person}/appointments", summary="Appoint to a role", status_code=201)
def appoint(
    caller: Coordinator, person: PersonId, body: Appointment, key: IdempotencyKey = None
) -> Acted:
    """Appoint somebody; a right to sign rests, unless it is confirmed. A coordinator's act."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = AppointPerson(
            command_id=identity,
            of_id=person,
            role=body.role,
            since=body.since,
            detail=body.detail,
            person_id=caller.person_id,
        )
        return _acted(enrolment.appoint(tx, command))

    return _told(caller, carry_out(caller, None, f"appoint {person}", body, key, service))


@router.post("/people/{person}/appointments/{role}/end", summary="End a role")
def end(
    caller: Coordinator,
    person: PersonId,
    role: Annotated[str, Path(max_length=40, examples=["leader"])],
    body: Ending,
    key: IdempotencyKey = None,
) -> Acted:
    """End somebody's role; a coordinator's act."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = EndAppointment(
            command_id=identity,
            of_id=person,
            role=role,
            since=body.since,
            person_id=caller.person_id,
        )
        return _acted(enrolment.end(tx, command))

    return _told(caller, carry_out(caller, None, f"end {person} {role}", body, key, service))


@router.post("/people/{person}/confirm", summary="Confirm what rests, as second person")
def confirm(
    caller: AnyCaller, person: PersonId, body: LookedAt, key: IdempotencyKey = None
) -> Acted:
    """Let it count at once; by a coordinator or leader who neither made it nor gains by it."""
    caller.ensure_scope("coordinate", "approve")

    def service(tx: Transaction, identity: str) -> Acted:
        command = ConfirmPerson(
            command_id=identity,
            of_id=person,
            seen=body.address_wanted,
            person_id=caller.person_id,
        )
        return _acted(enrolment.confirm(tx, command))

    return _told(caller, carry_out(caller, None, f"confirm {person}", body, key, service))


@router.post("/people/{person}/refuse", summary="Take back what rests")
def refuse(
    caller: AnyCaller, person: PersonId, body: LookedAt, key: IdempotencyKey = None
) -> Acted:
    """Take it back: the address stays, new roles end; by the person, a coordinator or a leader."""
    caller.ensure_scope("coordinate", "approve")

    def service(tx: Transaction, identity: str) -> Acted:
        command = RefusePerson(
            command_id=identity,
            of_id=person,
            seen=body.address_wanted,
            person_id=caller.person_id,
        )
        return _acted(enrolment.refuse(tx, command))

    return _told(caller, carry_out(caller, None, f"refuse {person}", body, key, service))


@router.post("/people/{person}/links/revoke", summary="Make the links in mails void")
def revoke_links(
    caller: AnyCaller, person: PersonId, body: Act, key: IdempotencyKey = None
) -> Acted:
    """Void every link that mails to this person have carried; by the person or a coordinator."""
    caller.ensure_scope("coordinate", "approve")

    def service(tx: Transaction, identity: str) -> Acted:
        command = RevokeLinks(command_id=identity, of_id=person, person_id=caller.person_id)
        return Acted(changed=enrolment.revoke_links(tx, command).changed)

    return _told(caller, carry_out(caller, None, f"revoke links {person}", body, key, service))


@router.get("/registers/log", summary="What happened to the registers")
def list_log(
    caller: Coordinator, of: str | None = None, limit: Limit = 100, cursor: Cursor = None
) -> Page[RegisterEvent]:
    """List who changed what, before and after; `of`: of one person or unit. For coordinators."""
    caller.ensure(None, LOOK, Role.COORDINATOR)
    start = int(after(cursor) or 0)

    def wanted(tx: Transaction) -> list[RegisterEvent]:
        found = (one for one in audit.events(tx, of) if one.number > start)
        return [
            RegisterEvent.model_validate(
                {
                    **one._asdict(),
                    "before": one.facts.get("before"),
                    "after": one.facts.get("after"),
                }
            )
            for one in islice(found, limit + 1)
        ]

    rows = caller.read(None, wanted)
    return page(rows, limit, lambda one: str(one.number), lambda one: one)


@router.get("/registers/audit", summary="Whether the registers are as their log says")
def verify(caller: Reader) -> AuditResult:
    """Recompute the chain and compare the rows; for coordinators and leaders."""
    caller.ensure(None, LOOK, Role.COORDINATOR, Role.LEADER)
    return caller.read(None, audit.verify)


def _acted(told: list[RegisterChange]) -> Acted:
    resting = any(one.rests_until is not None for one in told)
    return Acted(changed=len(told), detail="resting" if resting else "")


def _told(caller: Caller, done: Acted) -> Acted:
    registers.tell(caller.app)
    return done
