"""Which rows must be corrected? Those kept out of an import, with their problems beside them.

Written for `--accept-valid`: the good rows are stored, the others go back to their writer in a
workbook of the same columns. Cells with errors are red, with warnings yellow, and carry a comment;
the last column tells all. Corrected, the workbook is imported as it is: that column is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from campaigns.rules.importing.lookups import Sheets
from campaigns.rules.importing.problems import column_letter
from documents.writing.tables import Sheet, new_workbook, sheet_name
from language import Language, Text, _
from schemas.imports import Level, Problem, SheetRow

HEADER: Final[Text] = _("Problems to correct")
_SOURCE_ROW: Final[Text] = _("Row {row} before")
_COLOURS: Final = {Level.ERROR: "#FFC7CE", Level.WARN: "#FFEB9C"}
_COMMENTS: Final = 5_000
"""Comments take memory; beyond so many, the last column alone tells the problems."""


class FinishedReader(Protocol):
    """A reader of `campaigns.rules.importing` that was read to its end."""

    @property
    def sheet(self) -> str:
        """Name of the sheet that was read."""

    @property
    def header_texts(self) -> Mapping[int, str]:
        """Headers by column, as written."""

    @property
    def kept_out_rows(self) -> frozenset[int]:
        """Rows to correct."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Everything found."""


def write_corrections(
    path: Path, sheets: Sheets, reader: FinishedReader, language: Language = "vi"
) -> int:
    """Write the rows kept out to a workbook; return their number. Nothing is written for none."""
    kept = reader.kept_out_rows
    source = next((sheet for sheet in sheets if sheet.name == reader.sheet), None)
    if not kept or source is None:
        return 0
    by_row: dict[int, list[Problem]] = {}
    for problem in reader.problems:
        if problem.row in kept and problem.level is not Level.INFO:
            by_row.setdefault(problem.row, []).append(problem)
    with new_workbook(path) as book:
        sheet = Sheet(book, book.add_worksheet(sheet_name(source.name)))
        last = _write_header(sheet, reader.header_texts, language)
        at = 0
        comments = _COMMENTS
        for row in source.rows():
            if row.number in kept:
                at += 1
                problems = by_row.get(row.number, [])
                _write_row(sheet, at, row, problems, last, comments=comments > 0)
                comments -= len(problems)
                sheet.write(
                    at, last, _told(row.number, problems, language), text_wrap=True, valign="top"
                )
    return at


def _write_header(sheet: Sheet, texts: Mapping[int, str], language: Language) -> int:
    last = max(texts, default=-1) + 1
    for column in range(last):
        sheet.sheet.set_column(column, column, 22)
        sheet.write(0, column, texts.get(column, ""), bold=True, text_wrap=True, valign="top")
    sheet.sheet.set_column(last, last, 80)
    sheet.write(0, last, HEADER.say(language), bold=True, bg_color="#FFC7CE")
    sheet.sheet.freeze_panes(1, 0)
    return last


def _write_row(
    sheet: Sheet, at: int, row: SheetRow, problems: Sequence[Problem], last: int, *, comments: bool
) -> None:
    marked: dict[str, Problem] = {}
    for problem in problems:
        first = marked.get(problem.column)
        if first is None or (first.level is Level.WARN and problem.level is Level.ERROR):
            marked[problem.column] = problem
    for column in range(last):
        cell = row.cells[column] if column < len(row.cells) else None
        problem_here = marked.get(column_letter(column))
        colour = {"bg_color": _COLOURS[problem_here.level]} if problem_here else {}
        value = cell.value if cell else None
        number_format = (cell.number_format if cell else None) or ""
        sheet.write(at, column, value, number_format, valign="top", **colour)
        if problem_here and comments:
            sheet.sheet.write_comment(at, column, f"{problem_here.message} {problem_here.remedy}")


def _told(row: int, problems: Sequence[Problem], language: Language) -> str:
    lines = [_SOURCE_ROW.say(language, row=row)]
    lines += [
        f"{problem.column}: {problem.message} {problem.remedy}".removeprefix(": ")
        for problem in problems
    ]
    return "\n".join(lines)
