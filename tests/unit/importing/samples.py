"""Workbooks made by code, and what an import says about them, told shortly."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.rules.importing.lookups import SheetTraits, UnitInfo
from campaigns.rules.importing.nominations import NominationReader
from campaigns.rules.playbook.reading import read_playbook
from documents.reading.workbook import open_workbook
from schemas.imports import Cell, NominationRow, SheetRow
from schemas.playbook.playbook import Playbook

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "ben-tre-2023"
EXPECTED = ROOT / "tests" / "expected"
TEXT_ALONE = SheetTraits(typed=False, has_dates=False)


@cache
def playbook(name: str = "dan-van-kheo") -> Playbook:
    path = ROOT / "playbooks" / f"{name}.yaml"
    found, problems = read_playbook(path.read_text(encoding="utf-8"), path.name)
    assert found is not None, problems
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def units() -> dict[str, UnitInfo]:
    with (EXAMPLE / "units.csv").open(encoding="utf-8") as stream:
        return {
            row["id"]: UnitInfo(
                row["id"],
                row["name"],
                row["kind"],
                date.fromisoformat(row["valid_from"]),
                _day(row["valid_to"]),
            )
            for row in csv.DictReader(stream)
        }


@cache
def clean_rows() -> tuple[tuple[Any, ...], ...]:
    """Header and rows of the example workbook, as openpyxl gives them."""
    book = openpyxl.load_workbook(EXAMPLE / "nominations-2023.xlsx", read_only=True)
    rows = tuple(tuple(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


def filled_book(count: int = 12, first_row: int = 1) -> openpyxl.Workbook:
    """A workbook with the header in `first_row` and `count` faultless rows below."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for down, row in enumerate(clean_rows()[: count + 1]):
        for across, value in enumerate(row):
            cell = sheet.cell(first_row + down, across + 1)
            cell.value = value
    return book


@dataclass
class Outcome:
    rows: list[NominationRow]
    reader: NominationReader

    @property
    def told(self) -> set[tuple[int, str, str, str]]:
        return {
            (found.row, found.column, found.code, found.level.value)
            for found in self.reader.problems
        }

    def at(self, row: int, column: str) -> list[tuple[str, str]]:
        return [
            (found.code, found.level.value)
            for found in self.reader.problems
            if (found.row, found.column) == (row, column)
        ]

    def remedy(self, row: int, column: str) -> str:
        return next(
            found.remedy
            for found in self.reader.problems
            if (found.row, found.column) == (row, column)
        )

    def row(self, number: int) -> NominationRow:
        return next(row for row in self.rows if row.row == number)


def import_file(path: Path, **options: Any) -> Outcome:
    form = options.pop("playbook", None) or playbook()
    reader = NominationReader(form, units(), **options)
    with open_workbook(path) as book:
        return Outcome(list(reader.read(book.sheets)), reader)


def import_book(book: openpyxl.Workbook, folder: Path, **options: Any) -> Outcome:
    path = folder / "made.xlsx"
    book.save(path)
    return import_file(path, **options)


def import_changed(
    folder: Path, change: Callable[[Worksheet], object], count: int = 12, **options: Any
) -> Outcome:
    """Import a faultless workbook after one change to it."""
    book = filled_book(count)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    change(sheet)
    return import_book(book, folder, **options)


@dataclass
class TextSheet:
    """A CSV file that exists in memory only."""

    lines: Sequence[Sequence[str]]
    name: str = "made"
    hidden: bool = False
    traits: SheetTraits = TEXT_ALONE
    hidden_columns: frozenset[int] = frozenset()

    def settle(self, fits: Callable[[Sequence[SheetRow]], int]) -> None:
        """Do nothing: there is one way to read it."""

    def rows(self) -> Iterator[SheetRow]:
        for number, line in enumerate(self.lines, 1):
            yield SheetRow(number, tuple(Cell(text or None) for text in line))


def table(text: str) -> list[TextSheet]:
    """A sheet from lines of comma-separated values without quotes."""
    return [TextSheet([line.strip().split(",") for line in text.strip().splitlines()])]


def problems_of(reader: Any) -> set[tuple[int, str, str, str]]:
    return {(found.row, found.column, found.code, found.level.value) for found in reader.problems}
