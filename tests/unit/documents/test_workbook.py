# ruff: noqa: DTZ001 - Excel's dates have no zone
from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from documents.reading.workbook import Limits, open_workbook
from schemas.imports import Cell, FileUnreadable, SheetRow

EXAMPLE = Path(__file__).parents[3] / "examples" / "ben-tre-2023"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _rows(path: Path) -> list[SheetRow]:
    with open_workbook(path) as book:
        return list(book.sheets[0].rows())


def _written(folder: Path, write: Callable[[xlsxwriter.Workbook], object]) -> Path:
    path = folder / "made.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        write(book)
    return path


def _made_of(folder: Path, sheet: str, **parts: str) -> Path:
    """A workbook of raw XML parts, for what no library writes."""
    path = folder / "raw.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "_rels/.rels",
            f'{XML}<Relationships><Relationship Id="a" Type="{RELATION}/officeDocument" '
            'Target="/xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
            '<sheet name="S" r:id="a"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{XML}<Relationships><Relationship Id="a" Type="{RELATION}/worksheet" '
            f'Target="sheet.xml"/><Relationship Id="b" Type="{RELATION}/sharedStrings" '
            'Target="strings.xml"/></Relationships>',
        )
        book.writestr("xl/sheet.xml", sheet)
        for name, text in parts.items():
            book.writestr(f"xl/{name}.xml", text)
    return path


def _sheet(rows: str) -> str:
    return f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'


def test_formula_is_handed_out_with_its_stored_result(tmp_path: Path) -> None:
    path = _written(
        tmp_path, lambda book: book.add_worksheet().write_formula("A1", "=1+2", None, 3)
    )
    assert _rows(path)[0].cells == (Cell(3, "=1+2"),)


def test_error_value_is_handed_out(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write_formula("A1", "=NA()", None, "#N/A")

    assert _rows(_written(tmp_path, write))[0].cells == (Cell(None, "=NA()", "#N/A"),)


def test_merged_range_is_known_before_its_rows(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range("B2:B4", "chung")
        sheet.write_column("A2", [1, 2, 3])

    path = _written(tmp_path, write)
    second, third, _ = _rows(path)
    assert second.cells[1].merged_range == "B2:B4"
    assert third.cells[1].merged_from == (2, "B")


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write("A1", "x")
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})

    with open_workbook(_written(tmp_path, write)) as book:
        assert [row.hidden for row in book.sheets[0].rows()] == [True]
        assert book.sheets[0].hidden_columns == {2, 3}


def test_date_is_handed_out_as_a_date_to_the_second(tmp_path: Path) -> None:
    moment = datetime(2023, 9, 15, 17, 0, 0)

    def write(book: xlsxwriter.Workbook) -> None:
        shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        book.add_worksheet().write_datetime("A1", moment, shown)

    assert _rows(_written(tmp_path, write))[0].cells[0].value == moment


def test_rich_text_is_one_text_without_its_reading_aid(tmp_path: Path) -> None:
    strings = (
        f'{XML}<sst xmlns="{MAIN}"><si><r><t>Bến </t></r><r><t>Tre_x000A_x</t></r>'
        "<rPh><t>no</t></rPh></si></sst>"
    )
    rows = '<x:row><x:c t="s"><x:v>0</x:v></x:c></x:row>'
    assert (
        _rows(_made_of(tmp_path, _sheet(rows), strings=strings))[0].cells[0].value == "Bến Tre\nx"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a_x0000_b", "a\ufffdb"),
        ("a_xD800_b", "a\ufffdb"),
        ("_xDE00__xD83D_", "\ufffd\ufffd"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_x005F_x0000_", "_x0000_"),
    ],
)
def test_what_no_database_keeps_is_lost(tmp_path: Path, written: str, read: str) -> None:
    strings = f'{XML}<sst xmlns="{MAIN}"><si><t>{written}</t></si></sst>'
    shared = '<x:row><x:c t="s"><x:v>0</x:v></x:c></x:row>'
    inline = f'<x:row><x:c t="inlineStr"><x:is><x:t>{written}</x:t></x:is></x:c></x:row>'
    rows = _rows(_made_of(tmp_path, _sheet(shared + inline), strings=strings))
    assert [row.cells[0].value for row in rows] == [read, read]


def test_shared_formula_is_told_in_every_cell(tmp_path: Path) -> None:
    rows = (
        '<x:row r="3"><x:c r="A3"><x:f t="shared" si="0">B3</x:f></x:c></x:row>'
        '<x:row r="4"><x:c r="A4"><x:f t="shared" si="0"/><x:v>7</x:v></x:c></x:row>'
    )
    first, second = _rows(_made_of(tmp_path, _sheet(rows)))
    assert (first.number, first.cells) == (3, (Cell(None, "=B3"),))
    assert (second.number, second.cells) == (4, (Cell(7, "=B3"),))


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ('t="s"><x:v>5', "5"),
        ('t="s"><x:v>-1', "-1"),
        ('t="s"><x:v>x', "x"),
        ("><x:v>1,5", "1,5"),
        ("><x:v>1e999", "1e999"),
        ("><x:v>nan", "nan"),
        ("><x:v>1_000", "1_000"),
        ("><x:v>" + "9" * 5_000, "9" * 5_000),
        ('t="b"><x:v>maybe', "maybe"),
    ],
)
def test_value_that_is_none_is_the_fault_of_its_cell(tmp_path: Path, cell: str, held: str) -> None:
    strings = f'{XML}<sst xmlns="{MAIN}"><si><t>An</t></si></sst>'
    rows = f'<x:row><x:c {cell}</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c></x:row>'
    found = _rows(_made_of(tmp_path, _sheet(rows), strings=strings))[0].cells
    assert found == (Cell(None, unreadable=held), Cell("An"))


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ("2026-02-01", datetime(2026, 2, 1)),
        ("2026-02-01T16:30:00.999", datetime(2026, 2, 1, 16, 30)),
        ("2026-12-15T18:30:00+09:00", "2026-12-15T18:30:00+09:00"),
        ("2026-12-15T18:30:00Z", "2026-12-15T18:30:00Z"),
        ("16:30:00", "16:30:00"),
        ("2026-02-30", "2026-02-30"),
        ("2026-W05", "2026-W05"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_iso_cell_is_a_day_or_the_text_that_stands_there(
    tmp_path: Path, held: str, value: object
) -> None:
    rows = f'<x:row><x:c t="d"><x:v>{held}</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row>'
    found = _rows(_made_of(tmp_path, _sheet(rows)))[0].cells
    assert [cell.value for cell in found] == [value, 7]


def test_entity_declarations_are_refused(tmp_path: Path) -> None:
    bomb = f'{XML}<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="{MAIN}"/>'
    with pytest.raises(FileUnreadable, match="DTD"):
        _rows(_made_of(tmp_path, bomb))


def test_part_that_unpacks_unreasonably_is_refused(tmp_path: Path) -> None:
    huge = _sheet(" " * (80 << 20))
    with pytest.raises(FileUnreadable, match="bất thường"):
        _rows(_made_of(tmp_path, huge))


def test_sheet_is_read_twice_alike() -> None:
    with open_workbook(EXAMPLE / "nominations-2023.xlsx") as book:
        assert list(book.sheets[0].rows()) == list(book.sheets[0].rows())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_with_the_separator_it_has(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f'\ufeffmã{separator}tên\n1{separator}"a,\nb"\n2{separator}c\n'.encode())
    assert [(row.number, [cell.value for cell in row.cells]) for row in _rows(path)] == [
        (1, ["mã", "tên"]),
        (2, ["1", "a,\nb"]),
        (4, ["2", "c"]),
    ]


def _ole(content: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + content


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.xlsx", b"", "rỗng"),
        ("old.xlsx", _ole(b"Workbook"), "97-2003"),
        ("old.xls", _ole(b"Workbook"), "97-2003"),
        ("locked.xlsx", _ole("EncryptedPackage".encode("utf-16-le")), "mật khẩu"),
        ("text.xlsx", "mã,tên\n1,An\n".encode(), "CSV"),
        ("page.xlsx", b"<html><table></table></html>", "HTML"),
        ("picture.xlsx", b"\x89PNG\0\0\0", "không phải sổ tính"),
        ("broken.xlsx", b"PK\x03\x04" + bytes(50), "hỏng"),
        ("windows.csv", "mã,tên\n1,Hòa\n".encode("cp1258", "replace"), "UTF-8"),
        ("quote.csv", b'a,b\n1,"x\n', "ngoặc kép"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_its_cure(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=says) as caught:
        _rows(path)
    assert str(caught.value).startswith(name)


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match="There is no such file"):
        open_workbook(tmp_path / "none.xlsx", "en")
    with pytest.raises(FileUnreadable, match="This is a folder"):
        open_workbook(tmp_path, "en")


def test_workbook_cut_short_is_damaged(tmp_path: Path) -> None:
    whole = (EXAMPLE / "nominations-2023.xlsx").read_bytes()
    path = tmp_path / "short.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileUnreadable, match="hỏng"):
        open_workbook(path)


def test_workbook_named_csv_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes((EXAMPLE / "nominations-2023.xlsx").read_bytes())
    with pytest.raises(FileUnreadable, match=r"\.xlsx"):
        open_workbook(path)


def test_archive_of_other_things_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list/document.xml", "<x/>")
    with pytest.raises(FileUnreadable, match="không chứa sổ tính"):
        open_workbook(path)


def test_workbook_without_sheets_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>')
    with pytest.raises(FileUnreadable, match="không có trang tính"):
        open_workbook(path)


# --- From outside ---------------------------------------------------------------------------------

LIMITS = Limits(unpacked=1 << 20, rows=10, columns=256, merges=5, text=False)


def _limited(path: Path) -> list[SheetRow]:
    with open_workbook(path, "en", LIMITS) as book:
        return list(book.sheets[0].rows())


def test_workbook_within_the_limits_is_read(tmp_path: Path) -> None:
    path = _made_of(tmp_path, _sheet("<x:row/>" * 10))
    assert len(_limited(path)) == 10


def test_row_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = _made_of(tmp_path, _sheet("<x:row/>" * 11))
    with pytest.raises(FileUnreadable, match="more than 10 rows"):
        _limited(path)


def test_cell_beyond_the_limit_of_columns_is_refused(tmp_path: Path) -> None:
    row = '<x:row><x:c r="{}1"><x:v>1</x:v></x:c></x:row>'
    assert len(_limited(_made_of(tmp_path, _sheet(row.format("IV"))))) == 1
    with pytest.raises(FileUnreadable, match="beyond column number 256"):
        _limited(_made_of(tmp_path, _sheet(row.format("IW"))))


def test_parts_that_are_small_each_and_large_together_are_refused(tmp_path: Path) -> None:
    parts = {f"part{number}": " " * (400 << 10) for number in range(3)}
    with pytest.raises(FileUnreadable, match="unreasonably large"):
        _limited(_made_of(tmp_path, _sheet(""), **parts))


def test_more_merged_ranges_than_the_limit_are_refused(tmp_path: Path) -> None:
    merges = "".join(f'<x:mergeCell ref="A{row}:B{row}"/>' for row in range(1, 7))
    with pytest.raises(FileUnreadable, match="6 mergeCell"):
        _limited(_made_of(tmp_path, _sheet("<x:row/>" + merges)))


def test_text_named_workbook_is_refused_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("id,name\n1,Ba Tri\n", encoding="utf-8")
    with pytest.raises(FileUnreadable, match="save it as"):
        _limited(path)


def test_part_that_lies_about_its_size_gives_no_more_than_it_states(tmp_path: Path) -> None:
    path = _made_of(tmp_path, _sheet(" " * (2 << 20)))
    stated = (2 << 20) + len(_sheet(""))
    data = path.read_bytes().replace(stated.to_bytes(4, "little"), (900).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(FileUnreadable, match="damaged"):
        _limited(path)


def test_cells_at_the_far_end_of_every_row_are_refused(tmp_path: Path) -> None:
    rows = '<x:row><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>' * 1_300
    with pytest.raises(FileUnreadable, match="bất thường"):
        _rows(_made_of(tmp_path, _sheet(rows)))


def test_stray_cell_at_the_far_end_is_read(tmp_path: Path) -> None:
    rows = '<x:row><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'
    assert len(_rows(_made_of(tmp_path, _sheet(rows)))[0].cells) == 16_384


def test_of_ranges_over_each_other_the_first_counts(tmp_path: Path) -> None:
    rows = '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="2"/><x:row r="3"/>'
    merges = '<x:mergeCell ref="A1:B2"/><x:mergeCell ref="A2:C3"/><x:mergeCell ref="D2:D3"/>'
    first, second, third = _rows(_made_of(tmp_path, _sheet(rows + merges)))
    assert first.cells[0].merged_range == "A1:B2"
    assert [cell.merged_from for cell in second.cells] == [(1, "A"), (1, "A"), None, None]
    assert second.cells[3].merged_range == "D2:D3"
    assert [cell.merged_from for cell in third.cells] == [None, None, None, (2, "D")]
