"""Which row holds the headers, and which column is which?

People put titles above the table, write headers in capitals, break them over lines, merge them over
two rows and add columns of their own. A header matches by the same text, then without regard to
case, tone place, blanks and punctuation, then without marks, then by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from campaigns.rules.importing.problems import Problems, column_letter
from campaigns.rules.importing.seen import COLUMN_KEYS
from language.vietnamese import clean, match_key, shorten, unmarked
from schemas.imports import Cell, Look, SheetRow

LOOK_AT_ROWS: Final = 25
_LIKE: Final = 88
_FEWEST: Final = 2
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}|[ivx]{1,4}|[a-z]) (?=\w)")
PROBLEM_COLUMNS: Final = frozenset({"van de can sua", "problems to correct"})
"""Headers of the column that `documents.writing.corrections` adds; it is passed over in silence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column an import looks for: its key, the headers it may have, and whether it must be."""

    key: str
    names: tuple[str, ...]
    required: bool = False
    rare: bool = False
    """Most tables lack it: nothing is said where it is missing."""


@dataclass(slots=True)
class Header:
    """Where the headers stand and what they mean; columns are counted from 0."""

    first_row: int
    last_row: int
    texts: dict[int, str]
    columns: dict[int, str] = field(default_factory=dict)
    """Key by column."""
    guessed: frozenset[int] = frozenset()
    duplicates: dict[int, int] = field(default_factory=dict)
    """A second column with the same header, and the first, which is read."""
    looks: dict[int, Look] = field(default_factory=dict)
    """Columns whose heading is struck out or cannot be seen."""

    @property
    def extra(self) -> list[int]:
        """Columns with a header that is none of those wanted."""
        return sorted(
            column
            for column, text in self.texts.items()
            if column not in self.columns
            and column not in self.duplicates
            and unmarked(text) not in PROBLEM_COLUMNS
        )


class HeaderFinder:
    """Finds the header row among the first rows of a sheet."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = tuple(wanted)
        self._by_key = _index(wanted, match_key)
        self._by_letters = _index(wanted, unmarked)

    def find(self, rows: Sequence[SheetRow]) -> Header | None:
        """Return the best header among these rows, the first of equals; None without a match."""
        best = self._best(rows)
        fewest = min(_FEWEST, len(self.wanted))
        if best is None or len(best.columns) < fewest:
            return None
        self._guess(best)
        return best

    def count(self, rows: Sequence[SheetRow]) -> int:
        """Count the columns that the best header among these rows names, guessing nothing."""
        best = self._best(rows)
        return len(best.columns) if best is not None else 0

    def _best(self, rows: Sequence[SheetRow]) -> Header | None:
        best: Header | None = None
        for place, row in enumerate(rows):
            below = rows[place + 1] if place + 1 < len(rows) else None
            header = self._header_at(row, below)
            if best is None or len(header.columns) > len(best.columns):
                best = header
                if len(best.columns) == len(self.wanted):
                    break  # no row can name more
        return best

    def key_of(self, text: str) -> str | None:
        """Return the key of the column with this header, guessing nothing."""
        for form, index in ((match_key(text), self._by_key), (unmarked(text), self._by_letters)):
            found = index.get(form) or index.get(_NUMBERING.sub("", form))
            if found:
                return found
        return None

    def _header_at(self, row: SheetRow, below: SheetRow | None) -> Header:
        texts = _texts(row)
        last = row.number
        if below is not None and self._is_second_header(row, below):
            last = below.number
            for column, text in _texts(below).items():
                if column not in texts or self.key_of(text):
                    texts[column] = text
        header = Header(row.number, last, texts)
        if row.is_marked:
            header.looks = {at: cell.look for at, cell in enumerate(row.cells) if cell.look}
        first: dict[str, int] = {}
        for column, text in sorted(texts.items()):
            key = self.key_of(text)
            if key is None:
                continue
            if key in first:
                header.duplicates[column] = first[key]
            else:
                first[key] = column
                header.columns[column] = key
        return header

    def _is_second_header(self, row: SheetRow, below: SheetRow) -> bool:
        spans_both = any(
            cell.merged_from is not None and cell.merged_from[0] == row.number
            for cell in below.cells
        )
        return spans_both and any(self.key_of(text) for text in _texts(below).values())

    def _guess(self, header: Header) -> None:
        if not header.extra:
            return
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where a header is unknown

        taken = set(header.columns.values())
        names = {
            match_key(name): item.key
            for item in self.wanted
            if item.key not in taken
            for name in item.names
        }
        guessed: set[int] = set()
        for column in header.extra:
            form = match_key(header.texts[column])
            same_length = [name for name in names if len(name.split()) == len(form.split())]
            like = process.extract(
                form, same_length, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=2
            )
            if len({names[name] for name, *_ in like}) == 1:
                key = names[like[0][0]]
                header.columns[column] = key
                guessed.add(column)
                names = {name: other for name, other in names.items() if other != key}
        header.guessed = frozenset(guessed)


def report_header(
    header: Header, wanted: Iterable[Wanted], hidden: frozenset[int], problems: Problems
) -> None:
    """Name what is unusual about the headers and the columns they stand above."""
    row = header.last_row
    names = {item.key: item.names for item in wanted}
    problems.captions = {column: names[key][0] for column, key in header.columns.items()}
    if header.first_row > 1:
        problems.info("header_not_first_row", 1, header_row=header.first_row)
    for column, key in sorted(header.columns.items()):
        text = header.texts[column]
        if column in header.guessed:
            problems.warn("header_variant/guessed", row, column, text, meant=names[key][0])
        elif clean(text) not in map(clean, names[key]):
            problems.warn("header_variant", row, column, text, meant=names[key][0])
    for column, first in sorted(header.duplicates.items()):
        text = header.texts[column]
        problems.captions[column] = shorten(text)
        problems.warn("duplicate_header", row, column, text, first=column_letter(first))
    for column in header.extra:
        problems.warn("extra_column", row, column, header.texts[column])
    _report_unseen(header, hidden, problems)
    found = set(header.columns.values())
    for item in wanted:
        if item.key not in found and not item.rare:
            level = problems.error if item.required else problems.info
            key = "missing_column" if item.required else "missing_column/optional"
            level(key, row, value=item.names[0], name=item.names[0])


def _report_unseen(header: Header, hidden: frozenset[int], problems: Problems) -> None:
    for column in sorted(header.columns):
        text = header.texts[column]
        if column in hidden:
            problems.warn("hidden_column", header.last_row, column, text)
        if column in header.looks:
            key = COLUMN_KEYS[header.looks[column]]
            problems.warn(key, header.last_row, column, text)


def text_of(cell: Cell) -> str:
    """Return what a header cell says."""
    return cell.value if isinstance(cell.value, str) else ""


def _texts(row: SheetRow) -> dict[int, str]:
    return {
        column: text
        for column, cell in enumerate(row.cells)
        if cell.value is not None and clean(text := text_of(cell))
    }


def _index(wanted: Iterable[Wanted], form: Callable[[str], str]) -> Mapping[str, str]:
    """Index the wanted columns by a form of their names; a form two columns share is left out."""
    index: dict[str, str] = {}
    shared: set[str] = set()
    for item in wanted:
        for name in item.names:
            key = form(name)
            if index.setdefault(key, item.key) != item.key:
                shared.add(key)
    return {key: value for key, value in index.items() if key not in shared}
