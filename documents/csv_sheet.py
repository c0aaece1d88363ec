"""What stands in the rows of a CSV file? UTF-8 only, with or without byte order mark.

Excel writes `;` between the columns where the comma is the decimal sign, as in Viet Nam; the
separator is taken from the first lines.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from campaigns.rules.errors import FileUnreadable
from documents.unreadable import unreadable
from schemas.imports import Cell, SheetRow
from schemas.vocabulary import Language

_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_KNOWN_CELLS: Final = 50_000
_QUOTED: Final = re.compile(r'"[^"]*"')


class _Cells(dict[str, Cell]):
    """One Cell per distinct text: score and vote files repeat the same few thousand."""

    def __missing__(self, text: str) -> Cell:
        if len(self) >= _KNOWN_CELLS:
            self.clear()
        # The apostrophe was put there by our own export (documents.tables) and is taken off again.
        plain = text[1:] if text[:1] == "'" and _GUARDED.match(text) else text
        cell = self[text] = Cell(plain or None)
        return cell


class CsvSheet:
    """A CSV file as a sheet; every cell is text, so numbers and ISO dates as text are right."""

    typed = False
    hidden = False
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, path: Path, language: Language) -> None:
        self.name = path.stem
        self._path, self._language = path, language
        self._check_encoding()
        self._separator = self._find_separator()

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows; a row's number is the line it begins on."""
        cell_of = _Cells().__getitem__
        with self._path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=self._separator, strict=True)
            line = 1
            try:
                for values in reader:
                    yield SheetRow(line, tuple(map(cell_of, values)))
                    line = reader.line_num + 1
            except csv.Error as error:
                detail = f"{line}: {error}"
                raise unreadable(self._path, "csv", self._language, detail) from error

    def _check_encoding(self) -> None:
        line = 1
        with self._path.open("rb") as stream:
            for raw in stream:
                if b"\0" in raw:
                    raise self._badly_encoded(line)
                try:
                    raw.decode("utf-8")
                except UnicodeDecodeError as error:
                    raise self._badly_encoded(line) from error
                line += 1

    def _badly_encoded(self, line: int) -> FileUnreadable:
        return unreadable(self._path, "encoding", self._language, str(line))

    def _find_separator(self) -> str:
        with self._path.open(encoding="utf-8-sig", newline="") as stream:
            head = _QUOTED.sub("", stream.read(20_000))
        lines = head.splitlines()[:20]
        return max(",;\t", key=lambda sign: max((line.count(sign) for line in lines), default=0))
