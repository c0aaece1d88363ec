"""How is it said what is wrong with the approval policies of a playbook?"""

from __future__ import annotations

from typing import Final

from campaigns.rules.playbook.words_reading import Words

APPROVING: Final[dict[str, Words]] = {
    "approvers_missing": Words(
        ("Chưa nêu ai phê duyệt.", "Ghi `roles: [leader]` hoặc `people: [mã người]`."),
        ("Nobody is named who may approve.", "Write `roles: [leader]` or `people: [person id]`."),
    ),
    "steps_and_key": Words(
        (
            "Đã có `steps` thì không ghi `{key}` ở đây.",
            "Ghi `{key}` trong từng bước, hoặc bỏ `steps`.",
        ),
        (
            "`{key}` cannot stand beside `steps`.",
            "Write `{key}` in each of the steps, or leave out `steps`.",
        ),
    ),
    "required_above_people": Words(
        (
            "Cần {value} chữ ký nhưng chỉ nêu tên {people} người.",
            "Giảm `required`, hoặc thêm người, hoặc thêm `roles`.",
        ),
        (
            "{value} signatures are required and {people} people are named.",
            "Lower `required`, name more people, or add `roles`.",
        ),
    ),
    "order_without_steps": Words(
        ("Chỉ có một nhóm người ký nên thứ tự không có tác dụng.", "Ghi các nhóm trong `steps`."),
        ("There is one group of approvers; an order says nothing.", "Name groups in `steps`."),
    ),
    "code_not_for_decision": Words(
        (
            (
                "Giai đoạn {stage} cần mã dùng một lần, còn giai đoạn công nhận thì không: chữ ký "
                "cuối của giai đoạn này ký quyết định."
            ),
            "Ghi `one_time_code: true` ở `approvals.recognition`.",
        ),
        (
            (
                "The stage {stage} asks for a one-time code and recognition does not, whose last "
                "signature signs the decision."
            ),
            "Write `one_time_code: true` under `approvals.recognition`.",
        ),
    ),
    "code_never_asked": Words(
        (
            "Phong trào không có giai đoạn này nên không bao giờ cần mã.",
            "Bỏ `one_time_code`, hoặc thêm ngày của giai đoạn vào `calendar`.",
        ),
        (
            "The campaign has no such stage, so the code is never asked for.",
            "Leave out `one_time_code`, or give the stage its dates in `calendar`.",
        ),
    ),
    "resume_of_decision": Words(
        (
            (
                "Sau khi trả lại, quyết định được dự thảo lại nhưng chữ ký đã có vẫn giữ: "
                "người đã ký chưa xem dự thảo mới."
            ),
            "Thường dùng `restart` cho giai đoạn công nhận.",
        ),
        (
            (
                "After a return the decision is drafted anew, and signatures given before stay: "
                "those who gave them have not seen the new draft."
            ),
            "Usual for recognition: `restart`.",
        ),
    ),
}
"""Errors and advice by code."""
