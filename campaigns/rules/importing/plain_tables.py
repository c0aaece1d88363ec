"""What does a cell of a plain table say, and where did the same stand before?

Such tables have tens of thousands of rows of few columns: scores, votes.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Final

from campaigns.rules.importing.problems import Problems
from campaigns.rules.importing.references import Names, note_unknown
from campaigns.rules.importing.seen import Slip, is_share, seen_otherwise, seen_text
from campaigns.rules.importing.values import number_of_text
from language.vietnamese import clean
from schemas.imports import Cell

_FULL: Final = 25_000_000


class FirstSeen:
    """In which row a combination of small numbers stood first: 4 bytes for each possible one."""

    def __init__(self, combinations: int) -> None:
        self._table = array("I", bytes(4 * combinations)) if combinations <= _FULL else None
        self._sparse: dict[int, int] = {}

    def first(self, combination: int, row: int) -> int:
        """Return the row it stood in before, 0 where this is the first, which is kept."""
        if self._table is None:
            before = self._sparse.setdefault(combination, row)
            return 0 if before == row else before
        before = self._table[combination]
        if not before:
            self._table[combination] = row
        return before


def numbered(keys: Sequence[str]) -> dict[object, int]:
    """Number keys from 0; whatever a cell holds may be looked up."""
    return {key: at for at, key in enumerate(keys)}


class PlainTable:
    """Boxes of a plain table: text of a cell, with everything unusual about it noted."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def text(self, cell: Cell, row: int, column: int, *, required: bool = True) -> str | None:
        """Return the cleaned text; None where it is missing (noted if required) or an error."""
        if self._is_broken(cell, row, column):
            return None
        if cell.formula is not None:
            self._problems.warn("formula_cell", row, column, cell.formula, result=cell.value)
        if cell.merged_range is not None:
            self._problems.warn("merged_cell", row, column, cell.value, range=cell.merged_range)
        raw, slip = ("", None) if cell.value is None else self._seen(cell)
        if slip is not None:
            self._problems.warn(slip.key, row, column, raw, **slip.details)
        text = clean(raw)
        if text and text != raw:
            self._problems.warn("whitespace", row, column, raw)
        if not text and required:
            self._note_missing(cell, row, column)
        return text or None

    def number(self, cell: Cell, row: int, column: int) -> tuple[Decimal, str] | None:
        """Return the number a cell means, and how it is written; None where it means none."""
        language = self._problems.language
        if is_share(cell, language):
            self._problems.error("not_a_number/share", row, column, self._seen(cell)[0])
            return None
        bare = cell
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            bare = cell._replace(number_format=None)
        text = self.text(bare, row, column)
        if text is None:
            return None
        number = number_of_text(text)
        if number is None:
            self._problems.error("not_a_number", row, column, text)
            return None
        slip = seen_otherwise(cell, number, language)
        if slip is not None:
            self._problems.warn(slip.key, row, column, text, **slip.details)
        return number, text

    def _seen(self, cell: Cell) -> tuple[str, Slip | None]:
        return seen_text(cell, self._problems.language, exact=True)

    def _is_broken(self, cell: Cell, row: int, column: int) -> bool:
        if cell.unreadable is not None:
            self._problems.error("unreadable_cell", row, column, cell.unreadable)
        elif cell.error is not None:
            self._problems.error("formula_cell/error", row, column, cell.error)
        elif cell.formula is not None and cell.value is None:
            self._problems.error("formula_cell/no_value", row, column, cell.formula)
        else:
            return False
        return True

    def known(
        self,
        cell: Cell,
        row: int,
        column: int,
        names: Names,
        problem: str,
        others: Collection[str] = (),
    ) -> str | None:
        """Return the id a cell names; an unknown one is noted, or one of `others` as what it is."""
        text = self.text(cell, row, column)
        if text in others and text not in names:
            self._problems.error("person_without_role", row, column, text)
            return None
        if text is not None and text not in names:
            note_unknown(problem, text, row, column, names, self._problems)
            return None
        return text

    def _note_missing(self, cell: Cell, row: int, column: int) -> None:
        if cell.merged_from is not None:
            top, letter = cell.merged_from
            self._problems.error("merged_cell/covered", row, column, place=f"{letter}{top}")
        else:
            self._problems.error("missing_required", row, column)
