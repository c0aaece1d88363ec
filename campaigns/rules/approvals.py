"""Who may approve a stage, and is it approved?

A stage takes the signatures its `ApprovalPolicy` asks. The person who launched the campaign may
sign, but never alone (constructed: four eyes).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from campaigns.rules.errors import ApprovalNotAllowed, PersonNotAppointed, ReasonMissing
from schemas.playbook import ApprovalPolicy
from schemas.playbook_values import Label
from schemas.vocabulary import Role, Stage, label

_FOUR_EYES: Final = 2


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's approval of a stage."""

    person_id: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalStatus:
    """How far the approval of a stage has come."""

    have: int
    """People who signed."""
    need: int
    """People who must sign, given who has signed."""
    granted: bool
    waiting_for: tuple[Role, ...]
    """Roles any of which may give a missing signature; empty once granted."""


def status(
    policy: ApprovalPolicy, signatures: Sequence[Signature], launcher_id: str | None
) -> ApprovalStatus:
    """Say whether the signatures suffice.

    The launcher's own counts like any other, but where the launcher is among the signers at least
    one other person must be, even if the policy asks for one signature only. A person counts
    once.
    """
    signers = {signature.person_id for signature in signatures}
    need = max(policy.required, _FOUR_EYES) if launcher_id in signers else policy.required
    granted = len(signers) >= need
    return ApprovalStatus(len(signers), need, granted, () if granted else policy.roles)


def ensure_may_approve(
    person_id: str,
    roles_held: Collection[Role],
    policy: ApprovalPolicy,
    signatures: Sequence[Signature],
    launcher_id: str | None,
    stage: Stage,
) -> None:
    """Refuse a signature that the policy does not allow.

    Raises `PersonNotAppointed` where the person holds none of the policy's roles, and
    `ApprovalNotAllowed`, which says who signed and when, where the person has signed already or
    the approval is complete. Times are shown in the zone the signatures carry.
    """
    if not set(policy.roles) & set(roles_held):
        act = Label(en=f"approve the stage {stage}", vi=f"phê duyệt giai đoạn {label(stage, 'vi')}")
        raise PersonNotAppointed(person_id, act, policy.roles)
    for signature in signatures:
        if signature.person_id == person_id:
            msg = (
                f"{person_id} approved the stage {stage} on {_show(signature.decided_at)} already; "
                "nothing was changed. What is missing must come from another person."
            )
            said = (
                f"{person_id} đã phê duyệt giai đoạn {label(stage, 'vi')} ngày "
                f"{_show(signature.decided_at)}; không thay đổi gì. Chữ ký còn thiếu phải của "
                "người khác."
            )
            raise ApprovalNotAllowed(msg, said)
    if status(policy, signatures, launcher_id).granted:
        signed = ", ".join(f"{each.person_id} on {_show(each.decided_at)}" for each in signatures)
        msg = (
            f"The stage {stage} is approved already, by {signed}; nothing was changed and "
            "nothing more is needed."
        )
        said = f"Giai đoạn {label(stage, 'vi')} đã được phê duyệt ({signed}); không thay đổi gì."
        raise ApprovalNotAllowed(msg, said)


def ensure_reason(reason: str | None, act: str = "Returning a stage") -> None:
    """Refuse an act without a reason; white space is none. Raises `ReasonMissing`."""
    if reason is None or not reason.strip():
        raise ReasonMissing(act)


def _show(instant: datetime) -> str:
    return instant.strftime("%d/%m/%Y %H:%M %Z").rstrip()
