"""What does the command line say of sessions, and of reviews and votes that are corrected?"""

from __future__ import annotations

from language.phrase import Phrase

SESSION = Phrase("Phiên họp", "Session")
STARTS = Phrase("Bắt đầu", "Begins")
MEMBERS = Phrase("Thành viên", "Members")
CLOSED = Phrase("Kết thúc", "Closed")
OPEN = Phrase("đang mở", "open")
NO_SESSION = Phrase(
    "Hội đồng chưa được triệu tập nên chưa có phiên họp nào.",
    "The council is not convened yet, so there is no session.",
)
SESSION_CLOSED = Phrase(
    "{person} đã kết thúc phiên họp {number}; {counted} hồ sơ chưa đủ phiếu được kiểm theo số "
    "phiếu hiện có, người chưa có phiếu tính là vắng.",
    "{person} closed session {number}; {counted} nominations whose rolls were not whole are "
    "counted as they stand, who has no vote was absent.",
)
SESSION_WAS_CLOSED = Phrase(
    "Phiên họp {number} đã kết thúc từ trước; không có gì thay đổi.",
    "Session {number} is closed already; nothing was changed.",
)
CORRECT_NEEDS_PERSON = Phrase(
    "Sửa điểm hoặc phiếu đã lưu phải ghi rõ ai sửa: thêm --as NGƯỜI.",
    "Scores and votes are corrected by a named person: add --as PERSON.",
)
