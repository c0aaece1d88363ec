"""What does the command line say of an event log that was verified?"""

from __future__ import annotations

from language.phrase import Phrase

COMPARED = Phrase("Đã đối chiếu với nhật ký: {things}.", "Compared with the log: {things}.")
NOT_COMPARED = Phrase(
    "Chưa đối chiếu được hết, vì bản chương trình trước ghi ít hơn vào nhật ký: {things}.",
    "Not compared in full, because an earlier version told the log less: {things}.",
)
NEVER_COMPARED = Phrase(
    "Không nằm trong nhật ký này nên không đối chiếu: thư đã gửi lúc nào, ghi chú và báo cáo "
    "nhân rộng. Danh sách đơn vị và người có nhật ký riêng.",
    "Not in this log, and so not compared: when mails left, notes and reports of replications. "
    "The registers of units and people have a log of their own.",
)
ANCHORS_HOLD = Phrase(
    "Các mốc ghi ở nơi khác đều khớp: {count}.", "Heads noted elsewhere that hold: {count}."
)
ANCHOR_DIFFERS = Phrase(
    "Mốc {number}:{hash} ({source}) không khớp: nhật ký ở đây có {found}. Nhật ký đã bị viết lại "
    "sau khi mốc được ghi; hãy phục hồi bản sao lưu có mốc này.",
    "The head {number}:{hash} ({source}) does not hold: the log here has {found}. It was written "
    "anew after that was noted; restore a backup that has it.",
)
ANCHOR_MISSING = Phrase(
    "Mốc {number}:{hash} ({source}) không có: nhật ký ở đây kết thúc trước đó. Phần cuối đã bị "
    "cắt, hoặc đây là bản sao lưu cũ hơn.",
    "The head {number}:{hash} ({source}) is not here: the log ends before it. Its end was cut off, "
    "or this is an older backup.",
)
DIFFERS = Phrase(
    "  {thing}: khác nhật ký ở {columns}", "  {thing}: differs from the log in {columns}"
)
MISSING = Phrase("  {thing}: có trong nhật ký nhưng không còn", "  {thing}: in the log, but gone")
ADDED = Phrase("  {thing}: không có trong nhật ký", "  {thing}: not in the log")
MORE = Phrase("  và {count} chỗ khác nữa", "  and {count} more")
HEAD = Phrase(
    "Mốc hiện tại để ghi lại ở nơi khác: {campaign} {head}",
    "Head to note elsewhere: {campaign} {head}",
)
KINDS = {
    "state": Phrase("trạng thái", "states"),
    "campaign": Phrase("phong trào", "campaign"),
    "playbook": Phrase("kịch bản", "playbooks"),
    "stage": Phrase("giai đoạn", "stages"),
    "approval": Phrase("chữ ký", "signatures"),
    "basis": Phrase("số liệu làm căn cứ", "figures of approvals"),
    "delegation": Phrase("ủy quyền", "delegations"),
    "extension": Phrase("gia hạn", "extensions"),
    "session": Phrase("phiên họp", "sessions"),
    "closing": Phrase("kết thúc phiên họp", "closed sessions"),
    "cancellation": Phrase("việc hủy", "cancellations"),
    "clock_repair": Phrase("lần sửa đồng hồ", "repairs of the clock"),
    "nomination": Phrase("hồ sơ", "nominations"),
    "form": Phrase("bản khai", "forms"),
    "finding": Phrase("kết quả rà soát", "findings"),
    "review": Phrase("phiếu chấm", "reviews"),
    "appraisal": Phrase("kết quả chấm", "appraisals"),
    "tally": Phrase("kết quả kiểm phiếu", "tallies"),
    "ballots": Phrase("tổng số phiếu", "sums of ballots"),
    "roll": Phrase("danh sách dự họp", "rolls"),
    "act": Phrase("việc rút, thu hồi", "acts on nominations"),
    "judgement": Phrase("lần sửa phiếu", "corrected reviews and votes"),
    "decision": Phrase("quyết định", "decisions"),
    "results": Phrase("danh sách của quyết định", "lists of decisions"),
    "recognition": Phrase("kết quả công nhận", "results"),
    "correction": Phrase("đính chính", "corrections"),
    "adoption": Phrase("nhân rộng", "replications"),
    "follow_up": Phrase("kỳ báo cáo", "follow-ups"),
    "mail": Phrase("thư", "mails"),
    "other": Phrase("khác", "other"),
}
"""Names of what is compared."""
