"""`/people/…` and `/registers/…`: appoint, end, confirm, refuse; the log of the registers."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from campaigns import registers
from campaigns.rules.access.permissions import Sight
from campaigns.services.registers import audit, enrolment
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, Asking, IdempotencyKey, ask
from portal.api.caller import Caller, acting, looking
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.bounds import Day
from schemas.commands.command import Command
from schemas.commands.registers import AppointPerson, ConfirmPerson, EndAppointment, RefusePerson
from schemas.commands.signing import RevokeLinks
from schemas.outcomes import Done
from schemas.registers import RestingView
from schemas.views.audit import AuditResult

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
def list_changes(caller: Annotated[Caller, looking(Sight.RESTING)]) -> Page[RestingView]:
    """List new rights to sign, and new addresses of signers; for coordinators and leaders."""
    return Page(items=caller.read(None, enrolment.listed))


@router.post("/people/{person}/appointments", summary="Appoint to a role", status_code=201)
def appoint(
    caller: Annotated[Caller, acting(AppointPerson)],
    person: PersonId,
    body: Appointment,
    key: IdempotencyKey = None,
) -> Acted:
    """Appoint somebody; a right to sign rests, unless it is confirmed. A coordinator's act."""
    asking = ask(caller, None, body, key, f"appoint {person}")
    command = AppointPerson(
        command_id=asking.command_id,
        of_id=person,
        role=body.role,
        since=body.since,
        detail=body.detail,
        person_id=caller.person_id,
    )
    return _carried_out(asking, command)


@router.post("/people/{person}/appointments/{role}/end", summary="End a role")
def end(
    caller: Annotated[Caller, acting(EndAppointment)],
    person: PersonId,
    role: Annotated[str, Path(max_length=40, examples=["leader"])],
    body: Ending,
    key: IdempotencyKey = None,
) -> Acted:
    """End somebody's role; a coordinator's act."""
    asking = ask(caller, None, body, key, f"end {person} {role}")
    command = EndAppointment(
        command_id=asking.command_id,
        of_id=person,
        role=role,
        since=body.since,
        person_id=caller.person_id,
    )
    return _carried_out(asking, command)


@router.post("/people/{person}/confirm", summary="Confirm what rests, as second person")
def confirm(
    caller: Annotated[Caller, acting(ConfirmPerson)],
    person: PersonId,
    body: LookedAt,
    key: IdempotencyKey = None,
) -> Acted:
    """Let it count at once; by a coordinator or leader who neither made it nor gains by it."""
    asking = ask(caller, None, body, key, f"confirm {person}")
    command = ConfirmPerson(
        command_id=asking.command_id,
        of_id=person,
        seen=body.address_wanted,
        person_id=caller.person_id,
    )
    return _carried_out(asking, command)


@router.post("/people/{person}/refuse", summary="Take back what rests")
def refuse(
    caller: Annotated[Caller, acting(RefusePerson)],
    person: PersonId,
    body: LookedAt,
    key: IdempotencyKey = None,
) -> Acted:
    """Take it back: the address stays, new roles end; by the person, a coordinator or a leader."""
    asking = ask(caller, None, body, key, f"refuse {person}")
    command = RefusePerson(
        command_id=asking.command_id,
        of_id=person,
        seen=body.address_wanted,
        person_id=caller.person_id,
    )
    return _carried_out(asking, command)


@router.post("/people/{person}/links/revoke", summary="Make the links in mails void")
def revoke_links(
    caller: Annotated[Caller, acting(RevokeLinks)],
    person: PersonId,
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Void every link that mails to this person have carried; by the person or a coordinator."""
    asking = ask(caller, None, body, key, f"revoke links {person}")
    command = RevokeLinks(command_id=asking.command_id, of_id=person, person_id=caller.person_id)
    return _carried_out(asking, command)


@router.get("/registers/log", summary="What happened to the registers")
def list_log(
    caller: Annotated[Caller, looking(Sight.REGISTER_LOG)],
    of: str | None = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[RegisterEvent]:
    """List who changed what, before and after; `of`: of one person or unit. For coordinators."""
    caller.ensure_may(None)
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
def verify(caller: Annotated[Caller, looking(Sight.REGISTER_AUDIT)]) -> AuditResult:
    """Recompute the chain and compare the rows; for coordinators and leaders."""
    return caller.read(None, audit.verify)


def _carried_out(asking: Asking, command: Command) -> Acted:
    """Carry an act on the registers out, and tell whom it concerns."""
    done = asking.carry_out_for(Done, command)
    registers.tell(asking.caller.app)
    return asking.acted(Acted(changed=done.changed, detail=done.detail), done)
