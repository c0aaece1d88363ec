"""What does the command line say about deadlines and calendars?"""

from __future__ import annotations

from typing import Final

from cli.phrase import Phrase

TIME_WANTED = Phrase(
    "hãy ghi giờ địa phương của phong trào, như 2023-09-20T17:00, không có múi giờ",
    "give local time of the campaign, such as 2023-09-20T17:00, without an offset",
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
