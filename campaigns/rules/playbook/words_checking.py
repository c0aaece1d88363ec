"""In which words is a playbook questioned whose parts do not fit, or whose choices are doubtful?

The same form as `campaigns.rules.playbook.words_reading`. A warning says why it is one.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules.playbook.words_reading import Words

_PARTS: Final[dict[str, Words]] = {
    "id_odd": Words(
        (
            "`{value}` không dùng làm mã kịch bản được: dấu `{sign}`.",
            "Mã gồm chữ cái, chữ số và các dấu - _ . / đơn lẻ ở giữa, ví dụ dan-van-kheo.",
        ),
        (
            "`{value}` cannot be a playbook's id: the sign `{sign}`.",
            "An id is made of letters and digits with single - _ . / between, as in dan-van-kheo.",
        ),
    ),
    "id_odd_meant": Words(
        (
            "`{value}` không dùng làm mã kịch bản được: dấu `{sign}`.",
            "Có phải ý bạn là `{similar}`?",
        ),
        (
            "`{value}` cannot be a playbook's id: the sign `{sign}`.",
            "Did you mean `{similar}`?",
        ),
    ),
    "twice": Words(
        ("`{value}` đã có ở dòng {line}.", "Mỗi giá trị chỉ dùng một lần."),
        ("`{value}` stands on line {line} already.", "Each may stand once."),
    ),
    "role_missing": Words(
        ("Biểu mẫu thiếu ô có `role: {role}`.", "Thêm `role: {role}` vào ô tương ứng."),
        ("The form has no box with `role: {role}`.", "Add `role: {role}` to the box meant."),
    ),
    "item_unknown": Words(
        ("Biểu mẫu không có ô `{value}`.", "Các ô: {allowed}."),
        ("The form has no box `{value}`.", "Boxes: {allowed}."),
    ),
    "item_unknown_similar": Words(
        ("Biểu mẫu không có ô `{value}`.", "Có phải ý bạn là `{similar}`?"),
        ("The form has no box `{value}`.", "Did you mean `{similar}`?"),
    ),
    "item_type": Words(
        ("Quy tắc này không đọc được ô `{value}` kiểu {type}.", "Chọn ô kiểu {wanted}."),
        (
            "This rule cannot read the box `{value}` of type {type}.",
            "Name a box of type {wanted}.",
        ),
    ),
    "maximum_step": Words(
        ("Điểm tối đa {value} không chia hết cho bước {step}.", "Sửa điểm tối đa hoặc `step`."),
        ("The maximum {value} is not a multiple of the step {step}.", "Change it or `step`."),
    ),
    "stage_dates": Words(
        ("{later} ({value}) trước {earlier} ({other}).", "Thứ tự: opens, closes, approval."),
        (
            "`{later}` ({value}) is before `{earlier}` ({other}).",
            "The order is opens, closes, approval.",
        ),
    ),
    "stage_order": Words(
        ("Giai đoạn này mở ({value}) trước giai đoạn {earlier} ({other}).", "Sửa ngày mở."),
        ("This stage opens ({value}) before {earlier} does ({other}).", "Change the date."),
    ),
    "appraisal_without_rubric": Words(
        ("Lịch có thẩm định nhưng không có `rubric`.", "Thêm `rubric` hoặc bỏ `appraisal`."),
        ("The calendar has an appraisal, but there is no `rubric`.", "Give both or neither."),
    ),
    "rubric_without_appraisal": Words(
        ("Có `rubric` nhưng lịch không có `appraisal`.", "Thêm `calendar.appraisal`."),
        ("There is a `rubric`, but no `calendar.appraisal`.", "Give both or neither."),
    ),
    "penalty_missing": Words(
        ("Chính sách trừ điểm cần mức trừ mỗi ngày.", "Thêm `penalty_per_day: 0.5`."),
        ("The policy `penalty` needs the points per day.", "Add `penalty_per_day: 0.5`."),
    ),
    "penalty_unused": Words(
        ("Chính sách `{policy}` không trừ điểm.", "Ghi `policy: penalty` hoặc xóa khóa này."),
        ("The policy `{policy}` takes no points off.", "Write `policy: penalty`, or delete this."),
    ),
    "penalty_without_rubric": Words(
        ("Không có `rubric` thì không có điểm để trừ.", "Thêm `rubric` hoặc đổi chính sách."),
        ("Without a `rubric` there are no points to take off.", "Add one, or change the policy."),
    ),
    "reminders_end": Words(
        (
            "Ngày thứ {value} nằm sau ngày dừng nhắc ({stop}).",
            "Tăng `stop_after` hoặc bỏ ngày này.",
        ),
        (
            "Day {value} is after reminders stop (day {stop}).",
            "Raise `stop_after`, or leave the day out.",
        ),
    ),
    "day_twice": Words(
        ("Ngày {value} vừa là ngày nghỉ vừa là ngày làm việc.", "Chỉ giữ một trong hai."),
        ("{value} is given as a day off and as a day worked.", "Keep one of the two."),
    ),
    "limits_crossed": Words(
        ("{low} ({value}) lớn hơn {high} ({other}).", "Đổi chỗ hai giới hạn."),
        ("`{low}` ({value}) is above `{high}` ({other}).", "Exchange the two."),
    ),
    "header_twice": Words(
        ("Tiêu đề cột `{value}` đã có ở dòng {line}.", "Đặt tên khác để đọc được tệp Excel."),
        ("The header `{value}` stands on line {line} already.", "Columns need different names."),
    ),
    "number_without_number": Words(
        ("Mẫu số quyết định thiếu {{number}}.", "Ví dụ: {{number:02d}}-QĐ/{{series}}."),
        ("The number format lacks {{number}}.", "For example: {{number:02d}}-QĐ/{{series}}."),
    ),
    "number_format": Words(
        ("Mẫu số quyết định `{value}` không dùng được.", "Ví dụ: {{number:02d}}-QĐ/{{series}}."),
        (
            "The number format `{value}` cannot be used.",
            "Only {{number}}, {{series}} and {{year}}: {{number:02d}}-QĐ/{{series}}.",
        ),
    ),
}

_ADVICE: Final[dict[str, Words]] = {
    "session_outside": Words(
        (
            (
                "Phiên họp ({value}) ngoài giai đoạn công nhận ({opens} đến {closes}); "
                "ngoài giai đoạn này không ghi được phiếu."
            ),
            "Sửa giờ họp hoặc `calendar.recognition`.",
        ),
        (
            (
                "The session ({value}) is outside the recognition stage ({opens} to {closes}), "
                "and votes are taken only there."
            ),
            "Change it or `calendar.recognition`.",
        ),
    ),
    "quorum_low": Words(
        ("Chỉ cần {value} số thành viên là họp được; thiểu số có thể quyết định.", "Thường 2/3."),
        ("A session is held with {value} of the members; a minority could decide.", "Usual: 2/3."),
    ),
    "threshold_low": Words(
        (
            "Chỉ cần {value} số phiếu là đạt; số phiếu chống có thể bằng hoặc nhiều hơn.",
            "Thường 0.7; quá bán: 1/2 với `strictly_more: true`.",
        ),
        (
            "{value} of the votes pass; as many or more may be against.",
            "Usual: 0.7; for a simple majority 1/2 with `strictly_more: true`.",
        ),
    ),
    "day_off": Words(
        ("{value} là {day}; đơn vị và người ký không làm việc.", "Chọn ngày làm việc: {next}."),
        ("{value} is {day}; units and signers are not at work.", "Take a working day: {next}."),
    ),
    "days_off": Words(
        (
            (
                "{value} là {day}; đơn vị và người ký không làm việc. Lịch còn {count} mốc khác "
                "vào ngày này."
            ),
            "Chọn ngày làm việc: {next}.",
        ),
        (
            (
                "{value} is {day}; units and signers are not at work. On this day fall "
                "{count} more of the calendar's dates."
            ),
            "Take a working day: {next}.",
        ),
    ),
    "rubric_total": Words(
        ("Tổng điểm là {value}; người chấm và báo cáo quen thang 100.", "Sửa `maximum`."),
        ("The points come to {value}; reviewers and reports expect 100.", "Change `maximum`."),
    ),
    "minimum_total_high": Words(
        ("Điểm sàn {value} cao hơn tổng điểm {total}; không ai qua được.", "Hạ điểm sàn."),
        ("The cut-off {value} is above the total {total}; nobody can pass.", "Lower it."),
    ),
    "trim_few": Words(
        ("Bỏ điểm cao nhất và thấp nhất của {value} phiếu thì không còn gì.", "Từ 5 trở lên."),
        ("Without the highest and lowest of {value} reviews nothing remains.", "Take 5 or more."),
    ),
    "box_missing": Words(
        (
            "Biểu mẫu thiếu ô `{value}` trong mười mục đăng ký mô hình; hội đồng xét cả mười mục.",
            "Thêm ô `{value}`.",
        ),
        (
            (
                "The form lacks the box `{value}`, one of the ten a model is registered with; "
                "the council judges by all ten."
            ),
            "Add it.",
        ),
    ),
    "result_not_held": Words(
        (
            (
                "Thông báo kết quả được gửi ngay, không chờ điều phối viên duyệt; "
                "thư đã gửi không thu hồi được."
            ),
            "Thêm `result-announced` vào `messages.held`.",
        ),
        (
            (
                "Results go out at once, without a coordinator's release; "
                "a mail that is sent cannot be taken back."
            ),
            "Add `result-announced` to `messages.held`.",
        ),
    ),
    "template_unknown": Words(
        ("Không có mẫu thư `{value}`; mục này không có tác dụng.", "Các mẫu: {allowed}."),
        ("There is no message `{value}`; the entry does nothing.", "Messages: {allowed}."),
    ),
    "template_unknown_similar": Words(
        ("Không có mẫu thư `{value}`; mục này không có tác dụng.", "Có phải `{similar}`?"),
        ("There is no message `{value}`; the entry does nothing.", "Did you mean `{similar}`?"),
    ),
    "released_early": Words(
        (
            "Kết quả được công bố ({value}) trước khi duyệt công nhận ({approval}).",
            "Công bố sau khi duyệt.",
        ),
        (
            "Results are released ({value}) before recognition is approved ({approval}).",
            "Release them after the approval.",
        ),
    ),
    "stages_overlap": Words(
        (
            (
                "Giai đoạn này mở ({value}) khi giai đoạn {earlier} chưa đóng ({other}); "
                "hồ sơ còn có thể thay đổi."
            ),
            "Mở sau khi giai đoạn trước đóng.",
        ),
        (
            (
                "This stage opens ({value}) while {earlier} is still open (until {other}); "
                "what it works on may still change."
            ),
            "Open it after the other closes.",
        ),
    ),
    "field_box_missing": Words(
        ("Có lĩnh vực nhưng biểu mẫu không hỏi (`role: field`).", "Thêm ô lĩnh vực."),
        ("There are fields, but no box asks for one (`role: field`).", "Add the box."),
    ),
    "fields_missing": Words(
        ("Biểu mẫu hỏi lĩnh vực nhưng danh sách `fields` trống.", "Ghi `fields` hoặc bỏ ô."),
        ("The form asks for a field, but `fields` is empty.", "List them or drop the box."),
    ),
    "approver_unusual": Words(
        ("Vai trò {value} được tự duyệt việc của mình.", "Thường là leader."),
        ("The role {value} would approve its own work.", "Usual: leader."),
    ),
    "submission_limit": Words(
        (
            (
                "Ô thời điểm nộp chỉ nhận từ {earliest} đến {latest}, "
                "không phủ hết thời gian đề cử ({opens} đến {closes})."
            ),
            "Sửa `earliest`, `latest`.",
        ),
        (
            (
                "The box of submission takes {earliest} to {latest} only, "
                "which does not cover the nomination stage ({opens} to {closes})."
            ),
            "Change `earliest` and `latest`.",
        ),
    ),
    "box_ended": Words(
        (
            (
                "Ô `{item}` chỉ nhận ngày đến {latest}, trước khi mở đề cử ({opens}): việc mới hơn "
                "không ghi được."
            ),
            "Sửa `latest`, hoặc bỏ khi không cần giới hạn.",
        ),
        (
            (
                "The box `{item}` takes days up to {latest} only, before nominations open "
                "({opens}): nothing newer can be entered."
            ),
            "Change `latest`, or leave it out.",
        ),
    ),
    "date_in_reason": Words(
        (
            "Lý do nêu ngày {value}, không thuộc năm nào trong lịch của phong trào.",
            "Sửa ngày trong `reason`, nếu còn sót từ kịch bản cũ.",
        ),
        (
            "The reason names {value}, a day of no year of the calendar.",
            "Change the day in `reason`, if it was left from an older playbook.",
        ),
    ),
    "anywhere_idle": Words(
        (
            "Đơn vị nào cũng đề cử được cho mọi đơn vị, nên danh sách này không có tác dụng.",
            "Thêm `own_and_below: true`, hoặc bỏ danh sách.",
        ),
        (
            "Every unit may nominate for any, so this list changes nothing.",
            "Add `own_and_below: true`, or leave the list out.",
        ),
    ),
    "follow_up_empty": Words(
        ("Không có mốc theo dõi nhân rộng; không ai được hỏi kết quả.", "Ví dụ [3, 6, 12]."),
        ("No follow-up is planned; nobody is asked how it went.", "For example [3, 6, 12]."),
    ),
    "source_empty": Words(
        ("Chưa nêu căn cứ; không ai kiểm tra được.", "Ghi văn bản, hoặc `constructed`."),
        ("No source is stated, so nobody can check it.", "Name the text, or write `constructed`."),
    ),
    "released_playbook_changed": Words(
        (
            (
                "`{playbook}` phiên bản {version} là của chương trình và có nội dung khác; "
                "hai phong trào khác nhau mang cùng tên và phiên bản."
            ),
            "Đặt tên riêng ở `playbook`, hoặc tăng `version`.",
        ),
        (
            (
                "`{playbook}` version {version} comes with the program and has other content; "
                "two different playbooks bear one name and version."
            ),
            "Choose a name of your own under `playbook`, or raise `version`.",
        ),
    ),
}

CHECKING: Final = {**_PARTS, **_ADVICE}
"""Words for what the checks beyond the schema find."""
