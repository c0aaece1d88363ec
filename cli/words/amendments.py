"""What does the command line say about amendments? In Vietnamese and in English."""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

KEY = Phrase("Mục", "Key")
NAME = Phrase("Nội dung", "What")
BEFORE = Phrase("Hiện hành", "In force")
AFTER = Phrase("Sửa thành", "Amended")
NOT_POSSIBLE = Phrase("Không sửa được vì", "Not possible, since")
RECORDED = Phrase("Thời điểm", "Recorded")
PERSON = Phrase("Người thực hiện", "By")
KEYS = Phrase("Số mục sửa", "Keys changed")
REASON = Phrase("Lý do", "Reason")
HASH = Phrase("Mã băm", "Hash")

PROPOSED = Phrase(
    "Sửa đổi kịch bản {campaign}, phiên bản {base} thành {next}:",
    "Amendment of the playbook of {campaign}, version {base} to {next}:",
)
NOTHING_CHANGES = Phrase(
    "Kịch bản này giống phiên bản {base} đang áp dụng của {campaign}; không có gì để sửa đổi.",
    "This playbook is the one in force for {campaign} (version {base}); nothing to amend.",
)
TOUCHED = Phrase("Những gì bị ảnh hưởng:", "What it touches:")
TOUCHED_LINE = Phrase("  {matter}: {count}", "  {matter}: {count}")
MATTERS: Final = {
    "stages_replanned": Phrase("giai đoạn được xếp lại lịch", "stages planned anew"),
    "sessions_moved": Phrase("phiên họp hội đồng đổi giờ", "sessions of the council moved"),
    "nominations": Phrase("hồ sơ đã nhận (giữ nguyên)", "nominations received (kept as they are)"),
    "reviews": Phrase("phiếu chấm đã ghi (giữ nguyên)", "reviews recorded (kept as they are)"),
    "messages_waiting": Phrase(
        "thư chưa gửi, soạn theo bản hiện hành", "messages not sent yet, written as of now"
    ),
    "people_told": Phrase("đơn vị, cá nhân sẽ nhận thông báo", "units and people who will be told"),
}
REFUSED = Phrase(
    "Không sửa đổi: {count} mục không còn sửa được. Hãy giữ nguyên các mục này trong kịch bản.",
    "Not amended: {count} keys are settled already. Leave them as they are in the playbook.",
)
DRY_RUN = Phrase("Chỉ xem trước; không thay đổi gì.", "Only shown; nothing was changed.")
REASON_ASKED = Phrase("Lý do sửa đổi", "Reason for the amendment")
CONFIRM = Phrase("Sửa đổi kịch bản như trên?", "Amend the playbook so?")
NOT_AMENDED = Phrase("Không sửa đổi; không có gì thay đổi.", "Not amended; nothing was changed.")
AMENDED = Phrase(
    "Đã sửa đổi: kịch bản {campaign} nay ở phiên bản {version} ({count} mục).",
    "Amended: the playbook of {campaign} is at version {version} now ({count} keys).",
)
EXPORTED = Phrase(
    "Đã ghi phiên bản {version} của kịch bản {campaign} vào {file}. Chú thích và thứ tự của tệp "
    "ban đầu không được giữ; mọi giá trị mặc định đều được ghi ra.",
    "Version {version} of the playbook of {campaign} was written to {file}. Comments and the order "
    "of the original file are not kept; every default is written out.",
)
EXPORT_HEAD = Phrase(
    "Phong trào {campaign}, kịch bản phiên bản {version}.\n"
    "Chú thích và thứ tự của tệp ban đầu không được giữ; mọi giá trị mặc định đều được ghi ra.\n"
    "Sửa tệp này rồi: thidua campaign amend --playbook TỆP --reason … --as NGƯỜI",
    "Campaign {campaign}, version {version} of its playbook.\n"
    "Comments and the order of the original file are not kept; every default is written out.\n"
    "Change this file, then: thidua campaign amend --playbook FILE --reason … --as PERSON",
)
