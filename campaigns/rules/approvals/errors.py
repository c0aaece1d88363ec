"""What keeps somebody from signing, abstaining or delegating, and what is to be done then?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.right import ApprovalStatus, Signature, StepStatus
from language import Text, _
from language.errors import CampaignError
from schemas.vocabulary import Stage, Word, label


def shown(instant: datetime) -> str:
    """Write an instant as people read it, in the zone it carries."""
    return instant.strftime("%d/%m/%Y %H:%M %Z").rstrip()


def _who(one: Signature, language: str) -> str:
    if not one.principal_id:
        return one.person_id
    if language == "vi":
        return f"{one.person_id} (thay mặt {one.principal_id} theo {one.letter})"
    return f"{one.person_id} (on behalf of {one.principal_id}, letter {one.letter})"


class SignerNotAppointed(PersonNotAppointed):
    """The person may sign no step of the stage today."""

    def __init__(self, person_id: str, stage: Stage, steps: Sequence[StepStatus]) -> None:
        self.roles = tuple(dict.fromkeys(role for step in steps for role in step.roles))
        people = tuple(dict.fromkeys(one for step in steps for one in step.people))
        act = _("approve the stage {stage}", stage=Word(stage))
        super().__init__(person_id, act, self.roles)
        if not people:
            return
        named = ", ".join(people)
        roles_vi = ", ".join(label(role, "vi").lower() for role in self.roles)
        wanted = f"the role {' or '.join(self.roles)}, or to be one of {named}"
        wanted_vi = f"vai trò {roles_vi}, hoặc là {named}" if self.roles else named
        english = (
            f"{person_id} may not approve the stage {stage}: today it takes {wanted}."
            if self.roles
            else f"{person_id} may not approve the stage {stage}: that is for {named}."
        )
        self.args = (english,)
        self.vietnamese = (
            f"{person_id} không được phê duyệt giai đoạn {label(stage, 'vi')}: hôm nay việc này "
            f"{'cần' if self.roles else 'dành cho'} {wanted_vi}."
        )


def signed_before(given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """They have signed already."""
    when = shown(given.decided_at)
    return ApprovalNotAllowed(
        f"{given.person_id} approved the stage {stage} on {when} already; nothing was changed. "
        "What is missing must come from another person.",
        f"{given.person_id} đã phê duyệt giai đoạn {label(stage, 'vi')} ngày {when}; không thay "
        "đổi gì. Chữ ký còn thiếu phải của người khác.",
    )


def signed_on_behalf(person_id: str, given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """Principal and substitute sign once between them, and one of them has."""
    when = shown(given.decided_at)
    return ApprovalNotAllowed(
        f"{_who(given, 'en')} approved the stage {stage} on {when} already; that signature stands "
        f"for {person_id} as well and nothing was changed.",
        f"{_who(given, 'vi')} đã phê duyệt giai đoạn {label(stage, 'vi')} ngày {when}; chữ ký đó "
        f"tính chung cho {person_id}, không thay đổi gì.",
    )


def complete_before(signatures: Sequence[Signature], stage: Stage) -> ApprovalNotAllowed:
    """All signatures are there."""
    en = ", ".join(f"{_who(one, 'en')} on {shown(one.decided_at)}" for one in signatures)
    vi = ", ".join(f"{_who(one, 'vi')} ngày {shown(one.decided_at)}" for one in signatures)
    return ApprovalNotAllowed(
        f"The stage {stage} is approved already, by {en}; nothing was changed and nothing more is "
        "needed.",
        f"Giai đoạn {label(stage, 'vi')} đã được phê duyệt ({vi}); không thay đổi gì.",
    )


def approved_before(signatures: Sequence[Signature], stage: Stage) -> ApprovalNotAllowed:
    """The stage is approved, and has gone on."""
    en = ", ".join(f"{_who(one, 'en')} ({shown(one.decided_at)})" for one in signatures)
    vi = ", ".join(f"{_who(one, 'vi')} ({shown(one.decided_at)})" for one in signatures)
    return ApprovalNotAllowed(
        f"Stage {stage} is approved already, by {en}; nothing was changed.",
        f"Giai đoạn {label(stage, 'vi')} đã được {vi} phê duyệt; không thay đổi gì.",
    )


def returned_since(stage: Stage) -> ApprovalNotAllowed:
    """What was looked at is no longer what would be decided."""
    return ApprovalNotAllowed(
        f"The stage {stage} was returned since you looked at it; nothing was changed. It will be "
        "submitted again after its correction.",
        f"Giai đoạn {label(stage, 'vi')} đã bị trả lại sau khi ông/bà mở xem; không thay đổi gì. "
        "Sau khi hoàn thiện, giai đoạn sẽ được trình lại.",
    )


class FiguresChanged(CampaignError):
    """What is decided is not what was looked at; a signature would be under other figures."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            f"What is decided in the stage {stage} has changed since you looked at it. Nothing was "
            "decided: look at the figures as they are now, and decide then.",
            f"Nội dung, số liệu trình duyệt của giai đoạn {label(stage, 'vi')} đã thay đổi sau khi "
            "ông/bà mở xem. Chưa quyết định điều gì: xin xem lại số liệu hiện tại rồi quyết định.",
        )


def not_their_turn(
    person_id: str,
    step: int,
    now: ApprovalStatus,
    signatures: Sequence[Signature],
    stage: Stage,
) -> ApprovalNotAllowed:
    """Their step has all its signatures, or comes after one that has not."""
    given = [one for one in signatures if one.step == step]
    waits = [one for one in now.steps if one.number in now.open_steps]
    by_en = "; ".join(_whom(one, "en") for one in waits)
    by_vi = "; ".join(_whom(one, "vi") for one in waits)
    if given and step not in now.open_steps:
        en = ", ".join(f"{_who(one, 'en')} on {shown(one.decided_at)}" for one in given)
        vi = ", ".join(f"{_who(one, 'vi')} ngày {shown(one.decided_at)}" for one in given)
        return ApprovalNotAllowed(
            f"Step {step} of the approval of {stage} was signed by {en}; nothing was changed and "
            f"no signature of {person_id} is needed. Now to sign: {by_en}.",
            f"Bước {step} của giai đoạn {label(stage, 'vi')} đã đủ chữ ký ({vi}); không thay đổi "
            f"gì và không cần chữ ký của {person_id}. Đang chờ: {by_vi}.",
        )
    return ApprovalNotAllowed(
        f"It is not the turn of {person_id} to sign the stage {stage}: step {step} follows when "
        f"those before it have signed. First to sign: {by_en}.",
        f"Chưa đến lượt {person_id} ký giai đoạn {label(stage, 'vi')}: bước {step} ký sau khi các "
        f"bước trước đã đủ chữ ký. Ký trước: {by_vi}.",
    )


def _whom(step: StepStatus, language: str) -> str:
    if language == "vi":
        names = [label(role, "vi").lower() for role in step.roles] + list(step.people)
        return f"{' hoặc '.join(names)} (bước {step.number}, còn {step.missing})"
    names = [*step.roles, *step.people]
    return f"{' or '.join(names)} (step {step.number}, {step.missing} missing)"


def abstained_before(person_id: str, stage: Stage) -> ApprovalNotAllowed:
    """Who abstained for a conflict decides nothing more on the stage."""
    return ApprovalNotAllowed(
        f"{person_id} abstained from the stage {stage} for a conflict of interest and decides "
        "nothing more on it; another approver must.",
        f"{person_id} đã xin không tham gia phê duyệt giai đoạn {label(stage, 'vi')} vì có xung "
        "đột lợi ích nên không quyết định gì thêm; cần người phê duyệt khác.",
    )


def signed_and_abstains(given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """A signature is not taken back by abstaining."""
    when = shown(given.decided_at)
    return ApprovalNotAllowed(
        f"{given.person_id} approved the stage {stage} on {when}; nothing was changed. Who signed "
        "can return the stage with a reason, and abstain afterwards.",
        f"{given.person_id} đã phê duyệt giai đoạn {label(stage, 'vi')} ngày {when}; không thay "
        "đổi gì. Người đã ký có thể trả lại kèm lý do, sau đó mới xin không tham gia.",
    )


class DelegationNotAllowed(CampaignError):
    """Somebody's right to sign cannot be passed on like this."""


class DelegationNotFound(CampaignError):
    """No delegation of the campaign has this number."""

    def __init__(self, number: int, campaign_code: str) -> None:
        super().__init__(
            f"Campaign {campaign_code} has no delegation {number}; see `thidua delegation list`.",
            f"Phong trào {campaign_code} không có ủy quyền số {number}; xem "
            "`thidua delegation list`.",
        )


def days(first: date, last: date) -> str:
    """Write a span of days as people read it."""
    return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"


class LinkUnknown(CampaignError):
    """An address was altered, cut off, or never given out by this installation."""

    def __init__(self) -> None:
        super().__init__(
            "This address is not known here: it was altered or cut off. Open it from the mail "
            "again, whole; else ask the coordinators.",
            "Địa chỉ này không dùng được: đã bị sửa hoặc bị cắt bớt. Hãy mở lại trọn vẹn từ thư; "
            "nếu vẫn không được, xin liên hệ đơn vị điều phối.",
        )


class LinkExpired(CampaignError):
    """The time of an address is over."""

    def __init__(self) -> None:
        super().__init__(
            "The time of this page is over. Open the address from the newest mail again; else ask "
            "the coordinators.",
            "Trang này đã hết hạn. Hãy mở lại địa chỉ trong thư mới nhất; nếu vẫn không được, xin "
            "liên hệ đơn vị điều phối.",
        )


class ReasonTooLong(CampaignError):
    """A reason is longer than what is kept; none of it is cut off, so nothing was decided."""

    def __init__(self, limit: int, length: int | None = None) -> None:
        english = f" This one has {length}." if length else ""
        vietnamese = f" Nội dung vừa gửi có {length} ký tự." if length else ""
        super().__init__(
            f"A reason has at most {limit} characters.{english} Nothing was decided: shorten it, "
            "and send the whole text to the coordinators by mail.",
            f"Lý do dài tối đa {limit} ký tự.{vietnamese} Chưa quyết định điều gì: xin rút gọn, "
            "và gửi toàn văn cho điều phối viên bằng thư.",
        )


class ApprovalNotAllowed(CampaignError):
    """The approval breaks the stage's policy."""


class ReasonMissing(CampaignError):
    """An act that needs a reason came without one."""

    def __init__(self, act: Text) -> None:
        super().__init__(
            f"{act.say('en')} needs a reason; give it with --reason.",
            f"{act.say('vi')} thì phải nêu lý do; ghi bằng --reason.",
        )
