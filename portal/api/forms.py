"""What do the boxes of a JSON form say? Read by the very readers that read workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from campaigns.rules.importing.lookups import SheetTraits
from campaigns.rules.importing.problems import column_letter
from campaigns.rules.importing.table import TableReader
from language import Language, Text, _
from portal.api.problems import FormInvalid
from schemas.bounds import Figure
from schemas.imports import Cell, CellValue, Level, Problem, SheetRow

Row = TypeVar("Row")
Value = str | int | Figure | bool | None
_FIRST: Final = 2
"""The row of the first item: the keys stand above it."""
_ROW: Final = re.compile(r"\b([Dd]òng|[Rr]ow) (\d+)")
_ITEM: Final[Text] = _("item {number} (from 0)")
_NOT_READ: Final[Text] = _("This is not seen as a row of data; fill in the required boxes.")
_UNKNOWN: Final[Text] = _("The form has no such box.")


class JsonSheet:
    """Rows of JSON as a sheet: keys are the headers of its first row."""

    name = "JSON"
    hidden = False
    traits = SheetTraits(has_dates=False)
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, keys: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> None:
        self._keys, self._rows = keys, rows

    def settle(self, fits: Callable[[Sequence[SheetRow]], int]) -> None:
        """Do nothing: there is one way to read it."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the header and the rows."""
        yield SheetRow(1, tuple(Cell(key) for key in self._keys))
        for number, row in enumerate(self._rows, start=2):
            values: list[CellValue] = [row.get(key) for key in self._keys]
            yield SheetRow(number, tuple(Cell(value) for value in values))


def read_rows(
    reader: TableReader[Row],
    keys: Sequence[str],
    rows: Sequence[Mapping[str, Value]],
    language: Language,
    pointer: str,
) -> tuple[list[Row], list[dict[str, str]]]:
    """Return the rows understood, and what was noted about them.

    `pointer` is where the first row stands, or with `{}` in it the place of each.

    Raises:
        FormInvalid: Something is wrong; every problem is named at its field.
    """
    errors = [
        {
            "pointer": f"{pointer.format(at)}/{key}",
            "code": "unknown_box",
            "message": _UNKNOWN.say(language),
        }
        for at, row in enumerate(rows)
        for key in row
        if key not in keys or key in reader.ignored
    ]
    read = list(reader.read([JsonSheet(keys, rows)]))
    columns = {column_letter(at): key for at, key in enumerate(keys)}

    def place(row: int, column: str) -> str:
        key = columns.get(column)
        there = pointer.format(row - _FIRST)
        return f"{there}/{key}" if key else there

    told = reader.problems.told(place=place)
    found = [_told(one, place, language) for one in told.problems if one.row > 1]
    total = len(errors) + told.errors
    errors += [entry for level, entry in found if level is Level.ERROR]
    if not errors and len(read) != len(rows):
        errors.append(
            {"pointer": pointer.format(0), "code": "not_a_row", "message": _NOT_READ.say(language)}
        )
    if errors:
        raise FormInvalid(errors, max(total, len(errors)))
    return read, [entry for level, entry in found if level is Level.WARN]


def _told(
    one: Problem, place: Callable[[int, str], str], language: Language
) -> tuple[Level, dict[str, str]]:
    return one.level, {
        "pointer": place(one.row, one.column),
        "code": one.code,
        "value": one.value,
        "message": _by_index(one.message, language),
        "remedy": _by_index(one.remedy, language),
    }


def _by_index(text: str, language: Language) -> str:
    """Speak of items as JSON counts them where the readers speak of a table's rows."""
    return _ROW.sub(lambda found: _ITEM.say(language, number=int(found[2]) - _FIRST), text)
