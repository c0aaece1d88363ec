"""Is everything there that a campaign needs before it is launched?

Every rule here is constructed: a campaign that starts without council, approvers or reviewers
stops weeks later, when nothing can be mended in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from schemas.playbook import Playbook
from schemas.playbook_values import Label
from schemas.vocabulary import STAGES, Stage, label


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """Who and what is there on the day of the launch."""

    units: int
    """Units that would be told of the campaign."""
    coordinators: int
    approvers_by_stage: Mapping[Stage, int]
    """People who hold one of the roles of the stage's approval policy."""
    council_members: int
    reviewers: int
    unit_ids: Collection[str]
    """Ids of the units known and valid on the day."""


def missing_for_launch(playbook: Playbook, facts: LaunchFacts) -> tuple[Label, ...]:
    """Return every reason why the campaign cannot be launched, all at once; none: it can.

    Each says what is missing and what mends it; `LaunchNotAllowed` joins them to one message.
    """
    return (
        *_missing_units(playbook, facts),
        *_missing_people(playbook, facts),
        *_missing_approvers(playbook, facts),
    )


def _missing_units(playbook: Playbook, facts: LaunchFacts) -> Iterator[Label]:
    if facts.units < 1:
        yield Label(
            en="no unit to announce it to (import units, or widen messages.announce_to_kinds)",
            vi="chưa có đơn vị để thông báo (nhập đơn vị, hoặc mở rộng messages.announce_to_kinds)",
        )
    for where, unit_id in (
        ("coordinator_unit", playbook.coordinator_unit),
        ("decision.issuer_unit", playbook.decision.issuer_unit),
    ):
        if unit_id not in facts.unit_ids:
            yield Label(
                en=f"unit {unit_id} of {where} is unknown (import units or correct the playbook)",
                vi=f"không có đơn vị {unit_id} nêu ở {where} (nhập đơn vị hoặc sửa kịch bản)",
            )


def _missing_people(playbook: Playbook, facts: LaunchFacts) -> Iterator[Label]:
    if facts.coordinators < 1:
        yield Label(
            en="no coordinator is appointed (import people)",
            vi="chưa có điều phối viên (nhập danh sách người)",
        )
    if facts.council_members < 1:
        yield Label(
            en="no council member is appointed (import people)",
            vi="chưa có thành viên hội đồng (nhập danh sách người)",
        )
    if playbook.rubric is not None:
        wanted = playbook.rubric.reviews_per_nomination
        if facts.reviewers < wanted:
            yield Label(
                en=f"the rubric wants {wanted} reviews of each nomination and {facts.reviewers} "
                "reviewers are appointed (import people)",
                vi=f"mỗi hồ sơ cần {wanted} phiếu chấm mà mới có {facts.reviewers} người thẩm định "
                "(nhập danh sách người)",
            )


def _missing_approvers(playbook: Playbook, facts: LaunchFacts) -> Iterator[Label]:
    for stage in STAGES:
        if playbook.calendar.of(stage) is None:
            continue
        policy = playbook.approvals.of(stage)
        have = facts.approvers_by_stage.get(stage, 0)
        if have < policy.required:
            roles = ", ".join(label(role, "vi").lower() for role in policy.roles)
            yield Label(
                en=f"stage {stage} takes {policy.required} approvals by "
                f"{' or '.join(policy.roles)} and {have} people can give one (import people)",
                vi=f"giai đoạn {label(stage, 'vi')} cần {policy.required} người phê duyệt "
                f"({roles}) mà mới có {have} (nhập danh sách người)",
            )
