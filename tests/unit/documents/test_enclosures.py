"""Workbooks that go with letters: whole, and of the same octets for the same content."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import openpyxl

from campaigns.store.enclosure_port import EnclosedSheet
from documents.writing.enclosures import Workbooks
from tests.unit.importing.samples import playbook, units

MADE = datetime(2023, 8, 21, tzinfo=UTC)
SHEETS = (
    EnclosedSheet("Hồ sơ thẩm định", ("Mã", "Tên"), [("A", "Mô hình A"), ("B", "=1+1")]),
    EnclosedSheet("Tiêu chí", ("Mã",), []),
)


def test_sheets_hold_what_they_were_given() -> None:
    book = openpyxl.load_workbook(BytesIO(Workbooks().tables(SHEETS, MADE)))

    assert [list(sheet.values) for sheet in book.worksheets] == [
        [("Mã", "Tên"), ("A", "Mô hình A"), ("B", "=1+1")],
        [("Mã",)],
    ]


def test_text_like_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(BytesIO(Workbooks().tables(SHEETS, MADE)))

    assert book.worksheets[0]["B3"].data_type == "s"


def test_same_sheets_made_at_the_same_time_are_the_same_file() -> None:
    assert Workbooks().tables(SHEETS, MADE) == Workbooks().tables(SHEETS, MADE)


def test_same_form_made_at_the_same_time_is_the_same_file() -> None:
    made = [Workbooks().form(playbook(), units().values(), "vi", MADE) for _ in range(2)]

    assert made[0] == made[1]
