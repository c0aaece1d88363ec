"""Acts on one nomination outside the usual course: withdraw it, clear its hold, revoke it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from campaigns.services.nomination import acts
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, carry_out, told
from portal.api.caller import Approver, CampaignCode, Coordinator, Nominator
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
    caller: Nominator,
    code: CampaignCode,
    nomination: NominationCode,
    body: Withdrawal,
    key: IdempotencyKey = None,
) -> Acted:
    """Withdraw a nomination of the own unit, before the council has voted on it."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = WithdrawNomination(
            command_id=identity,
            nomination_code=nomination,
            reason=body.reason,
            person_id=caller.person_id,
        )
        return told(acts.withdraw(tx, command), caller.language)

    return carry_out(caller, code, f"withdraw {nomination}", body, key, service)


@router.post("/{nomination}/clear-hold", summary="Let a nomination on hold be judged")
def clear_hold(
    caller: Coordinator,
    code: CampaignCode,
    nomination: NominationCode,
    body: Clearance,
    key: IdempotencyKey = None,
) -> Acted:
    """Say that what it was on hold for is cleared; a coordinator's act."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = ClearHold(
            command_id=identity,
            nomination_code=nomination,
            reason=body.reason,
            person_id=caller.person_id,
        )
        return told(acts.clear_hold(tx, command), caller.language)

    return carry_out(caller, code, f"clear {nomination}", body, key, service)


@router.post("/{nomination}/revoke", summary="Take a recognition back")
def revoke(
    caller: Approver,
    code: CampaignCode,
    nomination: NominationCode,
    body: Revocation,
    key: IdempotencyKey = None,
) -> Acted:
    """Revoke a recognition by a decision; the act of an approver of the recognition stage."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = RevokeRecognition(
            command_id=identity,
            nomination_code=nomination,
            reason=body.reason,
            document=body.document,
            person_id=caller.person_id,
        )
        return told(acts.revoke(tx, command), caller.language)

    return carry_out(caller, code, f"revoke {nomination}", body, key, service)
