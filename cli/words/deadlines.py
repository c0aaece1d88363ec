"""What does the command line say about deadlines and calendars?"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

TIME_WANTED = Phrase(
    "hãy ghi ngày và giờ, như 20/9/2023 17:00 hoặc 2023-09-20T17:00; không ghi múi giờ thì là giờ "
    "địa phương của phong trào",
    "give day and time, such as 20/9/2023 17:00 or 2023-09-20T17:00; without a zone it is local "
    "time of the campaign",
)
DAY_WANTED = Phrase(
    "hãy ghi một ngày, không kèm giờ, như 1/10/2026 hoặc 2026-10-01",
    "give a day without a time, such as 1/10/2026 or 2026-10-01",
)
NO_SUCH_TIME = Phrase(
    '"{value}" không có trong lịch (ngày ghi trước tháng, giờ đến 23:59)',
    '"{value}" is not in the calendar (day before month, hours up to 23:59)',
)
EXTENDED = Phrase(
    "Đã gia hạn giai đoạn {stage} đến {until} ({zone}) cho mọi đơn vị; đã báo {told} nơi nhận.",
    "Stage {stage} is extended to {until} ({zone}) for all; {told} told.",
)
EXTENDED_UNIT = Phrase(
    "Đã gia hạn giai đoạn {stage} đến {until} ({zone}) riêng cho {unit}; đã báo {told} nơi nhận.",
    "Stage {stage} is extended to {until} ({zone}) for {unit} alone; {told} told.",
)
EXTENDED_APPROVAL = Phrase(
    "Đã gia hạn phê duyệt giai đoạn {stage} đến {until} ({zone}); đã báo {told} nơi nhận.",
    "The approval of stage {stage} is extended to {until} ({zone}); {told} told.",
)
NOT_LAUNCHED = Phrase(
    "Phong trào chưa phát động nên chưa có thời hạn.",
    "The campaign is not launched: there are no deadlines yet.",
)
ZONE_LINE = Phrase("Giờ ghi theo {zone}.", "Times are in {zone}.")
NEXT_REMINDER = Phrase("Lần nhắc tiếp theo: {at}.", "The next reminder: {at}.")
NO_REMINDER = Phrase("Hiện không có việc nào chờ nhắc.", "Nothing is to be reminded of now.")

FEED_MADE = Phrase(
    "Lịch số {number} của {person}. Địa chỉ này chỉ hiện một lần; ai biết địa chỉ đều đọc được "
    "lịch:",
    "Calendar {number} of {person}. The address is shown this once; whoever knows it reads the "
    "calendar:",
)
FEED_REVOKED = Phrase("Đã thu hồi lịch số {number}.", "Calendar {number} is revoked.")
NO_FEED = Phrase("{person} chưa có lịch nào.", "{person} has no calendar.")

MATTER = Phrase("Việc", "Matter")
UNIT = Phrase("Đơn vị", "Unit")
DEADLINE = Phrase("Thời hạn", "Deadline")
MOVED = Phrase("Gia hạn", "Extended")
FORMER = Phrase("Hạn cũ", "Before")
REASON = Phrase("Lý do", "Reason")
BY = Phrase("Người cho phép", "By")
MADE = Phrase("Tạo lúc", "Made")
REVOKED = Phrase("Thu hồi lúc", "Revoked")
ALL_UNITS = Phrase("mọi đơn vị", "all")
MATTERS: Final = {
    "work": Phrase("thực hiện", "work"),
    "approval": Phrase("phê duyệt", "approval"),
}
