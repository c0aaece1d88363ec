"""`/delegations` of a campaign: who signs for whom, on which days, by which letter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from campaigns.services.approvals import delegations
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, carry_out, told
from portal.api.caller import LOOK, AnyCaller, Approver, CampaignCode, Reader
from portal.api.pages import Page
from schemas.bounds import Day, Number
from schemas.commands.approvals import ConfirmDelegation, RecordDelegation, RevokeDelegation
from schemas.views.approvals import DelegationView
from schemas.vocabulary import Role, Stage

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
def list_delegations(caller: Reader, code: CampaignCode) -> Page[DelegationView]:
    """List who signs for whom; for coordinators and leaders."""
    caller.ensure(code, LOOK, Role.COORDINATOR, Role.LEADER)
    return Page(items=caller.read(code, delegations.listed))


@router.post("", summary="Let a substitute sign", status_code=201)
def record(
    caller: Approver, code: CampaignCode, body: NewDelegation, key: IdempotencyKey = None
) -> Acted:
    """Record a delegation; the principal's act, or a coordinator's. `detail` is its number."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = RecordDelegation(
            command_id=identity,
            principal_id=body.principal_id or caller.person_id,
            substitute_id=body.substitute_id,
            first_on=body.first_on,
            last_on=body.last_on,
            letter=body.letter,
            stage=body.stage,
            person_id=caller.person_id,
        )
        done = delegations.record(tx, command)
        return told(done, caller.language)

    return carry_out(caller, code, "delegate", body, key, service)


@router.post("/{number}/revoke", summary="End a delegation now")
def revoke(
    caller: Approver,
    code: CampaignCode,
    number: Annotated[Number, Path()],
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Revoke a delegation; what the substitute has signed stays signed."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = RevokeDelegation(
            command_id=identity, delegation_id=number, person_id=caller.person_id
        )
        return told(delegations.revoke(tx, command), caller.language)

    return carry_out(caller, code, f"revoke delegation {number}", body, key, service)


@router.post("/{number}/confirm", summary="Let a delegation count at once")
def confirm(
    caller: AnyCaller,
    code: CampaignCode,
    number: Annotated[Number, Path()],
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Confirm what another recorded: the principal, or a second coordinator or leader."""
    caller.ensure_scope("approve", "coordinate")

    def service(tx: Transaction, identity: str) -> Acted:
        command = ConfirmDelegation(
            command_id=identity, delegation_id=number, person_id=caller.person_id
        )
        return Acted(changed=delegations.confirm(tx, command).changed)

    return carry_out(caller, code, f"confirm delegation {number}", body, key, service)
