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
    # Ô
    "missing_required": ('Thiếu "{header}".', "Điền vào ô này."),
    "missing_required/covered": (
        'Thiếu "{header}": ô bị gộp với ô {place}.',
        "Bỏ gộp ô và điền giá trị riêng cho ô này.",
    ),
    "merged_cell": (
        "Ô được gộp trên vùng {range}; giá trị chỉ tính cho ô đầu tiên.",
        "Bỏ gộp ô và điền giá trị cho từng ô.",
    ),
    "merged_cell/covered": (
        'Thiếu "{header}": ô trống vì bị gộp, giá trị nằm ở ô {place}.',
        "Bỏ gộp ô và chép giá trị của ô {place} xuống nếu đúng.",
    ),
    "merged_cell/empty": (
        "Ô trống vì bị gộp, giá trị nằm ở ô {place}; được hiểu là để trống.",
        "Bỏ gộp ô và điền giá trị nếu có.",
    ),
    "formula_cell": (
        "Ô chứa công thức; đã lấy kết quả được lưu: {result}.",
        "Nên dán giá trị thay cho công thức.",
    ),
    "formula_cell/ignored": (
        "Công thức không có kết quả; cột này không được đọc.",
        "Không cần sửa.",
    ),
    "formula_cell/error": (
        "Ô báo lỗi {value} của công thức.",
        "Sửa công thức hoặc điền trực tiếp giá trị đúng.",
    ),
    "formula_cell/broken": (
        "Công thức tham chiếu đến ô đã bị xóa (#REF!).",
        "Điền trực tiếp giá trị đúng.",
    ),
    "formula_cell/volatile": (
        "Công thức cho kết quả khác nhau mỗi lần mở tệp.",
        "Điền trực tiếp giá trị thay cho công thức.",
    ),
    "formula_cell/no_value": (
        "Công thức không kèm kết quả được lưu.",
        "Mở tệp bằng Excel và lưu lại, hoặc điền trực tiếp giá trị.",
    ),
    "whitespace": (
        "Có khoảng trắng thừa hoặc ký tự ẩn; đã bỏ đi.",
        "Nên xóa khoảng trắng ở đầu và cuối ô.",
    ),
    "whitespace/only": ("Ô chỉ có ký tự ẩn; được hiểu là để trống.", "Nên xóa nội dung ô."),
    "mixed_unicode_forms": (
        "Văn bản lẫn chữ dựng sẵn và chữ tổ hợp; đã chuyển về chữ dựng sẵn (NFC).",
        "Không bắt buộc sửa; nên gõ lại bằng một bộ gõ Unicode dựng sẵn.",
    ),
    "mixed_unicode_forms/decomposed": (
        "Ô dùng chữ Unicode tổ hợp (NFD), khác các ô còn lại; đã chuyển về chữ dựng sẵn (NFC).",
        "Không bắt buộc sửa; nên gõ lại bằng một bộ gõ Unicode dựng sẵn.",
    ),
    "mixed_unicode_forms/row": (
        "Cả dòng lẫn chữ dựng sẵn và chữ tổ hợp; đã chuyển về chữ dựng sẵn (NFC).",
        "Không cần sửa.",
    ),
    "legacy_encoding": (
        'Văn bản gõ bằng phông cũ (TCVN3, VNI), có lẽ là: "{meaning}".',
        "Chuyển sang Unicode (ví dụ bằng UniKey) rồi dán lại.",
    ),
    "legacy_encoding/lost": (
        "Văn bản đã mất chữ (ký tự thay thế).",
        "Gõ lại nội dung hoặc dán lại từ bản gốc.",
    ),
    "html_in_text": (
        "Văn bản chứa mã HTML, có lẽ dán từ trang web.",
        "Dán lại dạng văn bản thuần, bỏ các thẻ <...>.",
    ),
    "formula_injection": (
        'Văn bản bắt đầu bằng "{sign}"; được lưu nguyên văn và vô hiệu hóa khi xuất tệp.',
        "Không bắt buộc sửa; nên bỏ ký tự ở đầu ô.",
    ),
    "formula_injection/formula": (
        "Văn bản là một công thức mà bảng tính có thể chạy khi mở tệp.",
        "Ghi nội dung bằng chữ, không bắt đầu bằng dấu =.",
    ),
    "too_long": (
        "Văn bản dài {length} ký tự, tối đa {limit}.",
        "Rút gọn, hoặc gửi phần dài thành tệp kèm theo.",
    ),
    "not_a_number": ('"{value}" không phải là số.', "Ghi bằng chữ số, ví dụ 1."),
    "not_a_number/whole": ("{value} không phải số nguyên.", "Ghi số nguyên, ví dụ 2."),
    "number_as_text": (
        "Số được ghi dạng văn bản; được hiểu là {number}.",
        "Nên đổi ô sang dạng số.",
    ),
    "number_as_share": (
        "Ô định dạng phần trăm; được hiểu là {number} %.",
        "Nên ghi số phần trăm không định dạng, ví dụ 85.",
    ),
    "number_as_share/low": (
        "Giá trị nhỏ hơn 1; được hiểu là {number} %.",
        "Kiểm tra: nếu là tỷ lệ (0,85) thì ghi 85.",
    ),
    "out_of_range": ("{value} nằm ngoài khoảng cho phép.", "Ghi giá trị từ {low} đến {high}."),
    "out_of_range/low": ("{value} nhỏ hơn mức cho phép.", "Ghi giá trị từ {low} trở lên."),
    "invalid_date": (
        '"{value}" không phải một ngày cụ thể.',
        "Ghi đủ ngày/tháng/năm, ví dụ 5/9/2022.",
    ),
    "invalid_date/no_such_day": (
        '"{value}" không có trong lịch (ngày ghi trước tháng).',
        "Ghi đúng ngày/tháng/năm, ví dụ 28/2/2023.",
    ),
    "date_out_of_range": (
        "Ngày {value} nằm ngoài khoảng cho phép.",
        "Ghi ngày từ {earliest} đến {latest}.",
    ),
    "date_as_text": (
        "Ngày được ghi dạng văn bản; được hiểu là {meant} (ngày trước, tháng sau).",
        "Nên đổi ô sang dạng ngày.",
    ),
    "date_as_number": (
        "Ngày được ghi dạng số của Excel; được hiểu là {meant}.",
        "Nên đổi ô sang dạng ngày.",
    ),
    "date_in_text": (
        "Ô văn bản chứa giá trị ngày; được lưu là {value}.",
        "Kiểm tra xem Excel có tự đổi nội dung thành ngày không.",
    ),
    "unknown_yes_no": ('"{value}" không rõ là có hay không.', 'Ghi "Có" hoặc "Không".'),
    "unknown_yes_no/understood": (
        '"{value}" được hiểu là "{meant}".',
        'Nên ghi "Có" hoặc "Không".',
    ),
    "unknown_field": ('Không có lĩnh vực "{value}".', "Chọn một trong: {allowed}."),
    "unknown_field/understood": ('"{value}" được hiểu là "{meant}".', 'Nên ghi đúng "{meant}".'),
    "unknown_subject_kind": ('Không có loại đối tượng "{value}".', "Chọn một trong: {allowed}."),
    "unknown_subject_kind/understood": (
        '"{value}" được hiểu là "{meant}".',
        'Nên ghi đúng "{meant}".',
    ),
    "invalid_email": (
        '"{value}" không phải địa chỉ email.',
        "Ghi một địa chỉ dạng ten@donvi.vn.",
    ),
    "invalid_email/several": (
        "Ô có nhiều địa chỉ email.",
        "Chỉ ghi một địa chỉ, ví dụ {first}; ghi các địa chỉ khác ở Ghi chú.",
    ),
    "duplicate_code": (
        'Mã "{value}" trùng với dòng {other} (không phân biệt chữ hoa và khoảng trắng).',
        "Đặt cho mỗi hồ sơ một mã riêng, hoặc xóa dòng lặp.",
    ),
    "duplicate_code/known": (
        'Mã "{value}" gần như trùng với hồ sơ đã có "{known}".',
        'Ghi đúng "{known}" nếu nộp lại hồ sơ này, hoặc đặt mã khác.',
    ),
    "already_received": (
        'Hồ sơ "{value}" đã nhận trước đó, và dòng này ghi khác.',
        "Nếu để sửa hồ sơ, hãy gửi tệp với revise=true; nếu là hồ sơ mới, hãy đặt mã khác.",
    ),
    "code_taken": (
        'Mã "{value}" đã dùng cho hồ sơ của đơn vị khác.',
        "Đặt mã khác cho hồ sơ này.",
    ),
    "not_changeable": (
        'Hồ sơ "{value}" không sửa được nữa: {state}.',
        "Xóa dòng này; nếu là hồ sơ mới, hãy đặt mã khác.",
    ),
    "other_unit": (
        "Đây là hồ sơ của {value}; ông/bà đề cử cho {yours}.",
        "Chỉ gửi hồ sơ của đơn vị mình; hãy xóa dòng này, hoặc sửa mã đơn vị.",
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
    "unknown_role": ('Không có vai trò "{value}".', "Các vai trò: {allowed}."),
    "unknown_person": ('Không có người với mã "{value}".', "Ghi mã theo danh sách người."),
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
