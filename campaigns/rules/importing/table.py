"""Which rows of a sheet are data? Reads a table of whatever kind, row after row.

Titles above, numbers of columns under the header, headings between, totals and signatures below,
and empty formatted rows are named and passed over; what remains goes to the reader of its kind.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Final, Generic, TypeVar

from campaigns.rules.importing.headers import (
    LOOK_AT_ROWS,
    Header,
    HeaderFinder,
    Wanted,
    report_header,
    text_of,
)
from campaigns.rules.importing.lookups import Sheets, SheetSource, SheetTraits
from campaigns.rules.importing.problems import Problems, Told
from campaigns.rules.importing.seen import note_looks
from language import Language
from language.vietnamese import is_blank, match_key, unmarked
from schemas.imports import Cell, SheetRow

Row = TypeVar("Row")
NO_CELL: Final = Cell(None)

_FOOTER: Final = re.compile(
    r"^(?:tong (?:cong|so|ket so)|tong$|cong$|cong (?:tong|so)|het$|total|grand total|"
    r"nguoi (?:lap|ghi|duyet|tong hop|kiem)|thu truong|(?:pho )?(?:chu tich|bi thu|giam doc)|"
    r"(?:pho )?truong (?:ban|phong)|pho ban|(?:tm|kt|tl|tuq|ky|da ky) |noi nhan|xac nhan|luu y|"
    r"ke toan|lap bang|dai dien|an dinh|(?:danh sach|bang) (?:nay|tren|co)|"
    r"prepared by|signed|approved by)"
    r"|ky ghi ro ho ten|ngay \w* ?thang \w* ?nam"
)
_HEADING: Final = re.compile(
    r"^(?:[ivx]{1,4}|[a-e]|phan \w+|muc \w+) |^(?:huyen|thanh pho|thi xa|tinh|khoi|cum|nhom) "
)
_FOOTER_CELLS: Final = 4
_SIGNATURE_CELLS: Final = 2
_HEADING_SPAN: Final = 3
_NUMBERED: Final = re.compile(r"^\(?(\d{1,3})\)?$")
_SAME_KIND: Final = 0.6


class TableReader(ABC, Generic[Row]):
    """Reads the rows of one kind from the best sheet of a workbook; used once.

    `read` yields rows in which no error was found so far; the caller spools them and stores them
    only after everything was read. `problems` and `kept_out_rows` are complete then: a row may turn
    out wrong after it was yielded (the first of two equal codes).
    """

    ignored: frozenset[str] = frozenset()
    """Keys of columns that are known and not read."""
    main_key = ""
    """Key of the column that hardly a data row leaves empty."""

    def __init__(self, wanted: Sequence[Wanted], language: Language) -> None:
        self._finder = HeaderFinder(wanted)
        self._problems = Problems(language)
        self._traits = SheetTraits()
        self._header = Header(1, 1, {})
        self._places: dict[str, int] = {}
        self._read_columns: tuple[int, ...] = ()
        self._unnamed: set[int] = set()
        self._blank_from = self._blank_to = 0
        self._after_footer = False
        self._incomplete = False
        self._rows: set[int] = set()
        self.rows = 0
        """Data rows read so far."""

    @property
    def problems(self) -> Problems:
        """Everything found, by row and column; made into words when it is asked for."""
        return self._problems

    def told(self) -> Told:
        """Return what is told of everything found: each cause once, and not without end."""
        return self._problems.told()

    @property
    def kept_out_rows(self) -> frozenset[int]:
        """Numbers of the data rows that may not be stored; complete when `read` is exhausted."""
        if self._incomplete:
            return frozenset(self._rows)
        return frozenset(self._problems.error_rows & self._rows)

    @property
    def sheet(self) -> str:
        """Name of the sheet that is read."""
        return self._problems.sheet

    @property
    def header_texts(self) -> Mapping[int, str]:
        """The headers by column (from 0), as written."""
        return self._header.texts

    def read(self, sheets: Sheets) -> Iterator[Row]:
        """Yield the rows understood, from the sheet whose headers fit best."""
        chosen = self._choose(sheets)
        if chosen is not None:
            source, header, rows = chosen
            self._begin(source, header)
            for row in rows:
                if row.number <= header.last_row or not self._is_data(row):
                    continue
                self.rows += 1
                self._rows.add(row.number)
                understood = self._understand(row)
                if understood is not None and not self._incomplete:
                    yield understood
            self._end_of_rows()
        self._problems.close()

    @abstractmethod
    def _understand(self, row: SheetRow) -> Row | None:
        """Return the row as understood, or None where it holds an error (noted)."""

    def _check_whole(self) -> None:
        """Check what only all rows together show; called once after the last row."""

    def _end_columns(self) -> None:
        """Tell what a column as a whole shows; called once after the last row."""

    def _begin_rows(self) -> None:
        """Prepare for the columns found; called once before the first row."""

    def _cell(self, row: SheetRow, key: str) -> Cell:
        place = self._places.get(key, -1)
        return row.cells[place] if 0 <= place < len(row.cells) else NO_CELL

    # --- Sheets and headers ---

    def _choose(self, sheets: Sheets) -> tuple[SheetSource, Header, Iterator[SheetRow]] | None:
        found: list[tuple[SheetSource, Header, Iterator[SheetRow]]] = []
        for source in sheets:
            source.settle(self._finder.count)
            rows = source.rows()
            head = list(islice(rows, LOOK_AT_ROWS))
            header = self._finder.find(head)
            if header is not None:
                found.append((source, header, chain(head, rows)))
        if not found:
            self._problems.sheet = sheets[0].name if sheets else ""
            names = [item.names[0] for item in self._finder.wanted if item.required]
            self._problems.error("header_not_found", 1, names="; ".join(names))
            return None
        best = max(found, key=lambda item: (len(item[1].columns), not item[0].hidden))
        for source, header, _ in found:
            if source is not best[0] and len(header.columns) >= _SAME_KIND * len(best[1].columns):
                self._problems.warn("other_sheet", 1, on_sheet=source.name, read=best[0].name)
        return best

    def _begin(self, source: SheetSource, header: Header) -> None:
        self._header, self._traits = header, source.traits
        self._problems.sheet = source.name
        if source.hidden:
            self._problems.warn("hidden_sheet", header.last_row, value=source.name)
        report_header(header, self._finder.wanted, source.hidden_columns, self._problems)
        found = set(header.columns.values())
        self._incomplete = any(
            item.required and item.key not in found for item in self._finder.wanted
        )
        self._places = {key: column for column, key in header.columns.items()}
        self._read_columns = tuple(
            column for column, key in header.columns.items() if key not in self.ignored
        )
        self._begin_rows()

    # --- Rows ---

    def _is_data(self, row: SheetRow) -> bool:
        cells = row.cells
        main = self._places.get(self.main_key, -1)
        if 0 <= main < len(cells) and cells[main].value and not self._unusual(row, cells[main]):
            self._blank_to = 0
            self._after_footer = False
            if len(cells) > len(self._header.columns):
                self._note_unnamed(cells)
            self._note_unseen(row)
            return True
        return self._is_unusual_data(row)

    def _note_unseen(self, row: SheetRow) -> None:
        if row.hidden:
            self._problems.warn("hidden_row", row.number)
        if row.is_marked:
            note_looks(row, self._read_columns, self._problems)

    def _unusual(self, row: SheetRow, main: Cell) -> bool:
        """Tell whether the row needs a second look though its main cell is filled."""
        if main.merged_range or not isinstance(main.value, str) or is_blank(main.value):
            return True
        if row.number == self._header.last_row + 1 and _NUMBERED.match(main.value):
            return True
        if main.value == self._header.texts.get(self._places[self.main_key]):
            return True
        return sum(cell.value is not None for cell in row.cells) <= _FOOTER_CELLS

    def _is_unusual_data(self, row: SheetRow) -> bool:
        filled = [column for column, cell in enumerate(row.cells) if _is_filled(cell)]
        if not filled:
            self._blank_from = self._blank_from if self._blank_to else row.number
            self._blank_to = row.number
            return False
        kind = self._kind_of(row, filled)
        if self._blank_to:
            self._problems.info("blank_rows", self._blank_from, row_span=self._blank_span())
            self._blank_to = 0
        if kind is None:
            self._after_footer = False
            self._note_unnamed(row.cells)
            self._note_unseen(row)
            return True
        self._after_footer = kind == "footer_row"
        first = filled[0]
        add = self._problems.warn if kind == "section_row" else self._problems.info
        add(kind, row.number, first, row.cells[first].value)
        return False

    def _kind_of(self, row: SheetRow, filled: list[int]) -> str | None:
        """Name a row that is no data; None for data."""
        cells = row.cells
        texts = [unmarked(text) for column in filled if (text := text_of(cells[column]))]
        kinds = {
            "column_numbers_row": self._numbers_columns(row, filled),
            "repeated_header": self._repeats_header(row, filled),
            "footer_row": self._is_footer(row, filled, texts),
            "section_row": len(filled) == 1
            and bool(texts)
            and self._is_heading(cells[filled[0]], texts[0], row),
            "unfilled_row": not set(filled) & set(self._read_columns),
        }
        return next((kind for kind, applies in kinds.items() if applies), None)

    def _is_footer(self, row: SheetRow, filled: list[int], texts: list[str]) -> bool:
        if len(filled) <= _FOOTER_CELLS and any(map(_FOOTER.search, texts)):
            return True
        main = text_of(self._cell(row, self.main_key))
        return (
            self._after_footer
            and len(filled) <= _SIGNATURE_CELLS
            and not any(map(str.isdigit, main))
        )

    def _is_heading(self, cell: Cell, text: str, row: SheetRow) -> bool:
        covered = sum(other.merged_from is not None for other in row.cells)
        return covered + 1 >= _HEADING_SPAN or (
            cell is not self._cell(row, self.main_key) and bool(_HEADING.match(text))
        )

    def _numbers_columns(self, row: SheetRow, filled: list[int]) -> bool:
        if row.number != self._header.last_row + 1 or len(filled) < _HEADING_SPAN:
            return False
        found = [_NUMBERED.match(str(row.cells[column].value)) for column in filled]
        numbers = [int(match[1]) for match in found if match]
        steps = {after - before for before, after in pairwise(numbers)}
        return len(numbers) == len(filled) and steps == {1}

    def _repeats_header(self, row: SheetRow, filled: list[int]) -> bool:
        texts = self._header.texts
        same = sum(
            column in texts and match_key(text_of(row.cells[column])) == match_key(texts[column])
            for column in filled
        )
        return same >= _HEADING_SPAN and same >= _SAME_KIND * len(filled)

    def _note_unnamed(self, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            if cell.value is not None and column not in self._header.texts and _is_filled(cell):
                self._unnamed.add(column)

    def _blank_span(self) -> str:
        first, last = self._blank_from, self._blank_to
        return str(first) if first == last else f"{first}–{last}"

    def _end_of_rows(self) -> None:
        if self._blank_to:
            self._problems.info(
                "trailing_blank_rows", self._blank_from, row_span=self._blank_span()
            )
        for column in sorted(self._unnamed):
            self._problems.warn("extra_column/unnamed", self._header.last_row, column)
        if not self.rows:
            self._problems.warn("no_rows", self._header.last_row)
        self._end_columns()
        self._check_whole()


def _is_filled(cell: Cell) -> bool:
    if cell.value is None:
        return cell.formula is not None or cell.error is not None or cell.unreadable is not None
    return not (isinstance(cell.value, str) and is_blank(cell.value))
