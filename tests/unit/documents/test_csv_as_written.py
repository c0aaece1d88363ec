"""A CSV file is read as its header line says it is written, and refused for its true reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.rules.importing.headers import Wanted
from campaigns.rules.importing.table import TableReader
from documents.reading.workbook import open_workbook
from schemas.imports import FileUnreadable, SheetRow

HEADER = ["Mã hồ sơ", "Điểm", "Nhận xét"]
COMMAS = "Góp công, góp của, hiến đất, làm đường, đắp đê, trồng hoa, thắp sáng"
TABS = "a\tb\tc\td\te\tf"


class Cells(TableReader[list[object]]):
    main_key = HEADER[0]

    def __init__(self) -> None:
        super().__init__([Wanted(name, (name,)) for name in HEADER], "vi")

    def _understand(self, row: SheetRow) -> list[object]:
        return [self._cell(row, name).value for name in HEADER]


def understood(path: Path) -> list[list[object]]:
    with open_workbook(path) as book:
        return list(Cells().read(book.sheets))


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", [COMMAS, "a; b; c; d; e; f", "x | y | z | w | v | u", TABS])
@pytest.mark.parametrize("above", ["", "Danh sách, đợt 1; tỉnh, huyện, xã; năm 2026 | tất cả\n"])
def test_header_line_tells_the_separator(tmp_path: Path, sign: str, text: str, above: str) -> None:
    quoted = f'"{text}"' if sign in text else text
    lines = [sign.join(HEADER), sign.join(["HR-01", '"8,5"', quoted])]
    path = written(tmp_path, above + "\n".join(lines) + "\n")
    assert understood(path) == [["HR-01", "8,5", text]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_are_those_of_the_file(
    tmp_path: Path, encoding: str, end: str
) -> None:
    text = f'{";".join(HEADER)}{end}HR-01;8;"một{end}hai"{end}HR-02;9;ba{end}'
    found = understood(written(tmp_path, text, encoding))
    assert found == [["HR-01", "8", f"một{end}hai"], ["HR-02", "9", "ba"]]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "\ufeffSEP=;"])
def test_line_that_names_the_separator_is_no_row(tmp_path: Path, first: str) -> None:
    path = written(tmp_path, f"{first}\r\n{';'.join(HEADER)}\r\nHR-01;8;a,b,c,d\r\n")
    assert understood(path) == [["HR-01", "8", "a,b,c,d"]]
    with open_workbook(path) as book:
        assert [row.number for row in book.sheets[0].rows()] == [2, 3]


def test_field_of_a_million_letters_is_a_fault_of_its_cell(tmp_path: Path) -> None:
    path = written(tmp_path, f"{','.join(HEADER)}\nHR-01,8,{'x' * 1_000_000}\nHR-02,9,ba\n")
    assert [row[0] for row in understood(path)] == ["HR-01", "HR-02"]


LONG = 5 << 20
REFUSED = {
    "open-quote": (b'a,b\n1,"x\n2,y\n', "Dấu ngoặc kép mở.*dòng 2 không có dấu đóng"),
    "quote-inside": (b'a,b\n1,y\n2,"x" z\n', "dòng 3, sau dấu ngoặc kép đóng"),
    "long-field": (b"a,b\n1," + b"x" * LONG + b"\n", "Dòng 2 có ô dài hơn 4 triệu"),
    "long-quoted": (b'a,b\n1,"' + b"x\n" * LONG, "dòng 2 kéo dài.*hoặc thiếu"),
    "nul": (b"a,b\n1,x\n2,y\0\n", "Dòng 3 chứa ký tự NUL"),
    "windows-1258": ("mã,tên\n1,Hòa\n".encode("cp1258", "replace"), "không ghi bằng.*UTF-8"),
    "windows-1252": ("ma,ten\n1,an\n2,Hòa\n".encode("cp1252"), "dòng 3"),
    "cut-utf-16": ("mã,tên\n1,Hòa\n".encode("utf-16")[:-1] + b"\xd8", "UTF-16"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_reason_of_a_refusal_is_true(tmp_path: Path, kind: str) -> None:
    content, says = REFUSED[kind]
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with (
        pytest.raises(FileUnreadable, match=says) as caught,
        open_workbook(path) as book,
    ):
        list(book.sheets[0].rows())
    assert ("ngoặc kép" in str(caught.value)) == ("quote" in kind or "quoted" in kind)
