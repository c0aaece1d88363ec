"""What does the command line say of the registers: what changed, what rests, what is logged?"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

CHANGED: Final = {
    "entered": Phrase("  {who}: mới ghi vào danh bạ", "  {who}: entered"),
    "name": Phrase("  {who}: đổi tên, {before} → {after}", "  {who}: name {before} → {after}"),
    "unit": Phrase("  {who}: đổi đơn vị, {before} → {after}", "  {who}: unit {before} → {after}"),
    "position": Phrase(
        "  {who}: đổi chức vụ, {before} → {after}", "  {who}: position {before} → {after}"
    ),
    "address": Phrase(
        "  {who}: đổi địa chỉ thư, {before} → {after}", "  {who}: address {before} → {after}"
    ),
    "address_wanted": Phrase(
        "  {who}: địa chỉ {after} còn chờ đến {until}; đang dùng {before}",
        "  {who}: address {after} rests until {until}; in use: {before}",
    ),
    "right_refused": Phrase(
        "  {who}: quyền ký bị bác; chỉ có hiệu lực khi được giao lại và người thứ hai xác nhận",
        "  {who}: the right to sign is refused; given anew, it takes a second person to confirm",
    ),
    "address_refused": Phrase(
        "  {who}: bỏ địa chỉ đang chờ {before}; vẫn dùng {after}",
        "  {who}: waiting address {before} dropped; in use: {after}",
    ),
    "role_begun": Phrase("  {who}: bắt đầu vai trò {after}", "  {who}: role {after} begins"),
    "role_ended": Phrase("  {who}: kết thúc vai trò {after}", "  {who}: role {after} ends"),
    "role_detail": Phrase(
        "  {who}: chi tiết vai trò, {before} → {after}",
        "  {who}: detail of role {before} → {after}",
    ),
    "confirmed": Phrase("  {who}: đã xác nhận {after}", "  {who}: confirmed {after}"),
    "links_revoked": Phrase(
        "  {who}: đã thu hồi liên kết trong thư", "  {who}: links in mails are void"
    ),
    "unit_entered": Phrase("  {who}: đơn vị mới", "  {who}: unit entered"),
    "unit_changed": Phrase("  {who}: đơn vị thay đổi ({after})", "  {who}: unit changed ({after})"),
}
RESTS = Phrase(
    ", có quyền ký từ {until} (trừ khi được xác nhận sớm hơn)",
    ", may sign from {until} on (unless confirmed before)",
)
WHAT_CHANGED = Phrase("Đã thay đổi trong danh bạ:", "Changed in the registers:")
NEW_ONES = Phrase(
    "Mới ghi: {count} (người hoặc đơn vị), {roles} vai trò.",
    "New: {count} (people or units), {roles} roles.",
)
NOTHING_RESTS = Phrase("Không có thay đổi nào đang chờ.", "Nothing rests.")
RESTING_LINE = Phrase(
    "{name} ({person}): {what}; người ghi {by}; có hiệu lực từ {until}",
    "{name} ({person}): {what}; entered by {by}; counts from {until}",
)
WAITING_ADDRESS = Phrase("địa chỉ {before} → {after}", "address {before} → {after}")
WAITING_ROLES = Phrase("vai trò {roles}", "roles {roles}")
NAMED = Phrase("được nêu tên trong kịch bản", "named in a playbook")
SURE = Phrase("Xác nhận các thay đổi trên?", "Confirm the changes above?")
NOT_CONFIRMED = Phrase("Chưa xác nhận gì.", "Nothing was confirmed.")
LINKS_REVOKED = Phrase(
    "Mọi liên kết đã gửi cho {person} không còn hiệu lực; thư sau có liên kết mới.",
    "Every link that {person} was sent is void; the next mail has a new one.",
)
REGISTERS_INTACT = Phrase(
    "Nhật ký danh bạ nguyên vẹn: {events} sự kiện; người, vai trò, địa chỉ và đơn vị đúng như nhật "
    "ký ghi.",
    "The log of the registers is intact: {events} events; people, roles, addresses and units are "
    "as it says.",
)
REGISTERS_BROKEN = Phrase(
    "Nhật ký danh bạ bị sửa ở sự kiện {number}: {reason}.",
    "The log of the registers is broken at event {number}: {reason}.",
)
REGISTERS_DIFFER = Phrase(
    "Danh bạ không khớp với nhật ký: {things}.", "The registers differ from their log: {things}."
)
REGISTERS_NOT_BEGUN = Phrase(
    "Danh bạ chưa có nhật ký; nhật ký bắt đầu từ lần ghi tiếp theo.",
    "The registers have no log yet; it begins with the next entry.",
)
ORIGIN_RIGHT = Phrase(" · quyền ký do {by} ghi", " · right entered by {by}")
ORIGIN_ADDRESS = Phrase(" · địa chỉ do {by} ghi", " · address entered by {by}")
ORIGIN_MEANS = Phrase(" · xác nhận bằng {means}", " · confirmed by {means}")
ORIGIN_CONFIRMED = Phrase(" ({by} xác nhận)", " (confirmed by {by})")
RULES_CONFIRMED = Phrase(
    "Đã xác nhận quy tắc phê duyệt của {campaign}; có hiệu lực ngay.",
    "The rules of approval of {campaign} are confirmed and count at once.",
)
RULES_REST = Phrase(
    "Quy tắc phê duyệt mới còn chờ; người thứ hai có thể xác nhận bằng `thidua campaign confirm`.",
    "The new rules of approval rest; a second person can confirm them: `thidua campaign confirm`.",
)
DELEGATION_RESTS = Phrase(
    "Ủy quyền do người khác ghi nên còn chờ; người ủy quyền hoặc người thứ hai có thể xác nhận: "
    "`thidua delegation confirm {number}`.",
    "Another recorded this delegation, so it rests; the principal or a second person can confirm "
    "it: `thidua delegation confirm {number}`.",
)
DELEGATION_CONFIRMED = Phrase(
    "Ủy quyền số {number} đã được xác nhận; có hiệu lực ngay.",
    "Delegation {number} is confirmed and counts at once.",
)
