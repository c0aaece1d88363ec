"""Thông báo bằng tiếng Việt: the message and the remedy of every kind of fault."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # Trang tính và tiêu đề cột
    "header_not_found": (
        "Không tìm thấy dòng tiêu đề trong 25 dòng đầu của các trang tính.",
        "Ghi dòng tiêu đề với các cột: {names}. Có thể dùng mẫu trống do hệ thống tạo.",
    ),
    "header_not_first_row": (
        "Dòng tiêu đề là dòng {header_row}; các dòng phía trên được bỏ qua.",
        "Không cần sửa.",
    ),
    "header_variant": (
        'Tiêu đề "{value}" viết khác mẫu; được hiểu là cột "{meant}".',
        'Nên viết đúng "{meant}".',
    ),
    "header_variant/guessed": (
        'Tiêu đề "{value}" không có trong mẫu; được hiểu là cột "{meant}" vì gần giống.',
        'Kiểm tra cột này; viết đúng "{meant}" hoặc đổi tên khác hẳn.',
    ),
    "duplicate_header": (
        'Tiêu đề "{value}" có hai lần; chỉ đọc cột {first}, không đọc cột này.',
        "Xóa cột thừa hoặc đổi tên một trong hai cột.",
    ),
    "duplicate_header/value": (
        "Giá trị này khác với cột {first} cùng tên và không được đọc.",
        "Giữ lại một cột với giá trị đúng.",
    ),
    "extra_column": (
        'Cột "{value}" không có trong mẫu; không được đọc.',
        "Xóa cột, hoặc chuyển nội dung cần gửi sang cột Ghi chú.",
    ),
    "extra_column/unnamed": (
        "Cột không có tiêu đề nhưng có dữ liệu; không được đọc.",
        "Xóa dữ liệu thừa hoặc ghi đúng tiêu đề của cột.",
    ),
    "missing_column": (
        'Thiếu cột bắt buộc "{name}"; không dòng nào được nhận.',
        'Thêm cột "{name}" và điền cho mọi dòng.',
    ),
    "missing_column/optional": (
        'Không có cột "{name}" (không bắt buộc); coi như để trống.',
        "Thêm cột nếu có dữ liệu.",
    ),
    "hidden_column": (
        'Cột "{value}" bị ẩn trong trang tính nhưng vẫn được đọc.',
        "Bỏ ẩn cột và kiểm tra lại dữ liệu.",
    ),
    "struck_column": (
        'Tiêu đề cột "{value}" bị gạch ngang nhưng cột vẫn được đọc.',
        "Xóa cột nếu không tính, hoặc bỏ gạch ngang.",
    ),
    "unseen_column": (
        'Không ai nhìn thấy tiêu đề cột "{value}" nhưng cột vẫn được đọc.',
        "Cho hiện tiêu đề và kiểm tra cột.",
    ),
    "hidden_sheet": (
        'Trang tính "{value}" bị ẩn nhưng vẫn được đọc.',
        "Bỏ ẩn và kiểm tra; xóa nếu muốn gửi trang khác.",
    ),
    "other_sheet": (
        'Trang tính này cũng giống một danh sách nhưng không được đọc; đã đọc trang "{read}".',
        "Dồn dữ liệu vào một trang tính, hoặc nhập riêng từng tệp.",
    ),
    "no_rows": ("Không có dòng dữ liệu nào dưới dòng tiêu đề.", "Điền dữ liệu rồi nhập lại."),
    # Dòng
    "hidden_row": (
        "Dòng bị ẩn trong trang tính nhưng vẫn được đọc.",
        "Bỏ ẩn dòng và kiểm tra; xóa dòng nếu không muốn gửi.",
    ),
    "struck_row": (
        "Dòng bị gạch ngang nhưng vẫn được đọc.",
        "Xóa dòng nếu không muốn gửi, hoặc bỏ gạch ngang.",
    ),
    "unseen_row": (
        "Không ai nhìn thấy chữ trong dòng (do màu, cỡ chữ hoặc định dạng) nhưng vẫn được đọc.",
        "Cho hiện nội dung và kiểm tra; xóa dòng nếu không muốn gửi.",
    ),
    "blank_rows": ("Các dòng {row_span} trống; được bỏ qua.", "Không cần sửa."),
    "trailing_blank_rows": (
        "Các dòng {row_span} có định dạng nhưng trống; được bỏ qua.",
        "Không cần sửa.",
    ),
    "footer_row": (
        "Dòng tổng cộng hoặc chữ ký, không phải dữ liệu; được bỏ qua.",
        "Không cần sửa.",
    ),
    "section_row": (
        'Dòng chỉ có một ô "{value}", được hiểu là tiêu đề nhóm và bỏ qua.',
        "Nếu đây là dữ liệu, điền đủ các cột của dòng.",
    ),
    "column_numbers_row": ("Dòng đánh số cột dưới tiêu đề; được bỏ qua.", "Không cần sửa."),
    "repeated_header": ("Dòng tiêu đề lặp lại; được bỏ qua.", "Không cần sửa."),
    "unfilled_row": (
        "Dòng chỉ có số thứ tự hoặc cột không đọc; được bỏ qua.",
        "Nếu đây là dữ liệu, điền đủ các cột của dòng.",
    ),
    # Đơn vị, người, tham chiếu
    "unknown_unit": (
        'Không có đơn vị với mã "{value}".',
        "Ghi mã đơn vị theo danh mục (trang Danh mục của mẫu trống).",
    ),
    "unknown_unit/similar": (
        'Không có đơn vị với mã "{value}".',
        "Có phải là {similar}? Ghi đúng mã đơn vị theo danh mục.",
    ),
    "unknown_unit/name": (
        '"{value}" là tên đơn vị, không phải mã.',
        "Ghi mã đơn vị: {ids}.",
    ),
    "unknown_unit/understood": (
        'Mã "{value}" được hiểu là {meant}.',
        "Nên ghi đúng mã {meant}.",
    ),
    "unit_not_valid": (
        "Đơn vị {value} không tồn tại vào ngày {day} (tồn tại từ {since} đến {until}).",
        "Kiểm tra; có thể cần ghi mã của đơn vị kế thừa.",
    ),
    "unit_valid_dates": (
        "Ngày hết hiệu lực {value} trước ngày bắt đầu.",
        "Sửa valid_from hoặc valid_to.",
    ),
    "unknown_parent": (
        'Không có đơn vị cấp trên "{value}".',
        "Ghi mã của một đơn vị có trong danh mục.",
    ),
    "unknown_parent/similar": ('Không có đơn vị cấp trên "{value}".', "Có phải là {similar}?"),
    "unknown_successor": (
        'Không có đơn vị kế thừa "{value}".',
        "Ghi mã của một đơn vị có trong danh mục; nhiều đơn vị cách nhau bằng dấu chấm phẩy.",
    ),
    "unknown_successor/similar": (
        'Không có đơn vị kế thừa "{value}".',
        "Có phải là {similar}?",
    ),
    "successor_without_end": (
        "Đơn vị có đơn vị kế thừa nhưng không có ngày hết hiệu lực.",
        "Điền ngày cuối cùng đơn vị còn hiệu lực, hoặc bỏ đơn vị kế thừa.",
    ),
    "cyclic_parent": (
        'Chuỗi cấp trên (hoặc nguồn) của "{value}" quay về chính nó.',
        "Sửa mã cấp trên ở một trong các dòng của vòng.",
    ),
    "duplicate_id": (
        'Mã "{value}" trùng với dòng {other}.',
        "Mỗi mã chỉ ghi một lần (đơn vị: các khoảng thời gian không được chồng nhau).",
    ),
    "duplicate_id/alike": (
        'Mã "{value}" trông như mã "{known}" đã có (chỉ khác chữ hoa, dấu nối hoặc bảng chữ).',
        'Ghi đúng "{known}" nếu là một, hoặc đặt mã khác hẳn.',
    ),
    "unknown_role": ('Không có vai trò "{value}".', "Các vai trò: {allowed}."),
    "unknown_person": ('Không có người với mã "{value}".', "Ghi mã theo danh sách người."),
    "person_without_role": (
        "{value} không giữ vai trò cần cho bảng này (người thẩm định, hoặc thành viên hội đồng).",
        "Ghi mã người giữ vai trò đó, hoặc bổ nhiệm người này trước.",
    ),
    "unknown_person/similar": ('Không có người với mã "{value}".', "Có phải là {similar}?"),
    "unknown_nomination": ('Không có hồ sơ với mã "{value}".', "Ghi mã hồ sơ đã nhập."),
    "unknown_nomination/similar": ('Không có hồ sơ với mã "{value}".', "Có phải là {similar}?"),
    "unknown_criterion": ('Không có tiêu chí "{value}".', "Ghi mã tiêu chí của thang điểm."),
    "unknown_criterion/similar": ('Không có tiêu chí "{value}".', "Có phải là {similar}?"),
    "score_above_maximum": (
        "Điểm {value} vượt điểm tối đa {maximum}.",
        "Ghi điểm từ 0 đến {maximum}.",
    ),
    "score_below_zero": ("Điểm {value} nhỏ hơn 0.", "Ghi điểm từ 0 đến {maximum}."),
    "score_off_step": (
        "Điểm {value} không theo bước {step}.",
        "Ghi điểm là bội số của {step}.",
    ),
    "duplicate_score": (
        "Người thẩm định đã chấm tiêu chí này cho hồ sơ này ở dòng {other}.",
        "Giữ lại một dòng với điểm đúng.",
    ),
    "unknown_session": ('Không có phiên họp "{value}".', "Ghi số của một phiên họp trong lịch."),
    "unknown_attendance": ('Không rõ hình thức tham dự "{value}".', "Ghi một trong: {allowed}."),
    "unknown_vote": ('Không rõ phiếu "{value}".', "Ghi một trong: {allowed}."),
    "vote_by_absent": (
        'Thành viên vắng mặt nhưng có phiếu "{value}".',
        "Để trống ô phiếu, hoặc sửa hình thức tham dự (bỏ phiếu bằng văn bản: written).",
    ),
    "duplicate_vote": (
        "Thành viên đã có phiếu cho hồ sơ này trong phiên này ở dòng {other}.",
        "Giữ lại một dòng với phiếu đúng.",
    ),
    "unknown_model": (
        'Không có mô hình được công nhận với mã "{value}".',
        "Ghi mã hồ sơ được công nhận.",
    ),
    "unknown_model/similar": (
        'Không có mô hình được công nhận với mã "{value}".',
        "Có phải là {similar}?",
    ),
    "unknown_adoption": (
        'Không có lượt nhân rộng "{value}".',
        "Ghi mã của một dòng khác hoặc để trống.",
    ),
    "unknown_adoption/similar": ('Không có lượt nhân rộng "{value}".', "Có phải là {similar}?"),
    "adoption_other_model": (
        'Lượt nhân rộng nguồn "{value}" thuộc mô hình khác ({model}).',
        "Ghi nguồn cùng mô hình hoặc để trống.",
    ),
    "unknown_state": ('Không có trạng thái "{value}".', "Ghi một trong: {allowed}."),
    "dates_out_of_order": (
        "Ngày {value} trước ngày của bước {before}.",
        "Sửa để các ngày theo đúng thứ tự các bước.",
    ),
    "state_without_date": (
        'Trạng thái "{value}" nhưng thiếu ngày {date}.',
        "Ghi ngày của bước này hoặc sửa trạng thái.",
    ),
    "state_behind_dates": (
        'Trạng thái "{value}" nhưng đã có ngày {date}.',
        "Sửa trạng thái theo bước cuối cùng đã có ngày, hoặc xóa ngày.",
    ),
    "steps_skipped": (
        "Có ngày {date} nhưng thiếu ngày của bước {missing}.",
        "Ghi đủ ngày của các bước trước.",
    ),
}
