"""Acts on one nomination outside the usual course: withdraw it, clear its hold, revoke it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting
from portal.api.nominations import NominationCode
from schemas.commands.nomination import ClearHold, WithdrawNomination
from schemas.commands.recognition import RevokeRecognition

router = APIRouter(prefix=API + "/campaigns/{code}/nominations", tags=["nominations"])


class Withdrawal(Act):
    """A nomination is taken back."""

    reason: str = Field(min_length=1, max_length=4_000, examples=["Chủ mô hình chuyển công tác"])


class Clearance(Act):
    """What a nomination was on hold for is cleared."""

    reason: str = Field(min_length=1, max_length=4_000, examples=["Kết luận số 15/KL-TTr"])


class Revocation(Act):
    """A recognition is taken back."""

    reason: str = Field(min_length=1, max_length=4_000, examples=["Số liệu không đúng thực tế"])
    document: str = Field(
        min_length=1,
        max_length=200,
        description="Number of the decision that revokes it.",
        examples=["07-QĐ/BDVTU"],
    )


@router.post("/{nomination}/withdraw", summary="Take a nomination back")
def withdraw(
    caller: Annotated[Caller, acting(WithdrawNomination)],
    code: CampaignCode,
    nomination: NominationCode,
    body: Withdrawal,
    key: IdempotencyKey = None,
) -> Acted:
    """Withdraw a nomination of the own unit, before the council has voted on it."""
    asking = ask(caller, code, body, key, f"withdraw {nomination}")
    command = WithdrawNomination(
        command_id=asking.command_id,
        nomination_code=nomination,
        reason=body.reason,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)


@router.post("/{nomination}/clear-hold", summary="Let a nomination on hold be judged")
def clear_hold(
    caller: Annotated[Caller, acting(ClearHold)],
    code: CampaignCode,
    nomination: NominationCode,
    body: Clearance,
    key: IdempotencyKey = None,
) -> Acted:
    """Say that what it was on hold for is cleared; a coordinator's act."""
    asking = ask(caller, code, body, key, f"clear {nomination}")
    command = ClearHold(
        command_id=asking.command_id,
        nomination_code=nomination,
        reason=body.reason,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)


@router.post("/{nomination}/revoke", summary="Take a recognition back")
def revoke(
    caller: Annotated[Caller, acting(RevokeRecognition)],
    code: CampaignCode,
    nomination: NominationCode,
    body: Revocation,
    key: IdempotencyKey = None,
) -> Acted:
    """Revoke a recognition by a decision; the act of an approver of the recognition stage."""
    asking = ask(caller, code, body, key, f"revoke {nomination}")
    command = RevokeRecognition(
        command_id=asking.command_id,
        nomination_code=nomination,
        reason=body.reason,
        document=body.document,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)
