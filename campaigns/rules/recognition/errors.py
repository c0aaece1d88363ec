"""What may go wrong when a signed decision is corrected, or a nomination taken out?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaigns.rules.listing import listed
from language.errors import CampaignError


class CorrectionImpossible(CampaignError):
    """Results that cannot be corrected so; every problem at once."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__(
            "The decision cannot be corrected so: "
            + "; ".join(english for english, _ in problems)
            + ". Nothing was changed.",
            "Không đính chính quyết định như vậy được: "
            + "; ".join(vietnamese for _, vietnamese in problems)
            + ". Không thay đổi gì.",
        )


class DecisionNotInForce(CampaignError):
    """There is no signed decision to correct, or a correction of it already waits."""

    def __init__(self, stage_state: str) -> None:
        super().__init__(
            "There is no decision in force that may be corrected now: the recognition stage is "
            f"{stage_state}. A decision is corrected after it was signed, while the campaign runs.",
            "Hiện không có quyết định nào có thể đính chính: giai đoạn công nhận đang ở trạng "
            f"thái {stage_state}. Quyết định được đính chính sau khi đã ký, khi phong trào còn "
            "đang tiến hành.",
        )


class HeldChanged(CampaignError):
    """Between the look at the held messages and their release, others came or some went."""

    def __init__(self, new: Sequence[int], gone: int) -> None:
        shown = ", ".join(map(str, new[:5])) + (", …" if len(new) > 5 else "")  # noqa: PLR2004
        super().__init__(
            f"The held messages are not those you saw: {len(new)} are new"
            + (f" (numbers {shown})" if new else "")
            + f", {gone} are gone. Nothing was released; look again with `thidua outbox held`.",
            f"Các thư đang giữ không còn như khi ông/bà xem: thêm {len(new)} thư mới"
            + (f" (số {shown})" if new else "")
            + f", bớt {gone} thư. Chưa gửi thư nào; hãy xem lại bằng `thidua outbox held`.",
        )


class ReleaseTooEarly(CampaignError):
    """Results would be told before the calendar releases them, and nobody said so."""

    def __init__(self, count: int, released_at: datetime) -> None:
        at = f"{released_at:%d/%m/%Y %H:%M} ({released_at.tzinfo})"
        super().__init__(
            f"{count} of these messages tell results, which the calendar releases at {at} "
            "(results_released). Nothing was released. Wait until then, amend the calendar, or say "
            "that they go early: `--early`; in the API `early`.",
            f"{count} thư trong số này báo kết quả; theo lịch, kết quả được công bố lúc {at} "
            "(results_released). Chưa gửi thư nào. Hãy chờ đến lúc đó, điều chỉnh lịch, hoặc nêu "
            "rõ là gửi sớm: `--early`; qua API: `early`.",
        )


class VoteCountImpossible(CampaignError):
    """The counts of a vote contradict one another."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}; check the attendance and the ballots against the minutes.")


class QuorumMissing(CampaignError):
    """Too few members are present; the session cannot vote."""

    def __init__(self, present: int, needed: int, members: int) -> None:
        super().__init__(
            f"{present} of {members} members are present and {needed} are needed: the session "
            "cannot vote. Wait for more members or call another session.",
            f"Có mặt {present}/{members} thành viên, cần {needed}: chưa biểu quyết được. Hãy chờ "
            "đủ hoặc triệu tập phiên khác.",
        )


class VoteContradicted(CampaignError):
    """Votes that are stored already come again otherwise."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            f"These votes say otherwise than what is stored: {listed(places, 'en')}. Nothing was "
            "changed. To correct the votes on a nomination while the council sits, give its whole "
            "roll again with a reason: `thidua import votes FILE --correct REASON --as PERSON`.",
            f"Các phiếu sau khác với phiếu đã lưu: {listed(places, 'vi')}. Không thay đổi gì. "
            "Muốn sửa khi hội đồng còn họp, hãy nộp lại đủ phiếu của cả hội đồng cho hồ sơ đó kèm "
            "lý do: `thidua import votes TỆP --correct LÝ_DO --as NGƯỜI`.",
        )


class SessionClosed(CampaignError):
    """The session is closed; what was counted in it stays."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Session {number} of the council is closed, so no more votes are taken in it. Record "
            "them in another session, or correct the whole roll of a nomination with a reason.",
            f"Phiên họp {number} của hội đồng đã kết thúc nên không nhận thêm phiếu. Hãy ghi vào "
            "phiên họp khác, hoặc sửa cả danh sách phiếu của một hồ sơ kèm lý do.",
        )


class SessionNotFound(CampaignError):
    """The campaign has no such session of its council."""

    def __init__(self, number: int, known: Sequence[int]) -> None:
        listed = ", ".join(map(str, known)) or "-"
        super().__init__(
            f"The council has no session {number}. Sessions: {listed}.",
            f"Hội đồng không có phiên họp {number}. Các phiên họp: {listed}.",
        )


class SessionNotClosable(CampaignError):
    """The last open session cannot be closed: nominations would have no vote at all."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            f"No vote at all was recorded on {listed(codes, 'en')}, and no other session is open. "
            "Record the votes on them first, or withdraw them.",
            f"Chưa có phiếu nào cho {listed(codes, 'vi')}, và không còn phiên họp nào khác. Hãy "
            "nhập phiếu cho các hồ sơ đó trước, hoặc rút hồ sơ.",
        )
