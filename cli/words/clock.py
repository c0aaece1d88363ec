"""What does the command line say about clocks?"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

CLOCK = Phrase("Đồng hồ", "Clock")
SHOWS = Phrase("Chỉ", "Shows")
LEADS = Phrase("Lệch (giây)", "Ahead (s)")
DATABASE = Phrase("cơ sở dữ liệu", "the database")
PROCESS = Phrase("tiến trình này", "this process")
NOT_BELIEVED = Phrase("không được tin", "not believed")
AGREE = Phrase(
    "Các đồng hồ khớp nhau và không nhật ký nào ghi trước hiện tại.",
    "The clocks agree, and no log is dated ahead of now.",
)
APART = Phrase(
    "Đồng hồ quyết định giờ nhanh hơn mọi đồng hồ khác {seconds} giây: chưa ghi được gì. Hãy bật "
    "đồng bộ giờ (NTP).",
    "The clock that counts is {seconds} s ahead of all others: nothing is recorded. Have the time "
    "synchronised (NTP).",
)
LOG_AHEAD = Phrase(
    "{campaign}: sự kiện cuối ghi lúc {at}, sau hiện tại; {events} sự kiện, từ số {first}. Phong "
    "trào chưa ghi thêm được gì.",
    "{campaign}: the last event is dated {at}, ahead of now; {events} events, from number {first}. "
    "The campaign records nothing more.",
)
REGISTERS_AHEAD = Phrase(
    "Danh bạ: sự kiện cuối ghi lúc {at}, sau hiện tại; danh bạ chưa ghi thêm được gì.",
    "The registers: the last event is dated {at}, ahead of now; nothing more is recorded there.",
)
PEOPLE_AHEAD = Phrase(
    "Danh bạ: thời hạn chờ hoặc liên kết của {count} người tính từ một thời điểm chưa tới.",
    "The registers: rests or links of {count} people count from a time that has not come.",
)
ADVICE = Phrase(
    "Nếu đồng hồ nay đã đúng: thidua clock repair --as MÃ_NGƯỜI --reason LÝ_DO",
    "If the clock is right now: thidua clock repair --as PERSON --reason TEXT",
)
REPAIRED = Phrase(
    "{campaign}: đi tiếp từ hiện tại; {events} sự kiện ghi trước hiện tại được giữ nguyên.",
    "{campaign}: goes on from the present; {events} events dated ahead stay as they are.",
)
REPAIRED_REGISTERS = Phrase(
    "Danh bạ: đi tiếp từ hiện tại; thời hạn chờ và liên kết của {people} người tính lại từ nay.",
    "The registers go on from the present; rests and links of {people} people count from now.",
)
EARLY: Final = {
    "opened": Phrase(
        "Hãy xem lại: giai đoạn {stage} đã mở trước hạn (đúng ra {at}).",
        "Look at it: stage {stage} was opened before its time (it should have been {at}).",
    ),
    "closed": Phrase(
        "Hãy xem lại: giai đoạn {stage} đã khép trước hạn (đúng ra {at}). Người duyệt có thể trả "
        "lại: thidua stage return {name} --as MÃ_NGƯỜI --reason LÝ_DO",
        "Look at it: stage {stage} was closed before its time (it should have been {at}). Its "
        "approvers may return it: thidua stage return {name} --as PERSON --reason TEXT",
    ),
}
"""By what happened to a stage."""
