"""Is everything there that a campaign needs before it is launched?

Every rule here is constructed: a campaign that starts without council, approvers or reviewers
stops weeks later, when nothing can be mended in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaigns.rules.appraisal.panels import Able
from campaigns.rules.approvals.right import Right
from campaigns.rules.approvals.signatures import short_of, status
from schemas.playbook.approvals import ApprovalStep
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Label
from schemas.vocabulary import STAGES, Role, Stage, label


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """Who and what is there on the day of the launch."""

    units: int
    """Units that would be told of the campaign."""
    coordinators: int
    rights_by_stage: Mapping[Stage, Sequence[Right]]
    """Who may sign which step of a stage's approval, in their own right."""
    council_members: int
    reviewers: int
    unit_ids: Collection[str]
    """Ids of the units known and valid on the day."""
    able: Sequence[Able] = ()
    """How many may act, free of conflict, on what each unit may nominate."""


def missing_for_launch(playbook: Playbook, facts: LaunchFacts) -> tuple[Label, ...]:
    """Return every reason why the campaign cannot be launched, all at once; none: it can.

    Each says what is missing and what mends it; `LaunchNotAllowed` joins them to one message.
    """
    return (
        *_missing_units(playbook, facts),
        *_missing_people(playbook, facts),
        *_all_in_conflict(facts),
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


def _all_in_conflict(facts: LaunchFacts) -> Iterator[Label]:
    """Say that whoever nominates, too few may judge it; where some units can be judged, it runs."""
    for one in facts.able:
        if one.most >= one.needed or one.people < one.needed:
            continue
        if one.role is Role.REVIEWER:
            yield Label(
                en=f"each nomination takes {one.needed} reviews, and of no unit more than "
                f"{one.most} of the {one.people} reviewers are free of conflict (appoint "
                "reviewers of other units)",
                vi=f"mỗi hồ sơ cần {one.needed} phiếu chấm mà đơn vị nào cũng chỉ còn nhiều nhất "
                f"{one.most} trong {one.people} người thẩm định không xung đột lợi ích (cử người "
                "thẩm định của đơn vị khác)",
            )
        else:
            yield Label(
                en=f"a nomination passes with the yes of {one.needed}, and of no unit more than "
                f"{one.most} of the {one.people} members of the council are free of conflict "
                "(appoint members of other units)",
                vi=f"mỗi hồ sơ cần {one.needed} phiếu thuận mà đơn vị nào cũng chỉ còn nhiều nhất "
                f"{one.most} trong {one.people} thành viên hội đồng không xung đột lợi ích (cử "
                "thành viên của đơn vị khác)",
            )


def _missing_approvers(playbook: Playbook, facts: LaunchFacts) -> Iterator[Label]:
    for stage in STAGES:
        if playbook.calendar.of(stage) is None:
            continue
        policy = playbook.approvals.of(stage)
        rights = facts.rights_by_stage.get(stage, ())
        scarce = [
            _scarce(stage, number if policy.steps else None, step, have)
            for number, step in enumerate(policy.chain, start=1)
            if (have := len({one.person_id for one in rights if one.step == number}))
            < step.required
        ]
        yield from scarce
        short = short_of(status(policy, (), None), rights, ())
        if short and not scarce:
            yield Label(
                en=f"stage {stage}: the same people stand in several steps of its approval, and "
                f"each signs once: {short} more are needed (import people)",
                vi=f"giai đoạn {label(stage, 'vi')}: một số người có ở nhiều bước phê duyệt nhưng "
                f"mỗi người chỉ ký một lần: cần thêm {short} người (nhập danh sách người)",
            )


def _scarce(stage: Stage, number: int | None, step: ApprovalStep, have: int) -> Label:
    english = f", step {number}," if number else ""
    vietnamese = f", bước {number}," if number else ""
    roles = ", ".join([*(label(role, "vi").lower() for role in step.roles), *step.people])
    return Label(
        en=f"stage {stage}{english} takes {step.required} approvals by "
        f"{' or '.join([*step.roles, *step.people])} and {have} people can give one "
        "(import people)",
        vi=f"giai đoạn {label(stage, 'vi')}{vietnamese} cần {step.required} người phê duyệt "
        f"({roles}) mà mới có {have} (nhập danh sách người)",
    )
