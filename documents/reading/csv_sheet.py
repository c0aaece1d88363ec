"""What stands in the rows of a CSV file?

Excel writes `;` between the columns where the comma is the decimal sign, as in Viet Nam, and a tab
in "Unicode Text". Which sign it is, the header line tells: who looks for certain headers chooses
the reading in which they are found (`settle`). A first line `sep=;` says it itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from campaigns.rules.importing.headers import LOOK_AT_ROWS
from campaigns.rules.importing.lookups import SheetTraits
from documents.reading.text_files import checked_encoding
from documents.reading.unreadable import unreadable
from language import Language
from schemas.imports import Cell, FileUnreadable, SheetRow

_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_KNOWN_CELLS: Final = 50_000
_QUOTED: Final = re.compile(r'"[^"]*"')
_SEPARATORS: Final = ",;\t|"
_DECLARED: Final = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_LONGEST_FIELD: Final = 4 << 20
"""Beyond it nothing is read as one field; up to it, a text is too long for its cell alone."""
_REASONS: Final = (
    ("unexpected end of data", "csv_open_quote"),
    ("expected after", "csv_after_quote"),
)


class _Cells(dict[str, Cell]):
    """One Cell per distinct text: score and vote files repeat the same few thousand."""

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _KNOWN_CELLS:
            self.clear()
        # Our own export (documents.writing.tables) puts the apostrophe there; it is taken off.
        plain = text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
        cell = self[text] = Cell(plain or None)
        return cell


class CsvSheet:
    """A CSV file as a sheet; every cell is text, so numbers and ISO dates as text are right."""

    traits = SheetTraits(typed=False, has_dates=False)
    hidden = False
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, path: Path, language: Language) -> None:
        self.name = path.stem
        self._path, self._language = path, language
        self._encoding = checked_encoding(path, language)
        self._declared = self._find_declared()
        self._separator = self._declared or self._likely_separator()

    def settle(self, fits: Callable[[Sequence[SheetRow]], int]) -> None:
        """Take the separator under which the first rows fit best."""
        if self._declared is None:
            usual = self._separator
            found = {sign: fits(self._head(sign)) for sign in _SEPARATORS}
            self._separator = max(_SEPARATORS, key=lambda sign: (found[sign], sign == usual))

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows; a row's number is the line it begins on."""
        return self._rows(self._separator)

    def _rows(self, separator: str) -> Iterator[SheetRow]:
        cell_of = _Cells().__getitem__
        csv.field_size_limit(_LONGEST_FIELD)
        with self._path.open(encoding=self._encoding, newline="") as stream:
            above = 0
            if self._declared is not None:
                stream.readline()
                above = 1
            reader = csv.reader(stream, delimiter=separator, strict=True)
            line = above + 1
            try:
                for values in reader:
                    yield SheetRow(line, tuple(map(cell_of, values)))
                    line = above + reader.line_num + 1
            except csv.Error as error:
                raise self._refused(error, line, above + reader.line_num) from error

    def _refused(self, error: csv.Error, first: int, last: int) -> FileUnreadable:
        """Make the error for a row that begins on line `first` and was read up to `last`."""
        said = str(error)
        if "field limit" in said:
            why = "csv_long_quoted" if last > first else "csv_long_field"
        else:
            why = next((key for words, key in _REASONS if words in said), "csv")
        detail = f"{first}: {said}" if why == "csv" else str(first)
        return unreadable(self._path, why, self._language, detail)

    def _head(self, separator: str) -> list[SheetRow]:
        """Return the first rows as far as they can be read with a separator."""
        rows: list[SheetRow] = []
        try:
            rows.extend(islice(self._rows(separator), LOOK_AT_ROWS))
        except FileUnreadable:
            return rows
        return rows

    def _first_lines(self) -> list[str]:
        with self._path.open(encoding=self._encoding, newline=None) as stream:
            return stream.read(20_000).splitlines()[:LOOK_AT_ROWS]

    def _find_declared(self) -> str | None:
        found = _DECLARED.match(next(iter(self._first_lines()), "").lstrip("\ufeff"))
        return found[1] if found else None

    def _likely_separator(self) -> str:
        """Return the sign that parts the first line which any of them parts."""
        for line in self._first_lines():
            plain = _QUOTED.sub("", line)
            best = max(_SEPARATORS, key=plain.count)
            if best in plain:
                return best
        return _SEPARATORS[0]
