from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from documents.reading.workbook import open_workbook
from documents.writing.corrections import HEADER, write_corrections
from documents.writing.nomination_template import write_nomination_template
from language import Language
from tests.unit.importing.samples import (
    EXAMPLE,
    clean_rows,
    import_book,
    import_changed,
    import_file,
    playbook,
    units,
)


def _template(folder: Path, language: Language) -> openpyxl.Workbook:
    path = folder / "template.xlsx"
    write_nomination_template(path, playbook(), units().values(), language)
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_template_filled_in_is_imported_without_a_word(tmp_path: Path, language: Language) -> None:
    book = _template(tmp_path, language)
    for down, row in enumerate(clean_rows()[1:8], 2):
        for across, value in enumerate(row, 1):
            book.worksheets[0].cell(down, across).value = value
    outcome = import_book(book, tmp_path)
    assert (len(outcome.rows), outcome.told) == (7, set())


def test_template_offers_lists_and_limits(tmp_path: Path) -> None:
    sheet = _template(tmp_path, "vi").worksheets[0]
    kinds = {
        str(rule.sqref).split(":")[0]: (rule.type, rule.formula1)
        for rule in sheet.data_validations.dataValidation
    }
    assert kinds["C2"][0] == "list"
    assert kinds["F2"][0] == "list"
    assert kinds["V2"] == ("list", '"Có,Không"')
    assert kinds["U2"][0] == "date"
    assert kinds["X2"] == ("decimal", "0.0")
    assert sheet.freeze_panes is not None


def test_template_lists_units_that_exist_on_the_closing_day(tmp_path: Path) -> None:
    lists = _template(tmp_path, "vi").worksheets[1]
    offered = {cell.value for cell in lists["C"]}
    assert "cth-tt-tien-thuy" in offered
    assert "cth-tien-thuy" not in offered


def test_empty_template_has_no_rows(tmp_path: Path) -> None:
    outcome = import_book(_template(tmp_path, "vi"), tmp_path)
    assert outcome.told == {(1, "", "no_rows", "warn")}


def _corrections(source: Path, target: Path) -> int:
    outcome = import_file(source)
    with open_workbook(source) as book:
        return write_corrections(target, book.sheets, outcome.reader)


def test_rows_kept_out_are_written_with_their_problems(tmp_path: Path) -> None:
    target = tmp_path / "sua.xlsx"
    assert _corrections(EXAMPLE / "nominations-2023-dirty.xlsx", target) == 24
    sheet = openpyxl.load_workbook(target).worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header[-1] == HEADER.say("vi")
    told = str(sheet.cell(2, len(header)).value)
    assert told.startswith("Dòng gốc 4\nU: ")
    assert sheet["U2"].comment is not None
    assert sheet["U2"].fill.fgColor.rgb == "FFFFC7CE"


def test_corrected_workbook_is_imported_as_it_is(tmp_path: Path) -> None:
    source, target = tmp_path / "made.xlsx", tmp_path / "sua.xlsx"
    import_changed(tmp_path, lambda sheet: sheet.__setitem__("J5", "ba"))
    assert _corrections(source, target) == 1
    book = openpyxl.load_workbook(target)
    book.worksheets[0]["J2"] = 3
    outcome = import_book(book, tmp_path)
    assert outcome.told == set()
    assert [row.rank for row in outcome.rows] == [3]


def test_nothing_is_written_where_nothing_was_kept_out(tmp_path: Path) -> None:
    target = tmp_path / "sua.xlsx"
    assert _corrections(EXAMPLE / "nominations-2023.xlsx", target) == 0
    assert not target.exists()
