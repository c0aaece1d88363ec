"""What may go wrong when a signed decision is corrected, or a nomination taken out?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaigns.rules.errors import CampaignError


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
