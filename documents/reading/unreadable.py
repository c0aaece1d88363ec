"""Why can a file not be read, and what is to be done? The words of every `FileUnreadable`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from language import Language
from schemas.imports import FileUnreadable

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
    "xml_2003": {
        "vi": "Đây là sổ tính XML 2003 của Excel, dù tên có thể khác; hãy mở bằng Excel và lưu lại "
        'dạng "Excel Workbook (.xlsx)".',
        "en": "This is an XML Spreadsheet 2003, whatever its name says; open it in Excel and save "
        'it as "Excel Workbook (.xlsx)".',
    },
    "xml": {
        "vi": "Đây là tệp XML, không phải sổ tính; hãy lưu bảng dạng .xlsx.",
        "en": "This is an XML file, not a workbook; save the table as .xlsx.",
    },
    "pdf": {
        "vi": "Đây là tệp PDF, dù tên có thể khác; hãy gửi bảng gốc dạng .xlsx.",
        "en": "This is a PDF file, whatever its name says; send the table itself as .xlsx.",
    },
    "rtf": {
        "vi": "Đây là văn bản RTF, không phải sổ tính; hãy chép bảng sang Excel và lưu dạng .xlsx.",
        "en": "This is an RTF text, not a workbook; copy the table to Excel and save it as .xlsx.",
    },
    "picture": {
        "vi": "Đây là tệp ảnh, không phải sổ tính; hãy gửi bảng gốc dạng .xlsx.",
        "en": "This is a picture, not a workbook; send the table itself as .xlsx.",
    },
    "old_word": {
        "vi": "Đây là tệp Word hoặc PowerPoint 97-2003, không phải sổ tính; hãy chép bảng sang "
        "Excel và lưu dạng .xlsx.",
        "en": "This is a Word or PowerPoint 97-2003 file, not a workbook; copy the table to Excel "
        "and save it as .xlsx.",
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
        "vi": "Tệp nén này không chứa sổ tính Excel; hãy gửi chính tệp .xlsx, hoặc lưu bảng lại "
        "dạng .xlsx.",
        "en": "This archive holds no Excel workbook; send the .xlsx file itself, or save the "
        "table as .xlsx.",
    },
    "other_kind": {
        "vi": "Đây là tệp {detail}, dù tên có thể khác, nên không đọc được; hãy mở bằng chương "
        "trình đã tạo ra nó và lưu bảng lại dạng .xlsx.",
        "en": "This is a {detail} file, whatever its name says, and cannot be read; open it in "
        "the program that made it and save the table as .xlsx.",
    },
    "part_missing": {
        "vi": "Tệp thiếu một phần mà sổ tính nhắc đến ({detail}); hãy mở bằng Excel và lưu lại, "
        "hoặc xuất lại từ chương trình đã tạo ra nó.",
        "en": "A part that the workbook names is not in the file ({detail}); open it in Excel and "
        "save it, or export it again from the program that made it.",
    },
    "part_doubled": {
        "vi": "Tệp chứa hai phần cùng tên ({detail}) nên không biết phần nào là đúng; hãy mở bằng "
        "Excel và lưu lại.",
        "en": "The file holds two parts of one name ({detail}), and which is right is not known; "
        "open it in Excel and save it.",
    },
    "packing": {
        "vi": "Tệp được nén theo cách mà Excel không dùng ({detail}); hãy mở bằng Excel và lưu "
        "lại.",
        "en": "The file is packed in a way that Excel does not use ({detail}); open it in Excel "
        "and save it.",
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
    "sheets": {
        "vi": "Sổ tính có hơn {detail} trang tính, hoặc nhiều trang tính chung một nội dung; hãy "
        "chép bảng cần nhập sang sổ tính mới.",
        "en": "The workbook has more than {detail} sheets, or several that are one and the same; "
        "copy the table to a new workbook.",
    },
    "long": {
        "vi": "Tệp có hơn {detail} dòng, kể cả dòng trống; hãy xóa các dòng trống có định "
        "dạng, hoặc chia thành nhiều tệp.",
        "en": "The file has more than {detail} rows, empty ones included; delete the formatted "
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
        "vi": "Tệp không ghi bằng bảng mã UTF-8 (lỗi từ dòng {detail}), có lẽ bằng bảng mã cũ của "
        'Windows, nên chữ Việt có thể đã mất; hãy mở bảng gốc và lưu lại dạng "CSV UTF-8".',
        "en": "The file is not written in UTF-8 (first fault near line {detail}), perhaps in an "
        "old encoding of Windows, in which Vietnamese letters may be lost; open the original "
        'table and save it as "CSV UTF-8".',
    },
    "encoding_utf16": {
        "vi": "Tệp ghi bằng bảng mã UTF-16 nhưng bị hỏng (từ dòng {detail}); hãy lưu lại dạng "
        '"CSV UTF-8".',
        "en": "The file is written in UTF-16 and damaged (near line {detail}); save it again as "
        '"CSV UTF-8".',
    },
    "nul": {
        "vi": "Dòng {detail} chứa ký tự NUL, không có trong văn bản; tệp bị hỏng hoặc không phải "
        "bảng CSV. Hãy lưu lại từ bảng gốc.",
        "en": "Line {detail} holds a NUL, which no text has; the file is damaged or no CSV table. "
        "Save it again from the original.",
    },
    "csv": {
        "vi": 'Không đọc được bảng CSV (dòng {detail}); hãy lưu lại từ Excel dạng "CSV UTF-8".',
        "en": 'The CSV table cannot be read (line {detail}); save it again from Excel as "CSV '
        'UTF-8".',
    },
    "csv_open_quote": {
        "vi": "Dấu ngoặc kép mở trong dòng bắt đầu ở dòng {detail} không có dấu đóng; hãy thêm dấu "
        'ngoặc kép đóng, hoặc viết đôi ("") dấu ngoặc kép trong văn bản.',
        "en": "A quotation mark opened in the row that begins on line {detail} is never closed; "
        'close it, or double ("") a quotation mark that belongs to the text.',
    },
    "csv_after_quote": {
        "vi": "Trong dòng bắt đầu ở dòng {detail}, sau dấu ngoặc kép đóng còn chữ khác; dấu ngoặc "
        'kép trong văn bản phải viết đôi ("").',
        "en": "In the row that begins on line {detail}, something stands after a closing quotation "
        'mark; a quotation mark that belongs to the text must be doubled ("").',
    },
    "csv_long_field": {
        "vi": "Dòng {detail} có ô dài hơn 4 triệu ký tự; một ô của Excel chứa tối đa 32.767. "
        "Hãy rút gọn ô đó.",
        "en": "Line {detail} holds a field of more than 4 million characters; a cell of Excel "
        "holds 32,767 at most. Shorten it.",
    },
    "csv_long_quoted": {
        "vi": "Ô bắt đầu trong dòng {detail} kéo dài quá 4 triệu ký tự qua nhiều dòng: hoặc thiếu "
        "dấu ngoặc kép đóng, hoặc văn bản quá dài.",
        "en": "A field that begins in line {detail} runs over many lines and 4 million characters: "
        "either a closing quotation mark is missing or the text is too long.",
    },
}


def unreadable(path: Path, why: str, language: Language, detail: str = "") -> FileUnreadable:
    """Make the error for `path`; `why` is a key of the texts above."""
    return FileUnreadable(f"{path.name}: {_TEXTS[why][language].format(detail=detail)}")
