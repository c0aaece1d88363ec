"""In which words does the reader of a playbook learn what is wrong with it?

One entry per code, in Vietnamese and English: what is wrong, and what to write instead. Values in
braces come from the fault.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Words(NamedTuple):
    """Message and suggestion in both languages."""

    vi: tuple[str, str]
    en: tuple[str, str]


_FILE: Final[dict[str, Words]] = {
    "not_utf8": Words(
        ("Tệp không phải UTF-8.", "Lưu lại tệp với mã hóa UTF-8."),
        ("The file is not UTF-8.", "Save it with the encoding UTF-8."),
    ),
    "too_large": Words(
        ("Tệp lớn hơn {maximum} KB.", "Một phong trào chỉ cần khoảng 12 KB; kiểm tra lại tệp."),
        ("The file is larger than {maximum} KB.", "A playbook needs about 12 KB; check the file."),
    ),
    "empty_file": Words(
        ("Tệp không có nội dung.", "Bắt đầu từ một bản sao của dan-van-kheo.yaml."),
        ("The file holds nothing.", "Start from a copy of dan-van-kheo.yaml."),
    ),
    "not_a_mapping": Words(
        ("Tệp phải gồm các dòng `khóa: giá trị`.", "Dòng đầu tiên: `playbook: ten-phong-trao`."),
        ("The file must be made of lines `key: value`.", "First line: `playbook: my-campaign`."),
    ),
    "several_documents": Words(
        ("Tệp chứa nhiều tài liệu YAML (dòng `---`).", "Mỗi tệp chỉ một phong trào."),
        ("The file holds several YAML documents (a line `---`).", "One playbook per file."),
    ),
    "control_character": Words(
        ("Có ký tự điều khiển {character}, không được phép.", "Xóa ký tự này."),
        ("There is a control character {character}, which is not allowed.", "Delete it."),
    ),
    "tag": Words(
        ("Không dùng thẻ YAML ({tag}).", "Xóa thẻ, chỉ ghi giá trị."),
        ("YAML tags are not used ({tag}).", "Delete the tag and write the value only."),
    ),
    "alias_unknown": Words(
        ("`*{name}` trỏ tới một mỏ neo chưa có hoặc chứa chính nó.", "Viết giá trị ra đầy đủ."),
        ("`*{name}` refers to no finished anchor before it.", "Write the value out."),
    ),
    "too_many_nodes": Words(
        ("Tệp có hơn {maximum} giá trị khi mở hết các bí danh.", "Bỏ bớt bí danh (`*tên`)."),
        ("There are more than {maximum} values, aliases expanded.", "Use fewer aliases (`*name`)."),
    ),
    "too_deep": Words(
        ("Lồng nhau quá {maximum} cấp.", "Kiểm tra thụt lề và dấu ngoặc."),
        ("Nested deeper than {maximum} levels.", "Check indentation and brackets."),
    ),
    "key_not_text": Words(
        ("Khóa phải là một từ.", "Viết `khóa: giá trị`."),
        ("A key must be a word.", "Write `key: value`."),
    ),
    "duplicate_key": Words(
        ("Khóa `{key}` đã có ở dòng {line}.", "Giữ lại một trong hai."),
        ("The key `{key}` stands on line {line} already.", "Keep one of the two."),
    ),
    "tab_indent": Words(
        ("Thụt lề bằng phím Tab; YAML chỉ dùng dấu cách.", "Thay Tab bằng hai dấu cách."),
        ("Indented with a tab; YAML takes spaces only.", "Replace the tab by two spaces."),
    ),
    "syntax_colon": Words(
        ("Không thể có thêm `: ` ở đây.", 'Đặt đoạn chữ trong "…", hoặc sửa thụt lề dòng trên.'),
        (
            "A further `: ` cannot stand here.",
            'Put the text in "…", or mend the indentation of the line before.',
        ),
    ),
    "syntax_dash": Words(
        ("Dấu `-` của danh sách phải ở đầu dòng mới.", "Xuống dòng trước dấu `-`."),
        ("The `-` of a list stands at the start of a line.", "Start a new line before the `-`."),
    ),
    "syntax_character": Words(
        ("Giá trị không thể bắt đầu bằng ký tự này ({problem}).", 'Đặt giá trị trong "…".'),
        ("A value cannot begin with this character ({problem}).", 'Put the value in "…".'),
    ),
    "syntax_no_colon": Words(
        ("Thiếu `:` sau khóa.", "Viết `khóa: giá trị`."),
        ("The `:` after a key is missing.", "Write `key: value`."),
    ),
    "syntax_indent": Words(
        ("Dòng này thụt lề không khớp với các dòng trên.", "Các khóa cùng cấp phải thẳng cột."),
        (
            "The indentation does not fit the lines above.",
            "Keys of one level start in the same column.",
        ),
    ),
    "syntax_quote": Words(
        ("Dấu nháy mở ở đây không được đóng.", "Thêm dấu nháy đóng."),
        ("The quotation mark opened here is never closed.", "Add the closing one."),
    ),
    "syntax_bracket": Words(
        (
            "Dấu ngoặc mở ở đây có chỗ không đọc được ở dòng {line} ({problem}).",
            "Đóng ngoặc; chữ có dấu phẩy hay dấu hai chấm phải đặt trong nháy kép.",
        ),
        (
            "The bracket opened here cannot be read on from line {line} ({problem}).",
            "Close it; text with a comma or a colon stands in quotation marks.",
        ),
    ),
    "syntax": Words(
        ("YAML không đọc được ({problem}).", "Sửa dòng này."),
        ("YAML cannot read this ({problem}).", "Mend this line."),
    ),
}

_SHAPE: Final[dict[str, Words]] = {
    "unknown_key": Words(
        ("Không có khóa `{key}` ở đây.", "Các khóa được dùng: {allowed}."),
        ("There is no key `{key}` here.", "Keys allowed: {allowed}."),
    ),
    "unknown_key_similar": Words(
        ("Không có khóa `{key}` ở đây.", "Có phải ý bạn là `{similar}`?"),
        ("There is no key `{key}` here.", "Did you mean `{similar}`?"),
    ),
    "unknown_key_elsewhere": Words(
        ("Không có khóa `{key}` ở đây.", "Khóa này thuộc về: {places}."),
        ("There is no key `{key}` here.", "It belongs under: {places}."),
    ),
    "unknown_key_text": Words(
        ("Không có khóa `{key}` ở đây.", "Chữ có dấu phẩy trong `{{…}}` phải đặt trong nháy kép."),
        ("There is no key `{key}` here.", "Text with a comma inside `{{…}}` stands in quotes."),
    ),
    "merge_key": Words(
        ("Không dùng khóa gộp `<<`.", "Viết các khóa ra đầy đủ."),
        ("The merge key `<<` is not used.", "Write the keys out."),
    ),
    "missing_key": Words(
        ("Thiếu khóa `{key}`.", "Thêm `{key}: …`."),
        ("The key `{key}` is missing.", "Add `{key}: …`."),
    ),
    "empty_value": Words(
        ("Chưa có giá trị.", "Ghi giá trị, hoặc xóa khóa nếu không bắt buộc."),
        ("There is no value.", "Write one, or delete the key if it is not required."),
    ),
    "text_wanted": Words(
        ("Ở đây cần một đoạn chữ.", 'Viết trên một dòng, trong "…" nếu có dấu hai chấm.'),
        ("Text is wanted here.", 'Write it on one line, in "…" if it has a colon.'),
    ),
    "integer_wanted": Words(
        ("`{value}` không phải số nguyên.", "Ghi số nguyên, ví dụ 5."),
        ("`{value}` is not a whole number.", "Write a whole number, such as 5."),
    ),
    "number_wanted": Words(
        ("`{value}` không phải số.", "Ghi số với dấu chấm thập phân, ví dụ 0.5."),
        ("`{value}` is not a number.", "Write a number with a decimal point, such as 0.5."),
    ),
    "yes_no_wanted": Words(
        ("`{value}` không phải true hay false.", "Ghi `true` (có) hoặc `false` (không)."),
        ("`{value}` is neither true nor false.", "Write `true` or `false`."),
    ),
    "date_wanted": Words(
        ("`{value}` không phải ngày dạng năm-tháng-ngày.", "Ví dụ: {example}."),
        ("`{value}` is not a date written year-month-day.", "For example: {example}."),
    ),
    "time_wanted": Words(
        ("`{value}` không phải ngày giờ.", "Ví dụ: {example}."),
        ("`{value}` is not a date and time.", "For example: {example}."),
    ),
    "time_offset": Words(
        ("`{value}` có múi giờ riêng.", "Ghi giờ địa phương, không có `Z` hay `+07:00`."),
        ("`{value}` has an offset.", "Write local time, without `Z` or `+07:00`."),
    ),
    "not_allowed": Words(
        ("`{value}` không dùng được ở đây.", "Chọn một trong: {allowed}."),
        ("`{value}` is not allowed here.", "Choose one of: {allowed}."),
    ),
    "not_allowed_similar": Words(
        ("`{value}` không dùng được ở đây.", "Có phải `{similar}`? Các giá trị: {allowed}."),
        ("`{value}` is not allowed here.", "Did you mean `{similar}`? Allowed: {allowed}."),
    ),
    "list_wanted": Words(
        ("Ở đây cần một danh sách.", "Viết `[…, …]`, hoặc mỗi dòng một mục bắt đầu bằng `- `."),
        ("A list is wanted here.", "Write `[…, …]`, or one line per entry that begins with `- `."),
    ),
    "mapping_wanted": Words(
        ("Ở đây cần các dòng `khóa: giá trị`.", "Các khóa: {allowed}."),
        ("Lines `key: value` are wanted here.", "Keys: {allowed}."),
    ),
    "list_empty": Words(
        ("Danh sách không được trống.", "Ghi ít nhất một mục."),
        ("The list may not be empty.", "Write at least one entry."),
    ),
    "out_of_range": Words(
        ("`{value}` nằm ngoài giới hạn.", "Giới hạn: {limit}."),
        ("`{value}` is out of range.", "It must be {limit}."),
    ),
    "exponent": Words(
        ("`{value}`: không viết số bằng lũy thừa.", "Viết số ra đầy đủ."),
        ("`{value}`: a number is not written with an exponent.", "Write it out."),
    ),
    "code_wanted": Words(
        ("`{value}` không phải mã phong trào.", "Chữ in hoa, số, gạch nối; ví dụ DVK-2024."),
        ("`{value}` is no campaign code.", "Capitals, digits and hyphens, such as DVK-2024."),
    ),
    "share_wanted": Words(
        ("`{value}` không phải tỷ lệ trên 0 và không quá 1.", "Ghi 2/3 hoặc 0.7."),
        ("`{value}` is not a share above 0 and at most 1.", "Write 2/3 or 0.7."),
    ),
    "timezone_unknown": Words(
        ("Không có múi giờ `{value}`.", "Ví dụ: {similar}."),
        ("There is no time zone `{value}`.", "For example: {similar}."),
    ),
    "months_rise": Words(
        ("Các mốc tháng phải tăng dần, từ 1.", "Ví dụ [3, 6, 12]."),
        ("The months must rise, from 1 on.", "For example [3, 6, 12]."),
    ),
    "days_before": Words(
        ("Số ngày trước hạn phải giảm dần, đến ít nhất là 1.", "Ví dụ [7, 3, 1]."),
        ("The days before must fall, down to 1 at least.", "For example [7, 3, 1]."),
    ),
    "days_after": Words(
        ("Số ngày sau hạn phải tăng dần, từ 1.", "Ví dụ [1, 2]."),
        ("The days after must rise, from 1 on.", "For example [1, 2]."),
    ),
    "not_accepted": Words(
        ("Không dùng được: {problem}.", "Xem docs/reference/playbook.md."),
        ("This is not accepted: {problem}.", "See docs/reference/playbook.md."),
    ),
}

READING: Final = {**_FILE, **_SHAPE}
"""Words for what keeps a playbook from being read: its text, its keys, its values."""
