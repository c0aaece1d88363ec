"""What is told in Vietnamese of a single cell: a message and a remedy of every kind of fault."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "unreadable_cell": (
        'Trong tệp, ô này ghi "{value}", không phải giá trị của một ô.',
        "Gõ lại giá trị bằng Excel.",
    ),
    "struck_cell": (
        "Ô bị gạch ngang nhưng vẫn được đọc.",
        "Xóa nội dung không còn tính, hoặc bỏ gạch ngang.",
    ),
    "struck_cell/part": (
        "Một phần văn bản bị gạch ngang nhưng vẫn được đọc.",
        "Xóa phần chữ không còn tính, hoặc bỏ gạch ngang.",
    ),
    "unseen_cell": (
        "Không ai nhìn thấy nội dung của ô (do màu, cỡ chữ hoặc định dạng) nhưng vẫn được đọc.",
        "Cho hiện nội dung và kiểm tra; xóa nếu không tính.",
    ),
    "unseen_cell/part": (
        "Một phần văn bản không nhìn thấy được (do màu hoặc cỡ chữ) nhưng vẫn được đọc.",
        "Cho hiện nội dung và kiểm tra; xóa nếu không tính.",
    ),
    "number_format_unknown": (
        'Không rõ định dạng số "{format}" của ô hiển thị gì; được hiểu là {meant}.',
        "Kiểm tra; nếu là mã thì ghi dạng văn bản.",
    ),
    "number_with_marks": (
        'Ô hiển thị "{seen}", với dấu phân cách khác nhau tùy máy; được hiểu là {meant}.',
        "Ghi mã dạng văn bản.",
    ),
    "number_seen_otherwise": (
        'Ô hiển thị "{seen}" nhưng giá trị là {number}; đã đọc giá trị.',
        "Ghi đúng số muốn gửi, hoặc đổi định dạng của ô.",
    ),
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
        "Rút gọn văn bản trong ô này.",
    ),
    "not_a_number": ('"{value}" không phải là số.', "Ghi bằng chữ số, ví dụ 1."),
    "not_a_number/whole": ("{value} không phải số nguyên.", "Ghi số nguyên, ví dụ 2."),
    "not_a_number/share": (
        '"{value}" là phần trăm, không phải số.',
        "Ghi số không có phần trăm, ví dụ 1.",
    ),
    "number_as_text": (
        "Số được ghi dạng văn bản; được hiểu là {number}.",
        "Nên đổi ô sang dạng số.",
    ),
    "number_as_text/written": (
        "Số được hiểu là {number}.",
        "Kiểm tra dấu phân cách hàng nghìn và thập phân.",
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
    "invalid_date/zone": (
        '"{value}" ghi kèm múi giờ, mà danh mục không có múi giờ nào để đổi sang.',
        "Chỉ ghi ngày, ví dụ 5/9/2022.",
    ),
    "date_with_zone": (
        "Thời điểm ghi kèm múi giờ; được hiểu là {meant} theo giờ của phong trào.",
        "Không cần sửa.",
    ),
    "date_seen_in_part": (
        "Ô chỉ hiển thị một phần của ngày giờ; được hiểu là {meant}.",
        "Cho hiện đủ ngày giờ và kiểm tra.",
    ),
    "date_swapped": (
        (
            "Có lẽ ngày và tháng bị đổi chỗ trong {count} ô của cột này (dòng {rows}): mọi ô dạng "
            'ngày đều có ngày không quá 12, còn các ngày sau đó, như "{text}" ở dòng {text_row}, '
            "là chữ, như khi gõ vào Excel cài đặt kiểu Mỹ. Đã đọc là {value}."
        ),
        (
            "Kiểm tra: có thể muốn ghi {swapped}. Gõ lại thành ô dạng ngày, hoặc ghi chữ với ngày "
            "trước, tháng sau."
        ),
    ),
    "date_swapped/us_text": (
        (
            'Cột có "{text}" (dòng {text_row}), chỉ có thể là tháng trước, ngày sau; còn {value} '
            "và các ô khác (dòng {rows}) được đọc ngày trước, tháng sau."
        ),
        "Kiểm tra; ghi mọi ngày theo thứ tự ngày/tháng/năm, ví dụ 5/9/2022.",
    ),
    "date_out_of_range": (
        "Ngày {value} nằm ngoài khoảng cho phép.",
        "Ghi ngày từ {earliest} đến {latest}.",
    ),
    "date_as_text": (
        "Ngày được ghi dạng văn bản; được hiểu là {meant} (ngày trước, tháng sau).",
        "Nên đổi ô sang dạng ngày.",
    ),
    "date_as_text/iso": (
        "Ngày được ghi dạng văn bản; được hiểu là {meant}.",
        "Nên đổi ô sang dạng ngày.",
    ),
    "date_as_text/written": (
        "Ngày được hiểu là {meant} (ngày trước, tháng sau).",
        "Kiểm tra; nếu đúng thì không cần sửa.",
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
    "bad_code": (
        'Mã "{value}" có chỗ không dùng được: "{sign}".',
        "Mã gồm chữ cái Latinh, chữ số 0-9, và từng dấu - _ . / ở giữa, ví dụ 01/HS-BTR.",
    ),
    "bad_code/meant": (
        'Mã "{value}" có chỗ không dùng được: "{sign}".',
        'Mã gồm chữ cái Latinh, chữ số 0-9, và từng dấu - _ . / ở giữa; có thể ghi "{meant}".',
    ),
    "bad_code/lookalike": (
        'Mã "{value}" có chữ trông như chữ Latinh nhưng thuộc bảng chữ khác: {sign}.',
        'Gõ lại bằng bàn phím thường: "{meant}".',
    ),
    "bad_code/understood": (
        'Mã "{value}" có ký tự khổ rộng hoặc kiểu khác; được hiểu là "{meant}".',
        "Nên gõ lại bằng bàn phím thường.",
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
}
