"""What keeps somebody from changing the registers, or from signing by what has just changed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaigns.rules.approvals.errors import shown
from language.errors import CampaignError
from schemas.vocabulary import label


class RightResting(CampaignError):
    """A right to sign is so new that it does not count yet."""

    def __init__(self, person: str, made_by: str, until: datetime) -> None:
        when = shown(until)
        super().__init__(
            f"{person} may not sign yet: the right was entered by {made_by} and rests until "
            f"{when}. A second person can confirm it before: `thidua person confirm {person} "
            "--as ID`.",
            f"{person} chưa được ký: quyền ký do {made_by} ghi và còn chờ đến {when}. Người thứ "
            f"hai có thể xác nhận sớm hơn: `thidua person confirm {person} --as MÃ`.",
        )


class ApprovalRulesResting(CampaignError):
    """The rules of a stage's approval were just changed by one person."""

    def __init__(self, made_by: str, until: datetime) -> None:
        when = shown(until)
        super().__init__(
            f"The rules of this approval were changed by {made_by} and rest until {when}; nobody "
            "signs by them before. A second person can confirm them: `thidua campaign confirm "
            "--as ID`.",
            f"Quy tắc phê duyệt này do {made_by} sửa đổi và còn chờ đến {when}; trước đó chưa ai "
            "ký được theo quy tắc mới. Người thứ hai có thể xác nhận: `thidua campaign confirm "
            "--as MÃ`.",
        )


class SecondPersonMissing(CampaignError):
    """Whoever confirms must be somebody else than who made the change and whom it serves."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} cannot confirm this: it takes a coordinator or a leader of longer standing "
            "who neither made the change nor gains by it. Without one it counts when its time of "
            "rest is over.",
            f"{person} không xác nhận được việc này: cần một cán bộ điều phối hoặc lãnh đạo đã có "
            "vai trò từ trước, không phải người ghi thay đổi và không phải người được hưởng. Nếu "
            "không có, thay đổi có hiệu lực khi hết thời gian chờ.",
        )


class NothingResting(CampaignError):
    """There is nothing to confirm or to refuse."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Nothing of {what} waits for a confirmation; nothing was changed. `thidua person "
            "changes` lists what does.",
            f"Không có thay đổi nào của {what} đang chờ xác nhận; không thay đổi gì. Xem bằng "
            "`thidua person changes`.",
        )


class RestingChanged(CampaignError):
    """Something else waits than was looked at."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"What waits for {person} is not what you looked at; nothing was changed. Look again.",
            f"Thay đổi đang chờ của {person} không còn như lúc bạn xem; không thay đổi gì. Hãy "
            "xem lại.",
        )


class AppointmentHeld(CampaignError):
    """The person holds this role already."""

    def __init__(self, person: str, role: str) -> None:
        super().__init__(
            f"{person} holds the role {role} already; nothing was changed.",
            f"{person} đã có vai trò {label(role, 'vi').lower()}; không thay đổi gì.",
        )


class AppointmentNotFound(CampaignError):
    """The person does not hold this role."""

    def __init__(self, person: str, role: str, held: Sequence[str]) -> None:
        have = ", ".join(held) or "-"
        have_vi = ", ".join(label(one, "vi").lower() for one in held) or "-"
        super().__init__(
            f"{person} does not hold the role {role}, but: {have}. Nothing was changed.",
            f"{person} không có vai trò {label(role, 'vi').lower()}, chỉ có: {have_vi}. Không "
            "thay đổi gì.",
        )


class RoleNotKnown(CampaignError):
    """A word names no role."""

    def __init__(self, role: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"There is no role {role!r}; roles: {listed}.",
            f"Không có vai trò {role!r}; các vai trò: {listed}.",
        )


class LinkVoid(CampaignError):
    """A link went to an address that is not the person's any more, or links were revoked."""

    def __init__(self) -> None:
        super().__init__(
            "This link is void: the address it was sent to has changed, or links were revoked. "
            "The newest mail to your present address has a good one; ask the coordinating unit "
            "where there is none.",
            "Liên kết này không còn hiệu lực: địa chỉ nhận thư đã thay đổi hoặc liên kết đã bị thu "
            "hồi. Thư mới nhất gửi đến địa chỉ hiện nay có liên kết dùng được; nếu không thấy, hãy "
            "hỏi đơn vị điều phối.",
        )
