"""What may be wrong with a clock, and what to do then?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from campaigns.rules.engine.capacity import ComeAgain
from language.errors import CampaignError

_SOON: Final = 10
"""Seconds: by then all clocks of a machine that was set show the same."""
_DAY: Final = 86_400


class ClockAhead(ComeAgain):
    """The time that would be written is far ahead of what every other clock shows."""

    def __init__(self, now: datetime, lead: timedelta, *, is_database: bool) -> None:
        self.now, self.lead = now, lead
        whose = (
            ("The clock of the database's server", "Đồng hồ của máy chủ cơ sở dữ liệu")
            if is_database
            else ("The clock of this process", "Đồng hồ của tiến trình này")
        )
        en, vi = _length(lead)
        super().__init__(
            f"{whose[0]} shows {_said(now)}, {en} ahead of all other clocks of this installation; "
            "nothing was stored. Have the time synchronised (NTP) and try again; `thidua clock "
            "show` compares the clocks.",
            f"{whose[1]} chỉ {_said(now)}, nhanh hơn {vi} so với mọi đồng hồ khác của hệ thống; "
            "chưa lưu gì. Hãy bật đồng bộ giờ (NTP) rồi thử lại; `thidua clock show` so sánh các "
            "đồng hồ.",
            _SOON,
        )


class LogAhead(CampaignError):
    """The last event of a log lies far ahead of now: it cannot go on before that is repaired."""

    def __init__(self, of: str, last: datetime, now: datetime) -> None:
        self.of, self.last, self.now = of, last, now
        en, vi = _length(last - now)
        super().__init__(
            f"The last event of {of} is dated {_said(last)}, {en} ahead of now ({_said(now)}); "
            "nothing was stored. If the clock is right now, have it recorded by `thidua clock "
            "repair`; if it is not, have the time synchronised (NTP).",
            f"Sự kiện cuối của {of} ghi lúc {_said(last)}, sau hiện tại ({_said(now)}) {vi}; chưa "
            "lưu gì. Nếu đồng hồ nay đã đúng, hãy ghi nhận bằng `thidua clock repair`; nếu chưa "
            "đúng, hãy bật đồng bộ giờ (NTP).",
        )


class NothingAhead(CampaignError):
    """A repair was asked for, and nothing is dated ahead of now."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing is dated ahead of now: there is nothing to repair. `thidua clock show` "
            "compares the clocks.",
            "Không có gì ghi trước thời điểm hiện tại: không có gì để sửa. `thidua clock show` so "
            "sánh các đồng hồ.",
        )


def _said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _length(lead: timedelta) -> tuple[str, str]:
    """Say how long it is, in English and Vietnamese, in the unit that fits."""
    seconds = round(lead.total_seconds())
    for size, en, vi in ((_DAY, "days", "ngày"), (3_600, "hours", "giờ"), (60, "minutes", "phút")):
        if seconds >= 2 * size:
            return f"{seconds // size} {en}", f"{seconds // size} {vi}"
    return f"{seconds} seconds", f"{seconds} giây"
