# ruff: noqa: DTZ001 - Excel's dates have no zone
from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.reading.workbook import open_workbook
from documents.writing.tables import Value, sheet_name, write_csv, write_xlsx

RISKY = ["=1+1", "+84 000", "-2+3", "@SUM(1)", "'=x", "''+y", "'thường", "_x0041_", "x\ny"]


def _read_back(path: Path) -> Sequence[object]:
    with open_workbook(path) as book:
        return [row.cells[0].value for row in book.sheets[0].rows()][1:]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_text_that_a_spreadsheet_might_run_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows: list[list[Value]] = [[text] for text in RISKY]
    count = (
        write_csv(path, ["h"], rows) if name.endswith("csv") else write_xlsx(path, "S", ["h"], rows)
    )
    assert count == len(RISKY)
    assert _read_back(path) == RISKY


def test_risky_text_in_a_workbook_is_a_quoted_string(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, "S", ["=h"], [["=1+1"]])
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [sheet[place].data_type for place in ("A1", "A2")] == ["s", "s"]
    assert sheet["A2"].quotePrefix


def test_risky_text_in_csv_stands_behind_an_apostrophe(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    write_csv(path, ["h"], [["=1+1"], ["\t=1"], [-5]])
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["h", "'=1+1", "'\t=1", "-5"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_comes_back_from_csv_as_it_was(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        write_csv(path, ["h", "more"], [[text, "x"]])
        assert _read_back(path) == [text]


def test_numbers_and_dates_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    moment = datetime(2023, 9, 15, 10, 0, tzinfo=UTC)
    values: list[Value] = [5, Decimal("8.5"), True, date(2023, 9, 15), moment, None, "x"]
    write_xlsx(path, "S", list("abcdefg"), [values], ZoneInfo("Asia/Ho_Chi_Minh"))
    with open_workbook(path) as book:
        cells = list(book.sheets[0].rows())[1].cells
    assert [cell.value for cell in cells] == [
        5,
        8.5,
        True,
        datetime(2023, 9, 15),
        datetime(2023, 9, 15, 17, 0),
        None,
        "x",
    ]


def test_number_longer_than_excel_keeps_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx(path, "S", ["h"], [[12345678901234567890]])
    assert _read_back(path) == ["12345678901234567890"]


def test_file_stays_as_it_was_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old", encoding="utf-8")

    def rows() -> object:
        yield ["x"]
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_csv(path, ["h"], rows())  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_sheet_name_is_made_acceptable() -> None:
    assert (
        sheet_name("Đề cử: 2023/2024 [bổ sung] của huyện Mỏ Cày")
        == "Đề cử  2023 2024  bổ sung  của"
    )
    assert sheet_name("///") == "Sheet1"
