"""What does the command line say of approvals and delegations? In Vietnamese and in English."""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

ASKED = Phrase("  chờ {name} ({person}), {unit}", "  waiting for {name} ({person}), {unit}")
ASKED_ON_BEHALF = Phrase(
    "  chờ {name} ({person}), {unit}, thay mặt {principal} theo {letter}",
    "  waiting for {name} ({person}), {unit}, on behalf of {principal}, letter {letter}",
)
BASIS = Phrase(
    "  nội dung, số liệu trình duyệt lúc này: --seen {mark}",
    "  what is decided now: --seen {mark}",
)
VERDICTS: Final = {
    "approve": Phrase("  {name} ({person}) đã ký lúc {at}", "  {name} ({person}) signed at {at}"),
    "return": Phrase(
        "  {name} ({person}) đã trả lại lúc {at}", "  {name} ({person}) returned it at {at}"
    ),
    "abstain": Phrase(
        "  {name} ({person}) không tham gia từ {at}", "  {name} ({person}) abstained at {at}"
    ),
}
ON_BEHALF = Phrase(
    ", thay mặt {principal} theo {letter}", ", on behalf of {principal}, letter {letter}"
)
IN_STEP = Phrase(" · bước {step}", " · step {step}")
STAGE_ABSTAINED = Phrase(
    "{person} không tham gia phê duyệt giai đoạn {stage}.",
    "{person} takes no part in the approval of the stage {stage}.",
)
STAGE_SHORT = Phrase(
    "{person} không tham gia phê duyệt giai đoạn {stage}. Không còn đủ người ký; đã báo điều phối "
    "viên.",
    "{person} takes no part in the approval of the stage {stage}. Too few can still sign; the "
    "coordinators are told.",
)

DELEGATION_RECORDED = Phrase(
    "Đã ghi ủy quyền số {number}: {substitute} ký thay mặt {principal} {days}, theo {letter}.",
    "Delegation {number} is recorded: {substitute} signs on behalf of {principal} {days}, letter "
    "{letter}.",
)
DELEGATION_KNOWN = Phrase(
    "Ủy quyền này đã ghi từ trước, số {number}: {substitute} ký thay mặt {principal} {days}, theo "
    "{letter}; không có gì thay đổi.",
    "This delegation is recorded already, number {number}: {substitute} signs on behalf of "
    "{principal} {days}, letter {letter}; nothing was changed.",
)
DELEGATION_REVOKED = Phrase("Đã hủy ủy quyền số {number}.", "Delegation {number} is revoked.")
DELEGATION_WAS_REVOKED = Phrase(
    "Ủy quyền số {number} đã bị hủy từ trước; không có gì thay đổi.",
    "Delegation {number} was revoked before; nothing was changed.",
)
NO_DELEGATION = Phrase("Chưa có ủy quyền nào.", "There is no delegation.")
DELEGATION_STATES: Final = {
    "coming": Phrase("chưa đến ngày", "coming"),
    "in_force": Phrase("đang hiệu lực", "in force"),
    "over": Phrase("đã hết hạn", "over"),
    "revoked": Phrase("đã hủy", "revoked"),
    "resting": Phrase("còn chờ", "rests"),
}
PRINCIPAL = Phrase("Người ủy quyền", "Principal")
SUBSTITUTE = Phrase("Người ký thay", "Substitute")
FIRST_DAY = Phrase("Từ ngày", "From")
LAST_DAY = Phrase("Đến ngày", "To")
LETTER = Phrase("Văn bản ủy quyền", "Letter")
EVERY_STAGE = Phrase("tất cả", "all")
