"""What does the command line say of corrected decisions, preferences, and mail that came back?"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

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

PREFERENCE_HELD = Phrase(
    "Trước đó đã như vậy; không có gì thay đổi.", "It was so before; nothing was changed."
)
PREFERENCE_SET = Phrase(
    "{person}: {digest}, ngôn ngữ {tongue}.", "{person}: {digest}, language {tongue}."
)
EACH = Phrase("nhận từng thư", "each mail at once")
DAILY = Phrase("nhận một thư tổng hợp mỗi ngày", "one mail a day")
NO_PERSON = Phrase("Không có ai mang mã {person}.", "There is nobody with the id {person}.")

BOUNCES_READ = Phrase(
    "Đã đọc {read} thư báo: {hard} địa chỉ hỏng, {refused} bị từ chối vì bên gửi hoặc chính sách, "
    "{returned} bị trả lại vì lý do khác, {soft} chậm, {unproven} không rõ về thư nào, "
    "bỏ qua {passed_over}.",
    "{read} notices read: {hard} of dead addresses, {refused} refused for our sake or by policy, "
    "{returned} returned for other reasons, {soft} of delay, {unproven} about no known mail, "
    "{passed_over} passed over.",
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
WHY = Phrase("Vì sao", "Why")
WHYS: Final = {
    "hard": Phrase("địa chỉ không có người nhận", "nobody is reached"),
    "full": Phrase("hộp thư đầy hoặc bận", "mailbox full or busy"),
    "size": Phrase("thư lớn hoặc không nhận loại này", "too large, or of a kind not taken"),
    "refused": Phrase("từ chối bên gửi hoặc do chính sách", "refuses the sender, or by policy"),
    "expired": Phrase("nhiều ngày không chuyển được", "tried for days"),
    "forwarded": Phrase("nơi được chuyển tiếp không nhận", "not taken where it is sent on to"),
    "soft": Phrase("chậm", "delayed"),
    "unclear": Phrase("không rõ", "not said"),
}
NOTICES_COUNTED = Phrase(
    "Trong 30 ngày qua, {unproven} thư báo không rõ về thư nào của hệ thống; hãy xem trong hộp "
    "thư nhận thư báo.",
    "In the last 30 days {unproven} notices were about no known mail of ours; look at them in the "
    "mailbox of notices.",
)
NOTHING_TO_RETRY = Phrase(
    "Không có thư nào gửi hỏng hay bị trả lại.", "No message has failed or come back."
)
STILL_FAILING = Phrase(
    "{count} thư giữ nguyên vì địa chỉ vẫn không nhận được; hãy sửa địa chỉ trong danh bạ (nhập "
    "lại tệp đơn vị hoặc nhân sự), hoặc `thidua bounces clear` nếu địa chỉ đúng.",
    "{count} messages stay as they are: their addresses still take no mail. Correct the addresses "
    "(import the units or the people again), or `thidua bounces clear` where one is right.",
)
NOT_ARRIVED = Phrase(
    "{returned} thư bị trả lại, {failed} thư không gửi được; sửa địa chỉ, rồi "
    "`thidua outbox retry`.",
    "{returned} messages came back, {failed} failed; correct the addresses, then `thidua outbox "
    "retry`.",
)
MAIL_PAUSED = Phrase(
    "Máy chủ thư không nhận thư của hệ thống từ {since}: {said}",
    "The mail server takes no mail from us since {since}: {said}",
)
WAITS: Final = {
    "paused": Phrase(
        "{count} thư chờ vì máy chủ thư không nhận; thử lại lúc {until}, hoặc ngay bằng "
        "`thidua outbox retry`.",
        "{count} messages wait: the mail server takes none; tried again at {until}, or at once by "
        "`thidua outbox retry`.",
    ),
    "limit": Phrase(
        "{count} thư chờ vì đã gửi đủ số thư mỗi giờ (THIDUA_MAIL_PER_HOUR); gửi tiếp lúc {until}.",
        "{count} messages wait: as many as may leave in an hour have left (THIDUA_MAIL_PER_HOUR); "
        "they go on at {until}.",
    ),
    "quiet": Phrase(
        "{count} thư chờ hết giờ nghỉ; gửi lúc {until}.",
        "{count} messages wait for the end of the quiet hours; they leave at {until}.",
    ),
    "digest": Phrase(
        "{count} thư chờ thư tổng hợp hằng ngày của người nhận; gửi lúc {until}.",
        "{count} messages wait for their recipients' daily mail; they leave at {until}.",
    ),
    "retry": Phrase(
        "{count} thư chưa gửi được, thử lại từ {until}; lý do: `thidua outbox show SỐ`.",
        "{count} messages were put off, and are tried again from {until}; why: "
        "`thidua outbox show ID`.",
    ),
    "due": Phrase(
        "{count} thư đi với đợt gửi tới.", "{count} messages leave with the next delivery."
    ),
}
PAUSED_FOR = Phrase("Máy chủ trả lời: {said}", "The server said: {said}")
ENGINE_NEEDED = Phrase(
    "Hệ thống đang tắt: thư còn chờ chỉ đi khi hệ thống chạy; hãy chạy `thidua up`.",
    "The engine is off: what waits leaves only while it runs; run `thidua up`.",
)
UNDELIVERABLE = Phrase(
    "{count} địa chỉ không nhận được thư; xem `thidua bounces list`.",
    "{count} addresses take no mail; see `thidua bounces list`.",
)
ATTACHED = Phrase("Kèm tệp: {name} ({size} byte)", "Attached: {name} ({size} bytes)")
NOTHING_ATTACHED = Phrase("Thư {number} không kèm tệp.", "No file goes with message {number}.")
ATTACHMENT_WRITTEN = Phrase("Đã ghi tệp {name} vào {file}.", "Wrote the file {name} to {file}.")
