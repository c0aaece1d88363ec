"""Why can a file not be read, and what is to be done? The words of every `FileUnreadable`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from campaigns.rules.errors import FileUnreadable
from schemas.vocabulary import Language

_TEXTS: Final[dict[str, dict[Language, str]]] = {
    "missing": {
        "vi": "Không có tệp này; hãy kiểm tra đường dẫn và tên tệp.",
        "en": "There is no such file; check the folder and the name.",
    },
    "directory": {
        "vi": "Đây là thư mục, không phải tệp; hãy chỉ ra một tệp .xlsx hoặc .csv trong đó.",
        "en": "This is a folder, not a file; name a .xlsx or .csv file inside it.",
    },
    "forbidden": {
        "vi": "Không có quyền đọc tệp, hoặc tệp đang bị chương trình khác khóa.",
        "en": "The file may not be read, or another program has locked it.",
    },
    "empty": {
        "vi": "Tệp rỗng (0 byte); hãy gửi lại tệp gốc.",
        "en": "The file is empty (0 bytes); send the original again.",
    },
    "old_xls": {
        "vi": "Đây là sổ tính Excel 97-2003 (.xls), dù tên có thể khác; "
        'hãy mở bằng Excel và lưu lại dạng "Excel Workbook (.xlsx)".',
        "en": "This is an Excel 97-2003 workbook (.xls), whatever its name says; "
        'open it in Excel and save it as "Excel Workbook (.xlsx)".',
    },
    "password": {
        "vi": "Tệp được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu (Tệp > Thông tin > Bảo vệ) "
        "rồi lưu lại.",
        "en": "The file is protected by a password; remove it (File > Info > Protect) and "
        "save again.",
    },
    "html": {
        "vi": "Đây là trang web (HTML) mang đuôi của sổ tính; hãy mở bằng Excel và lưu lại "
        "dạng .xlsx.",
        "en": "This is a web page (HTML) named like a workbook; open it in Excel and save "
        "it as .xlsx.",
    },
    "text_as_xlsx": {
        "vi": "Đây là tệp văn bản (CSV), không phải sổ tính; hãy đổi đuôi tên tệp thành .csv.",
        "en": "This is a text file (CSV), not a workbook; give its name the ending .csv.",
    },
    "text": {
        "vi": "Đây là tệp văn bản (CSV), không phải sổ tính; hãy mở bằng Excel và lưu lại dạng "
        '"Excel Workbook (.xlsx)".',
        "en": "This is a text file (CSV), not a workbook; open it in Excel and save it as "
        '"Excel Workbook (.xlsx)".',
    },
    "zip_as_csv": {
        "vi": "Đây là sổ tính, không phải CSV; hãy đổi đuôi tên tệp thành .xlsx.",
        "en": "This is a workbook, not CSV; give its name the ending .xlsx.",
    },
    "not_a_workbook": {
        "vi": "Đây không phải sổ tính Excel; hãy lưu bảng dạng .xlsx hoặc CSV UTF-8.",
        "en": "This is no Excel workbook; save the table as .xlsx or as CSV UTF-8.",
    },
    "not_xlsx": {
        "vi": "Đây không phải sổ tính Excel; hãy lưu bảng dạng .xlsx.",
        "en": "This is no Excel workbook; save the table as .xlsx.",
    },
    "other_zip": {
        "vi": "Tệp nén này không chứa sổ tính Excel (.ods, .xlsb, .docx đều không đọc được); "
        "hãy lưu lại dạng .xlsx.",
        "en": "This archive holds no Excel workbook (.ods, .xlsb and .docx cannot be read); "
        "save it as .xlsx.",
    },
    "damaged": {
        "vi": "Tệp bị hỏng hoặc chưa tải xong ({detail}); hãy tải lại, hoặc mở bằng Excel "
        "và lưu lại.",
        "en": "The file is damaged or was not copied whole ({detail}); copy it again, or "
        "open it in "
        "Excel and save it.",
    },
    "no_sheets": {
        "vi": "Sổ tính không có trang tính nào.",
        "en": "The workbook has no worksheet.",
    },
    "bomb": {
        "vi": "Nội dung giải nén lớn bất thường ({detail}); tệp không được đọc. "
        "Hãy chép dữ liệu sang sổ tính mới, bỏ các dòng định dạng trống, rồi lưu lại.",
        "en": "The unpacked content is unreasonably large ({detail}); the file was not read. "
        "Copy the data to a new workbook without formatted empty rows and save that.",
    },
    "long": {
        "vi": "Trang tính có hơn {detail} dòng, kể cả dòng trống; hãy xóa các dòng trống có định "
        "dạng, hoặc chia thành nhiều tệp.",
        "en": "The sheet has more than {detail} rows, empty ones included; delete the formatted "
        "empty rows, or send several files.",
    },
    "wide": {
        "vi": "Trang tính có ô ghi ngoài cột thứ {detail}; hãy xóa các ô ở xa bảng rồi lưu lại.",
        "en": "The sheet holds something beyond column number {detail}; delete the cells far from "
        "the table and save it again.",
    },
    "dtd": {
        "vi": "Tệp chứa khai báo XML (DTD) mà Excel không bao giờ ghi; tệp không được đọc.",
        "en": "The file holds an XML declaration (DTD) that Excel never writes; it was not read.",
    },
    "encoding": {
        "vi": "Tệp không ghi bằng bảng mã UTF-8 (lỗi từ dòng {detail}); "
        'hãy lưu lại dạng "CSV UTF-8 (Comma delimited)".',
        "en": "The file is not written in UTF-8 (first fault near line {detail}); "
        'save it as "CSV UTF-8 (Comma delimited)".',
    },
    "csv": {
        "vi": "Không đọc được bảng CSV ({detail}); thường do thiếu dấu ngoặc kép đóng.",
        "en": "The CSV table cannot be read ({detail}); mostly a closing quotation mark is "
        "missing.",
    },
}


def unreadable(path: Path, why: str, language: Language, detail: str = "") -> FileUnreadable:
    """Make the error for `path`; `why` is a key of the texts above."""
    return FileUnreadable(f"{path.name}: {_TEXTS[why][language].format(detail=detail)}")
