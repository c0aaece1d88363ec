"""What does the command line say of corrected decisions, preferences, and mail that came back?"""

from __future__ import annotations

from cli.phrase import Phrase

CORRECTION_ASKED = Phrase(
    "Đã trình đính chính quyết định: {count} kết quả thay đổi, chờ duyệt lại giai đoạn công nhận.",
    "The correction is submitted: {count} results change; the stage waits for approval again.",
)
NO_DECISION = Phrase("Chưa có quyết định nào.", "There is no decision yet.")
CORRECTION_WANTED = Phrase(
    "{said!r} không đúng dạng MÃ=recognised hoặc MÃ=not.",
    "{said!r} is not of the form CODE=recognised or CODE=not.",
)
REASON = Phrase("Lý do đính chính {symbol}: {reason}", "Why {symbol} is corrected: {reason}")
DECISION = Phrase("Quyết định", "Decision")
SIGNED = Phrase("Ký", "Signed")
CORRECTED = Phrase("Đính chính", "Corrected")
NOT_NUMBERED = Phrase("(chưa có số)", "(no number yet)")

PREFERENCE_SET = Phrase(
    "{person}: {digest}, ngôn ngữ {tongue}.", "{person}: {digest}, language {tongue}."
)
EACH = Phrase("nhận từng thư", "each mail at once")
DAILY = Phrase("nhận một thư tổng hợp mỗi ngày", "one mail a day")
NO_PERSON = Phrase("Không có ai mang mã {person}.", "There is nobody with the id {person}.")

BOUNCES_READ = Phrase(
    "Đã đọc {read} thư báo: {hard} địa chỉ hỏng, {soft} lỗi tạm thời, bỏ qua {passed_over}.",
    "{read} notices read: {hard} for good, {soft} for a time, {passed_over} passed over.",
)
BOUNCES_FOLDER_WANTED = Phrase(
    "Hãy nêu thư mục chứa thư báo, hoặc đặt THIDUA_BOUNCES_DIR; không có thư mục {folder}.",
    "Name the folder of the notices, or set THIDUA_BOUNCES_DIR; there is no folder {folder}.",
)
NONE_FAILING = Phrase("Không có địa chỉ nào bị trả lại thư.", "No address sent mail back.")
ADDRESS = Phrase("Địa chỉ", "Address")
NOTICES = Phrase("Số lần", "Notices")
STATUS = Phrase("Mã lỗi", "Status")
OWNER = Phrase("Của", "Whose")
STOPPED_SINCE = Phrase("Ngừng gửi từ", "Nothing sent since")
CLEARED = Phrase("Đã bỏ đánh dấu {address}.", "{address} gets mail again.")
NOT_MARKED = Phrase("{address} không bị đánh dấu.", "{address} was not marked.")
TEMPLATE = Phrase("Loại thư", "Kind")
UNDELIVERABLE = Phrase(
    "{count} địa chỉ không nhận được thư; xem `thidua bounces list`.",
    "{count} addresses take no mail; see `thidua bounces list`.",
)
