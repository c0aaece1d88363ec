"""What may go wrong with deadlines and with calendars that follow them?"""

from __future__ import annotations

from collections.abc import Sequence

from language import Text
from language.errors import CampaignError
from schemas.vocabulary import label


class ExtensionNotAllowed(CampaignError):
    """A deadline cannot be moved to the time that was given."""

    def __init__(self, reason: Text) -> None:
        super().__init__(
            f"The deadline was not moved: {reason.say('en')}.",
            f"Chưa gia hạn: {reason.say('vi')}.",
        )


class UnitNotNominating(CampaignError):
    """A unit that does not nominate has no deadline of its own."""

    def __init__(self, unit_id: str, *, known: bool) -> None:
        problem = (
            ("does not nominate in this campaign", "không thuộc diện đề cử trong phong trào này")
            if known
            else ("is unknown", "chưa có trong danh mục")
        )
        super().__init__(
            f"Unit {unit_id} {problem[0]}; only units that may nominate get an extension.",
            f"Đơn vị {unit_id} {problem[1]}; chỉ gia hạn cho đơn vị được đề cử.",
        )


class UnitOfStageNotAllowed(CampaignError):
    """Only the nomination stage has deadlines of single units."""

    def __init__(self, stage: str) -> None:
        super().__init__(
            f"Stage {stage} has one deadline for all; leave --unit out.",
            f"Giai đoạn {label(stage, 'vi')} chỉ có một thời hạn chung; hãy bỏ --unit.",
        )


class FeedNotFound(CampaignError):
    """A calendar feed of this number is not there."""

    def __init__(self, number: int, known: Sequence[int]) -> None:
        have = ", ".join(map(str, known))
        super().__init__(
            f"There is no living calendar feed {number}; there are: {have or 'none'}.",
            f"Không có lịch {number} đang dùng; hiện có: {have or 'chưa có'}.",
        )


class FeedsTooMany(CampaignError):
    """A person has as many calendar addresses as anybody may."""

    def __init__(self, known: Sequence[int]) -> None:
        have = ", ".join(map(str, known))
        super().__init__(
            f"There are {len(known)} living calendar addresses already ({have}); end one first: "
            "`thidua feed revoke`, or DELETE /api/v1/me/feeds/NUMBER.",
            f"Đã có {len(known)} địa chỉ lịch đang dùng ({have}); hãy chấm dứt một địa chỉ trước: "
            "`thidua feed revoke`, hoặc DELETE /api/v1/me/feeds/SỐ.",
        )


class FeedOwnerNotFound(CampaignError):
    """A calendar is asked for somebody who is not there."""

    def __init__(self, person_id: str) -> None:
        super().__init__(
            f"There is no person {person_id}; import people first.",
            f"Không có người {person_id}; hãy nhập danh sách người trước.",
        )


class CalendarYearMissing(CampaignError):
    """The calendar of working days does not cover the day that was asked."""

    def __init__(self, year: int, known: str) -> None:
        super().__init__(
            f"The calendar of working days knows {known}, not {year}; correct the date, or build "
            f"the calendar with the year {year} (1901 to 2100 can be)."
        )


class CalendarDayAmbiguous(CampaignError):
    """A day was named a holiday and a working day at once."""

    def __init__(self, days: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(days)}: named both as an extra holiday and as an extra working day; "
            "keep one of the two."
        )


class DateUnreachable(CampaignError):
    """Counting months leaves the years 1 to 9999."""

    def __init__(self, day: str, months: int) -> None:
        super().__init__(f"{months} months from {day} is no date; correct the number of months.")
