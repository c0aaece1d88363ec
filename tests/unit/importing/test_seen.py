"""What a person sees is what is read; what is struck out or cannot be seen is told."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.rules.importing.ballots import ScoreReader
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.number_formats import shown
from campaigns.rules.importing.registers import UnitReader
from documents.reading.workbook import open_workbook
from tests.unit.importing.samples import (
    Outcome,
    clean_rows,
    import_book,
    import_changed,
    import_file,
    playbook,
    problems_of,
)

HEADER = list(clean_rows()[0])
CODE, NAME = HEADER.index("Mã hồ sơ") + 1, HEADER.index("Tên mô hình / điển hình") + 1
RANK = HEADER.index("Thứ tự ưu tiên") + 1
LETTERS = {at: get_column_letter(at) for at in range(1, 60)}


def told(outcome: Outcome, *codes: str) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.code) for p in outcome.reader.problems if p.code in codes]


ODD = (
    "hidden_row",
    "hidden_sheet",
    "hidden_column",
    "struck_row",
    "struck_cell",
    "struck_column",
    "unseen_row",
    "unseen_cell",
    "unseen_column",
)


# --- Texts, codes and ids -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (166, "00000", "00166"),
        (1, '"HS-"000', "HS-001"),
        (1, "General", "1"),
        (20230001, "0000-0000", "2023-0001"),
        (7.0, "0", "7"),
        (1234, "@", "1234"),
        ("01", '"HS-"@', "HS-01"),
        ("HR-01", "General", "HR-01"),
    ],
)
def test_code_is_the_one_a_person_sees(
    tmp_path: Path, value: object, number_format: str, code: str
) -> None:
    def change(sheet: Worksheet) -> None:
        cell: Any = sheet.cell(2, CODE)
        cell.value, cell.number_format = value, number_format

    outcome = import_changed(tmp_path, change, 2)
    assert outcome.row(2).code == code
    assert [p.code for p in outcome.reader.problems if p.level == "warn"] == []


@pytest.mark.parametrize(
    ("value", "number_format", "code", "slip"),
    [
        (1234, "#,##0", "1234", "number_with_marks"),
        (1.5, "0.00", "1.5", "number_with_marks"),
        (12, "0.00E+00", "12", "number_format_unknown"),
        (0.5, "# ?/?", "0.5", "number_format_unknown"),
    ],
)
def test_code_that_each_system_shows_otherwise_is_told(
    tmp_path: Path, value: float, number_format: str, code: str, slip: str
) -> None:
    def change(sheet: Worksheet) -> None:
        cell: Any = sheet.cell(2, CODE)
        cell.value, cell.number_format = value, number_format

    outcome = import_changed(tmp_path, change, 2)
    assert outcome.row(2).code == code
    assert outcome.at(2, LETTERS[CODE]) == [(slip, "warn")]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [(0.85, "0%", "85%"), (1234.5, "#,##0.0", "1.234,5"), (45, '0" hộ"', "45 hộ")],
)
def test_prose_is_what_a_person_sees(
    tmp_path: Path, value: float, number_format: str, text: str
) -> None:
    def change(sheet: Worksheet) -> None:
        cell: Any = sheet.cell(2, NAME)
        cell.value, cell.number_format = value, number_format

    assert import_changed(tmp_path, change, 2).row(2).name == text


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (3, "0", None),
        (3, "000", None),
        (3, '0" hộ"', None),
        (1, "0%", "not_a_number"),
        ("1%", "General", "not_a_number"),
        (3000, "#,##0,", "number_seen_otherwise"),
        (3, '0"0"', None),
    ],
)
def test_number_that_a_person_sees_otherwise_is_told(
    tmp_path: Path, value: object, number_format: str, code: str | None
) -> None:
    def change(sheet: Worksheet) -> None:
        cell: Any = sheet.cell(2, RANK)
        cell.value, cell.number_format = value, number_format

    found = {p.code for p in import_changed(tmp_path, change, 2).reader.problems if p.row == 2}
    if code is None:
        assert not found & {"number_seen_otherwise", "not_a_number", "number_with_marks"}
    else:
        assert code in found


def test_unit_with_leading_zeros_is_registered_and_found_by_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["id", "name", "kind", "official_code", "valid_from"])
    sheet.append([166, "Xã Thử", "commune", 166, "2020-01-01"])
    for place in ("A2", "D2"):
        sheet[place].number_format = "00000"
    path = tmp_path / "units.xlsx"
    book.save(path)
    with open_workbook(path) as opened:
        (unit,) = UnitReader(known={}).read(opened.sheets)
    assert (unit.id, unit.official_code) == ("00166", "00166")
    assert UnitInfo(unit.id, unit.name, unit.kind, unit.valid_from).exists_on(unit.valid_from)


def test_ids_and_scores_of_reviewers_are_read_as_they_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["reviewer_id", "nomination_code", "criterion_code", "score"])
    for row, (score, shape) in enumerate([(5, "0"), (5.5, "0"), (0.5, "0%"), (5.5, "0.0")], 2):
        sheet.append([1, row, "C1", score])
        sheet.cell(row, 1).number_format = '"P"000'
        sheet.cell(row, 2).number_format = "000"
        sheet.cell(row, 4).number_format = shape
    path = tmp_path / "scores.xlsx"
    book.save(path)
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(rubric, {"P001"}, {"002", "003", "004", "005"})
    with open_workbook(path) as opened:
        rows = list(reader.read(opened.sheets))
    assert [(one.reviewer_id, one.nomination_code, one.centipoints) for one in rows] == [
        ("P001", "002", 500),
        ("P001", "003", 550),
        ("P001", "005", 550),
    ]
    assert problems_of(reader) >= {
        (3, "D", "number_seen_otherwise", "warn"),
        (4, "D", "not_a_number", "error"),
    }


FORMATS = ["General", "0", "00000", '"HS-"000', "0000-000", '0" xã"', "000;(000)", "[Red]00"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(FORMATS)), min_size=1, max_size=12)
)
def test_whatever_is_shown_is_read(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[int, str]]
) -> None:
    path = tmp_path_factory.mktemp("shown") / "units.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "name", "kind", "valid_from", "official_code"])
        for row, (number, shape) in enumerate(cells, 1):
            sheet.write_row(row, 0, [f"u{row}", "Xã", "commune", "2020-01-01"])
            sheet.write_number(row, 4, number, book.add_format({"num_format": shape}))
    with open_workbook(path) as opened:
        read = [unit.official_code for unit in UnitReader().read(opened.sheets)]
    seen = [shown(number, shape) for number, shape in cells]
    assert read == [one.text for one in seen if one is not None]


# --- Struck out, or not to be seen ----------------------------------------------------------------


def _row(sheet: Worksheet, row: int, **style: Any) -> None:
    for cell in sheet[row]:
        for name, value in style.items():
            setattr(cell, name, value)


WHITE, STRUCK = Font(color="FFFFFFFF"), Font(strike=True)
GREY = PatternFill("solid", fgColor="FF333333")
YELLOW = PatternFill("solid", fgColor="FFFFFF00")

ROWS: dict[str, tuple[Callable[[Worksheet], object], str]] = {
    "struck": (lambda sheet: _row(sheet, 3, font=STRUCK), "struck_row"),
    "white": (lambda sheet: _row(sheet, 3, font=WHITE), "unseen_row"),
    "white-of-the-theme": (
        lambda sheet: _row(sheet, 3, font=Font(color=Color(theme=0))),
        "unseen_row",
    ),
    "pale-of-the-theme": (
        lambda sheet: _row(sheet, 3, font=Font(color=Color(theme=0, tint=-0.5))),
        "",
    ),
    "tiny": (lambda sheet: _row(sheet, 3, font=Font(sz=1)), "unseen_row"),
    "hidden-by-format": (lambda sheet: _row(sheet, 3, number_format=";;;"), "unseen_row"),
    "yellow-on-yellow": (
        lambda sheet: _row(sheet, 3, font=Font(color="FFFFFF00"), fill=YELLOW),
        "unseen_row",
    ),
    "white-on-grey": (lambda sheet: _row(sheet, 3, font=WHITE, fill=GREY), ""),
    "bold": (lambda sheet: _row(sheet, 3, font=Font(bold=True)), ""),
    "struck-no": (lambda sheet: _row(sheet, 3, font=Font(strike=False)), ""),
}


@pytest.mark.parametrize("way", ROWS)
def test_row_that_was_withdrawn_by_its_looks_is_told(tmp_path: Path, way: str) -> None:
    change, code = ROWS[way]
    outcome = import_changed(tmp_path, change, 4)
    assert told(outcome, *ODD) == ([(3, "", code)] if code else [])
    assert len(outcome.rows) == 4


CELLS: dict[str, tuple[Callable[[Any], object], str]] = {
    "struck": (lambda cell: setattr(cell, "font", STRUCK), "struck_cell"),
    "white": (lambda cell: setattr(cell, "font", WHITE), "unseen_cell"),
    "hidden-by-format": (lambda cell: setattr(cell, "number_format", ";;;"), "unseen_cell"),
    "part-struck": (
        lambda cell: setattr(
            cell, "value", CellRichText(TextBlock(InlineFont(strike=True), "Cũ "), "Mới")
        ),
        "struck_cell",
    ),
    "part-white": (
        lambda cell: setattr(
            cell,
            "value",
            CellRichText("Mới ", TextBlock(InlineFont(color=Color("FFFFFFFF")), "ẩn")),
        ),
        "unseen_cell",
    ),
    "part-bold": (
        lambda cell: setattr(
            cell, "value", CellRichText(TextBlock(InlineFont(b=True), "Mới "), "x")
        ),
        "",
    ),
    "all-pieces-struck": (
        lambda cell: setattr(cell, "value", CellRichText(TextBlock(InlineFont(strike=True), "Cũ"))),
        "struck_cell",
    ),
}


@pytest.mark.parametrize("way", CELLS)
@pytest.mark.parametrize("shared", [False, True])
def test_cell_or_part_of_it_that_was_withdrawn_is_told(
    tmp_path: Path, way: str, shared: bool
) -> None:
    change, code = CELLS[way]
    outcome = import_changed(tmp_path, lambda sheet: change(sheet.cell(3, NAME)), 4)
    if shared:
        outcome = import_file(_with_shared_strings(tmp_path / "made.xlsx"))
    assert told(outcome, *ODD) == ([(3, LETTERS[NAME], code)] if code else [])
    part = [p.message for p in outcome.reader.problems if p.code == code]
    assert all(("Một phần" in one) == way.startswith("part") for one in part)


def _with_shared_strings(path: Path) -> Path:
    """Move every inline text of a workbook to the table of shared strings."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []
    sheet = "xl/worksheets/sheet1.xml"

    def move(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    parts[sheet] = re.sub(r't="inlineStr"\s*><is>(.*?)</is>', move, parts[sheet])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{table}</sst>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert len(texts) > 4
    return path


def _sized(sheet: Worksheet, **sizes: Any) -> None:
    for name, value in sizes.items():
        setattr(sheet.row_dimensions[3], name, value)


HIDDEN: dict[str, tuple[Callable[[Any], object], Sequence[tuple[int, str, str]]]] = {
    "hidden-row": (lambda sheet: _sized(sheet, hidden=True), [(3, "", "hidden_row")]),
    "height-0": (lambda sheet: _sized(sheet, height=0), [(3, "", "hidden_row")]),
    "height-1": (lambda sheet: _sized(sheet, height=1), [(3, "", "hidden_row")]),
    "height-15": (lambda sheet: _sized(sheet, height=15), []),
    "hidden-column": (
        lambda sheet: setattr(sheet.column_dimensions[LETTERS[NAME]], "hidden", True),
        [(1, LETTERS[NAME], "hidden_column")],
    ),
    "width-0": (
        lambda sheet: setattr(sheet.column_dimensions[LETTERS[NAME]], "width", 0.1),
        [(1, LETTERS[NAME], "hidden_column")],
    ),
    "width-8": (
        lambda sheet: setattr(sheet.column_dimensions[LETTERS[NAME]], "width", 8),
        [],
    ),
    "struck-heading": (
        lambda sheet: setattr(sheet.cell(1, NAME), "font", STRUCK),
        [(1, LETTERS[NAME], "struck_column")],
    ),
    "white-heading": (
        lambda sheet: setattr(sheet.cell(1, NAME), "font", WHITE),
        [(1, LETTERS[NAME], "unseen_column")],
    ),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_row_or_column_that_cannot_be_seen_is_told(tmp_path: Path, way: str) -> None:
    change, expected = HIDDEN[way]
    outcome = import_changed(tmp_path, change, 4)
    assert told(outcome, *ODD) == list(expected)
    assert len(outcome.rows) == 4


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_sheet_that_is_hidden_is_told_when_it_is_read(tmp_path: Path, state: str) -> None:
    book = openpyxl.load_workbook(_faultless(tmp_path))
    sheet: Any = book.active
    sheet.sheet_state = state
    book.create_sheet("Trống")
    outcome = import_book(book, tmp_path)
    assert told(outcome, *ODD) == [(1, "", "hidden_sheet")]


def _faultless(folder: Path) -> Path:
    import_changed(folder, lambda _: None, 3)
    return folder / "made.xlsx"


def test_rows_without_height_by_default_are_told(tmp_path: Path) -> None:
    path = _faultless(tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert [row for row, *_ in told(import_file(path), "hidden_row")] == [2, 3, 4]
