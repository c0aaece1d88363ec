"""What stands above columns and beside numbers? Every heading, in Vietnamese and in English."""

from __future__ import annotations

from typing import Final

from language import Language
from language.phrase import Phrase

STAGE = Phrase("Giai đoạn", "Stage")
STATE = Phrase("Trạng thái", "State")
OPENS = Phrase("Mở", "Opens")
CLOSES = Phrase("Kết thúc", "Closes")
APPROVAL_DUE = Phrase("Hạn duyệt", "Approve by")
SIGNATURES = Phrase("Chữ ký", "Signed")
CAMPAIGN = Phrase("Phong trào", "Campaign")
CODE = Phrase("Mã", "Code")
NAME = Phrase("Tên", "Name")
VERSION = Phrase("Bản", "Version")
PLAYBOOK = Phrase("Kịch bản", "Playbook")
COUNT = Phrase("Số lượng", "Count")
NOMINATIONS = Phrase("Hồ sơ", "Nominations")
MESSAGES = Phrase("Thư", "Messages")
ADOPTIONS = Phrase("Nhân rộng", "Replications")
GROUP = Phrase("Nhóm", "Group")
NOMINATED = Phrase("Đề cử", "Nominated")
INELIGIBLE = Phrase("Không đủ ĐK", "Ineligible")
ON_HOLD = Phrase("Tạm hoãn", "On hold")
VOTED = Phrase("Biểu quyết", "Voted on")
RECOGNISED = Phrase("Công nhận", "Recognised")
IN_ALL = Phrase("Toàn bộ", "In all")
PLACE = Phrase("Ô", "Cell")
LEVEL = Phrase("Mức", "Level")
PROBLEM = Phrase("Vấn đề", "Problem")
NUMBER = Phrase("Số", "No.")
RECIPIENT = Phrase("Người nhận", "Recipient")
SUBJECT = Phrase("Tiêu đề", "Subject")
WHAT = Phrase("Nội dung", "What")
WHERE = Phrase("Nơi lưu", "Where")
WRITTEN = Phrase("Đã ghi", "Written")

LEVELS: Final = {
    "error": Phrase("lỗi", "error"),
    "warn": Phrase("lưu ý", "warning"),
    "info": Phrase("ghi chú", "note"),
}
FILES_WRITTEN: Final = {
    "home": Phrase("Thư mục", "Folder"),
    "summary": Phrase("Kết quả tổng hợp", "Summary"),
    "database": Phrase("Cơ sở dữ liệu", "Database"),
    "mail": Phrase("Thư (.eml)", "Mail (.eml)"),
    "mails": Phrase("Thư ({count} .eml)", "Mail ({count} .eml)"),
    "documents": Phrase("Tài liệu", "Documents"),
    "logs": Phrase("Nhật ký", "Logs"),
    "corrections": Phrase("Dòng cần sửa", "Rows to correct"),
}
TEMPLATES: Final = {
    "bundle": Phrase("Thư gộp nhiều việc", "Several matters in one mail"),
    "address-failing": Phrase("Địa chỉ thư không nhận được", "Address takes no mail"),
    "mail-returned": Phrase("Thư bị trả lại", "Mail came back"),
    "mail-alert": Phrase("Báo sự cố gửi thư", "Mail does not leave"),
    "campaign-cancelled": Phrase("Hủy phong trào", "Campaign cancelled"),
    "nomination-changed": Phrase("Thay đổi về hồ sơ", "Nomination changed"),
    "recognition-revoked": Phrase("Thu hồi công nhận", "Recognition revoked"),
    "adopted-model-revoked": Phrase(
        "Thu hồi công nhận mô hình đang nhân rộng", "Replicated model revoked"
    ),
    "result-corrected": Phrase("Đính chính kết quả", "Result corrected"),
    "campaign-launched": Phrase("Thông báo phát động", "Launch announced"),
    "nomination-received": Phrase("Xác nhận đã nhận hồ sơ", "Nomination received"),
    "nomination-returned": Phrase("Trả hồ sơ để bổ sung", "Nomination returned"),
    "nomination-checked": Phrase("Kết quả xét điều kiện", "Eligibility decided"),
    "review-assigned": Phrase("Giao thẩm định", "Review assigned"),
    "approval-requested": Phrase("Đề nghị phê duyệt", "Approval requested"),
    "approval-delegated": Phrase("Đã trình người được ủy quyền", "Substitute asked"),
    "approvers-missing": Phrase("Không đủ người phê duyệt", "Too few approvers"),
    "stage-returned": Phrase("Giai đoạn bị trả lại", "Stage returned"),
    "council-invited": Phrase("Mời họp hội đồng", "Council invited"),
    "result-announced": Phrase("Thông báo kết quả", "Result announced"),
    "pledge-requested": Phrase("Mời đăng ký nhân rộng", "Pledge requested"),
    "campaign-amended": Phrase("Sửa đổi kế hoạch", "Plan amended"),
    "one-time-code": Phrase("Mã dùng một lần", "One-time code"),
    "judgement-corrected": Phrase("Sửa phiếu chấm, biểu quyết", "Judgement corrected"),
    "access-opened": Phrase("Truy cập mới", "New access"),
    "signer-changed": Phrase("Quyền ký thay đổi", "Right to sign changed"),
    "engine-alert": Phrase("Báo sự cố hệ thống", "Engine needs a look"),
    "follow-up-due": Phrase("Nhắc báo cáo nhân rộng", "Follow-up due"),
    "deadline-extended": Phrase("Gia hạn", "Deadline extended"),
    "deadline-reminder": Phrase("Nhắc thời hạn", "Reminder of a deadline"),
    "deadline-escalated": Phrase("Báo cấp trên việc quá hạn", "Superior told of what is overdue"),
    "reminders-stopped": Phrase("Thôi nhắc, báo điều phối", "Reminders stopped"),
}
NOMINATION_COLUMNS: Final = {
    "code": Phrase("Mã hồ sơ", "Code"),
    "subject_kind": Phrase("Loại đối tượng", "Subject kind"),
    "name": Phrase("Tên", "Name"),
    "unit": Phrase("Đơn vị thực hiện", "Unit"),
    "nominated_by": Phrase("Đơn vị đề nghị", "Nominated by"),
    "rank": Phrase("Thứ tự ưu tiên", "Rank"),
    "field": Phrase("Lĩnh vực", "Field"),
    "submitted_at": Phrase("Thời điểm nộp", "Submitted at"),
    "late": Phrase("Nộp muộn", "Late"),
    "state": Phrase("Trạng thái", "State"),
    "score": Phrase("Tổng điểm", "Score"),
    "deduction": Phrase("Trừ nộp muộn", "Late deduction"),
    "place": Phrase("Xếp thứ", "Place"),
    "votes_yes": Phrase("Phiếu đồng ý", "Votes yes"),
    "votes_no": Phrase("Phiếu không đồng ý", "Votes no"),
    "votes_blank": Phrase("Phiếu trắng", "Votes blank"),
    "votes_needed": Phrase("Số phiếu cần", "Votes needed"),
    "passed": Phrase("Đạt", "Passed"),
}


def template_name(template: str, language: Language) -> str:
    """Return what a kind of message is called; an unknown one by its id."""
    phrase = TEMPLATES.get(template)
    return phrase.say(language) if phrase else template
