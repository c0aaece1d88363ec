"""What stands in the rows of one worksheet? One pass over its XML, row by row.

openpyxl's own streaming parser was not used, for three reasons found by reading it: its read-only
worksheet gives values or formulas but not both, it drops merged ranges (`mergeCells` stands after
the rows), and it takes shared strings as a list in memory. This reader hands out what an importer
has to say to people: formula and stored result, error values, cells covered by a merge, hidden
rows and columns, number formats.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final
from xml.parsers import expat

from campaigns.rules.importing.dates import date_of_serial
from documents.reading.xlsx_formats import cells_of
from documents.reading.xlsx_package import Package, local_name
from documents.reading.xlsx_strings import Runs, SharedStrings, look_of, unescaped
from documents.reading.xlsx_styles import Font, Style, is_true
from schemas.imports import Cell, CellValue, SheetRow

EMPTY: Final = Cell(None)
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Za-z0-9:$]+)[\"']")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?", re.ASCII)
"""A day as cells of type `d` hold it; one with an offset is handed out as text."""
_NUMBER: Final = re.compile(
    r"[-+]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:[eE][-+]?\d{1,4})?", re.ASCII
)
_BOOLEANS: Final = {"1": True, "true": True, "0": False, "false": False}
_SAFE_DIGITS: Final = 400
_PLAIN: Final = Style()
_THIN: Final = 2.0
"""Points of height below which a row cannot be seen."""
_NARROW: Final = 0.5
"""Characters of width below which a column cannot be seen."""
_COVER_LIMIT: Final = 512
"""Covered cells are named up to this column; wider merges are titles."""
COLUMN_LIMIT: Final = 16_384
"""Columns of Excel."""
_LAST_ROW: Final = 1_048_576
_EMPTY_LIMIT: Final = 20_000_000
"""Empty cells that stand before filled ones: a cell at XFD in every row is no table."""
Merge = tuple[int, int, int, int]
"""First column, first row, last column, last row; all from 1."""


def merged_ranges(package: Package, part: str) -> tuple[str, ...]:
    """Return the merged ranges of a sheet by scanning its bytes: they stand after all rows."""
    found: list[str] = []
    rest = b""
    for chunk in package.chunks(part):
        data = rest + chunk.replace(b"\0", b"")  # of UTF-16, the letters of tags remain
        if b"mergeCell" in data:
            last = 0
            for match in _MERGE.finditer(data):
                found.append(match[1].decode("ascii").replace("$", "").upper())
                last = match.end()
            rest = data[max(last, len(data) - 200) :]
        else:
            rest = data[-200:]
    return tuple(dict.fromkeys(found))


def _size(attributes: dict[str, str], key: str) -> float | None:
    """Return a height or width; None where there is none, or it is no number."""
    text = attributes.get(key, "")
    return float(text) if text and _NUMBER.fullmatch(text) else None


class _Columns(dict[str, int]):
    """Column numbers (from 0) by their letters, computed once each."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        if not letters.isalpha() or not 0 < number <= COLUMN_LIMIT:
            msg = f"no such column: {letters!r}"
            raise ValueError(msg)
        self[letters] = number - 1
        return number - 1


class _Names(dict[str, str]):
    """Element names without prefix, computed once each."""

    def __missing__(self, tag: str) -> str:
        self[tag] = local_name(tag)
        return self[tag]


class SheetParser:
    """Rows of one sheet from its XML; used once."""

    def __init__(
        self,
        package: Package,
        part: str,
        strings: SharedStrings,
        on_hidden_columns: Callable[[int, int], None],
        most_columns: int,
    ) -> None:
        self._package, self._part, self._strings = package, part, strings
        self._on_hidden_columns, self._most_columns = on_hidden_columns, most_columns
        self._names, self._columns = _Names(), _Columns()
        self._rows: list[SheetRow] = []
        self._cells: list[Cell] = []
        self._row, self._column, self._hidden, self._marked = 0, -1, False, False
        self._empty = 0
        self._piece: list[str] = []
        self._kind, self._style = "n", 0
        self._value = ""
        self._formula: str | None = None
        self._formula_id = ""
        self._shared_formulas: dict[str, str] = {}
        self._phonetic = False
        self._runs = Runs()
        self._rows_are_hidden = False
        styles = package.styles
        self._odd = frozenset(at for at, style in enumerate(styles) if not style.is_plain)
        self._others: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._start_row,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "col": self._take_columns,
            "sheetFormatPr": self._take_usual_row,
        }
        self._parser = expat.ParserCreate()
        self._parser.buffer_text, self._parser.buffer_size = True, 1 << 16
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in the file's order."""
        for _ in self._package.parse(self._parser, self._part):
            yield from self._rows
            self._rows.clear()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names[tag]
        if name == "c":
            reference = attributes.get("r")
            if reference:
                self._column = self._columns[reference.rstrip("0123456789")]
            else:
                self._column += 1
            self._kind = attributes.get("t", "n")
            style = attributes.get("s")
            self._style = int(style) if style is not None and style.isdigit() else 0
            self._value, self._formula = "", None
        elif name == "v":
            self._parser.CharacterDataHandler = self._piece.append
        elif name == "t":
            if not self._phonetic:
                self._parser.CharacterDataHandler = self._piece.append
        elif name in self._others:
            self._others[name](attributes)
        elif self._column >= 0:
            self._runs.start(name, attributes)

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._formula_id = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        self._parser.CharacterDataHandler = self._piece.append

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        if not 0 < self._row <= _LAST_ROW:
            msg = f"row {self._row}: a sheet has {_LAST_ROW} rows"
            raise ValueError(msg)
        self._hidden = self._is_hidden(attributes)
        self._column = -1

    def _start_phonetic(self, _: dict[str, str]) -> None:
        self._phonetic = True

    def _take_usual_row(self, attributes: dict[str, str]) -> None:
        self._rows_are_hidden = is_true(attributes, "zeroHeight", default=False)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Tell whether a row cannot be seen: hidden, filtered out, folded, or without height."""
        height = _size(attributes, "ht")
        if is_true(attributes, "hidden", default=False) or (height is not None and height < _THIN):
            return True
        if height is not None or "hidden" in attributes:
            return False
        # A height of its own that is not given was nought, which some libraries leave out.
        return self._rows_are_hidden or is_true(attributes, "customHeight", default=False)

    def _take_columns(self, attributes: dict[str, str]) -> None:
        width = _size(attributes, "width")
        if is_true(attributes, "hidden", default=False) or (width is not None and width < _NARROW):
            self._on_hidden_columns(int(attributes.get("min", 1)), int(attributes.get("max", 1)))

    def _end(self, tag: str) -> None:
        name = self._names[tag]
        if name == "c":
            self._finish_cell()
        elif name in {"v", "t"}:
            self._parser.CharacterDataHandler = None
            text = "".join(self._piece)
            self._value += text
            self._piece.clear()
            if name == "t":
                self._runs.end(text)
        elif name == "f":
            self._parser.CharacterDataHandler = None
            self._take_formula("".join(self._piece))
            self._piece.clear()
        elif name == "row":
            self._rows.append(SheetRow(self._row, tuple(self._cells), self._hidden, self._marked))
            self._cells, self._marked = [], False
        elif name == "rPh":
            self._phonetic = False

    def _take_formula(self, text: str) -> None:
        if self._formula_id:
            if text:
                self._shared_formulas[self._formula_id] = text
            else:
                text = self._shared_formulas.get(self._formula_id, "")
        self._formula = "=" + text

    def _finish_cell(self) -> None:
        raw = self._value
        if not raw and self._formula is None and self._kind != "e":
            return
        if self._column >= self._most_columns:
            raise self._package.refuse("wide", str(self._most_columns))
        cells = self._cells
        missing = self._column - len(cells)
        if missing > 0:
            self._empty += missing
            if self._empty > _EMPTY_LIMIT:
                raise self._package.refuse("bomb", f"{self._part}: {self._empty} empty cells")
            cells.extend([EMPTY] * missing)
        elif missing < 0:
            msg = f"row {self._row}: cells are not in order"
            raise ValueError(msg)
        kind = self._kind
        if kind == "s":
            cells.append(self._shared_cell(raw))
        elif kind in {"str", "inlineStr"}:
            cell = Cell(unescaped(raw) or None, self._formula)
            fonts = self._runs.take()
            cells.append(self._of_pieces(cell, fonts) if fonts else cell)
        else:
            cells.append(self._typed_cell(kind, raw))
        if self._style in self._odd:
            cells[-1] = self._dressed(cells[-1])

    @property
    def _shown(self) -> Style:
        styles = self._package.styles
        return styles[self._style] if self._style < len(styles) else _PLAIN

    def _dressed(self, cell: Cell) -> Cell:
        """Return a cell with what is seen of it in its style, other than what it holds."""
        style = self._shown
        text, look = style.text_and_look(cell.value, style.look or cell.look)
        self._marked = self._marked or look is not None
        return cell._replace(value=text, look=look)

    def _of_pieces(self, cell: Cell, fonts: tuple[Font, ...]) -> Cell:
        """Return a cell whose text has pieces in fonts of their own."""
        look = look_of(fonts, self._shown.paper)
        self._marked = self._marked or look is not None
        return cell._replace(look=look)

    def _shared_cell(self, raw: str) -> Cell:
        if not raw:
            return Cell(None, self._formula)
        strings = self._strings
        try:
            number = int(raw)
            value = strings[number]
        except (ValueError, IndexError) as error:
            if strings.is_missing:
                raise self._package.refuse("part_missing", "sharedStrings") from error
            return Cell(None, self._formula, unreadable=raw)
        cell = Cell(value or None) if self._formula is None else Cell(value or None, self._formula)
        if strings.fonts and number in strings.fonts:
            return self._of_pieces(cell, strings.fonts[number])
        return cell

    def _typed_cell(self, kind: str, raw: str) -> Cell:
        plain = raw.strip()
        if kind == "e":
            return Cell(None, self._formula, plain or "#N/A")
        if not plain:
            return Cell(None, self._formula)
        if kind == "d":
            return self._day_cell(plain)
        if kind == "b":
            value = _BOOLEANS.get(plain.lower())
            return Cell(value, self._formula, unreadable=raw if value is None else None)
        return self._numeric_cell(plain)

    def _numeric_cell(self, plain: str) -> Cell:
        if plain.isascii() and plain.isdigit() and len(plain) <= _SAFE_DIGITS:
            return self._number_cell(int(plain))
        number = float(plain) if _NUMBER.fullmatch(plain) else math.inf
        if not math.isfinite(number):
            return Cell(None, self._formula, unreadable=plain)
        return self._number_cell(number)

    def _day_cell(self, raw: str) -> Cell:
        """Return a day of ISO 8601; one with an offset, a time alone and all else stay text."""
        text: CellValue = raw
        if _DAY.fullmatch(raw):
            try:
                text = datetime.fromisoformat(raw).replace(microsecond=0)
            except ValueError:
                text = raw
        return Cell(text, self._formula, number_format="yyyy-mm-dd")

    def _number_cell(self, number: float) -> Cell:
        style = self._shown
        if not style.number_format:
            return Cell(number) if self._formula is None else Cell(number, self._formula)
        value: CellValue = number
        if style.is_date:
            value = date_of_serial(number, date_1904=self._package.date_1904) or number
        return Cell(value, self._formula, number_format=style.number_format)


class MergeCover:
    """Marks the cells of a row that stand in a merged range; rows must come in order.

    Of ranges that overlap, which Excel never writes, the one that begins first counts: thousands
    over each other would take minutes for every row.
    """

    def __init__(self, ranges: tuple[str, ...]) -> None:
        bounds: list[tuple[Merge, str]] = []
        for text in ranges:
            cells = cells_of(text)
            if cells is None:
                continue
            left, top, right, bottom = cells
            if top and bottom and (left, top) != (right, bottom):
                bounds.append(((left, top, min(right, _COVER_LIMIT), bottom), text))
        self._waiting = sorted(bounds, key=lambda item: item[0][1], reverse=True)
        self._open: list[tuple[Merge, str]] = []

    def marked(self, row: SheetRow) -> SheetRow:
        """Return the row with `merged_range` and `merged_from` set where ranges pass it."""
        while self._waiting and self._waiting[-1][0][1] <= row.number:
            item = self._waiting.pop()
            if item[0][3] >= row.number and not any(
                _overlap(item[0], one[0]) for one in self._open
            ):
                self._open.append(item)
        if not self._open:
            return row
        self._open = [item for item in self._open if item[0][3] >= row.number]
        if not self._open:
            return row
        cells = list(row.cells)
        for (left, top, right, _), text in self._open:
            cells.extend([EMPTY] * (right - len(cells)))
            origin = (top, text.partition(":")[0].rstrip("0123456789"))
            for column in range(left - 1, right):
                cell = cells[column]
                if row.number == top and column == left - 1:
                    cells[column] = cell._replace(merged_range=text)
                else:
                    cells[column] = cell._replace(merged_from=origin)
        return row._replace(cells=tuple(cells))


def _overlap(one: Merge, other: Merge) -> bool:
    """Say whether two ranges share a cell."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
