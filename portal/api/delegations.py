"""`/delegations` of a campaign: who signs for whom, on which days, by which letter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from campaigns.rules.access.permissions import Sight
from campaigns.services.approvals import delegations
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Page
from schemas.bounds import Day, Number
from schemas.commands.approvals import ConfirmDelegation, RecordDelegation, RevokeDelegation
from schemas.outcomes import Done
from schemas.views.approvals import DelegationView
from schemas.vocabulary import Stage

router = APIRouter(prefix=API + "/campaigns/{code}/delegations", tags=["delegations"])


class NewDelegation(Act):
    """A substitute for some days."""

    principal_id: str | None = Field(
        default=None, max_length=80, description="Whose signature; without it your own."
    )
    substitute_id: str = Field(max_length=80, examples=["P004"])
    first_on: Day
    last_on: Day = Field(description="Included.")
    letter: str = Field(min_length=1, max_length=200, examples=["15-GUQ/BDV"])
    stage: Stage | None = None


@router.get("", summary="List delegations")
def list_delegations(
    caller: Annotated[Caller, looking(Sight.DELEGATIONS)], code: CampaignCode
) -> Page[DelegationView]:
    """List who signs for whom; for coordinators and leaders."""
    return Page(items=caller.read(code, delegations.listed))


@router.post("", summary="Let a substitute sign", status_code=201)
def record(
    caller: Annotated[Caller, acting(RecordDelegation)],
    code: CampaignCode,
    body: NewDelegation,
    key: IdempotencyKey = None,
) -> Acted:
    """Record a delegation; the principal's act, or a coordinator's. `detail` is its number."""
    asking = ask(caller, code, body, key, "delegate")
    command = RecordDelegation(
        command_id=asking.command_id,
        principal_id=body.principal_id or caller.person_id,
        substitute_id=body.substitute_id,
        first_on=body.first_on,
        last_on=body.last_on,
        letter=body.letter,
        stage=body.stage,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)


@router.post("/{number}/revoke", summary="End a delegation now")
def revoke(
    caller: Annotated[Caller, acting(RevokeDelegation)],
    code: CampaignCode,
    number: Annotated[Number, Path()],
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Revoke a delegation; what the substitute has signed stays signed."""
    asking = ask(caller, code, body, key, f"revoke delegation {number}")
    command = RevokeDelegation(
        command_id=asking.command_id, delegation_id=number, person_id=caller.person_id
    )
    return asking.carry_out(command)


@router.post("/{number}/confirm", summary="Let a delegation count at once")
def confirm(
    caller: Annotated[Caller, acting(ConfirmDelegation)],
    code: CampaignCode,
    number: Annotated[Number, Path()],
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Confirm what another recorded: the principal, or a second coordinator or leader."""
    asking = ask(caller, code, body, key, f"confirm delegation {number}")
    command = ConfirmDelegation(
        command_id=asking.command_id, delegation_id=number, person_id=caller.person_id
    )
    done = asking.carry_out_for(Done, command)
    return asking.acted(Acted(changed=done.changed), done)
