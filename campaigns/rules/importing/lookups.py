"""What does an import need to know of what is stored? Handed in, so that rules stay pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from schemas.imports import SheetRow


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit as an import sees it; `valid_from` and `valid_to` are both included."""

    id: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None = None

    def exists_on(self, day: date) -> bool:
        """Tell whether the unit exists on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


Units = Mapping[str, UnitInfo]
"""Units by id, those that ceased included."""


class SheetTraits(NamedTuple):
    """How the cells of a sheet are kept."""

    typed: bool = True
    """Numbers are typed; False for CSV, where all is text."""
    has_dates: bool = True
    """Days can be kept as days; False for CSV and JSON, which write them."""
    date_1904: bool = False
    """Numbers of days are counted from 1904, as old Macs did."""


class SheetSource(Protocol):
    """A sheet to read: `documents.reading.workbook` makes them from files, tests from lists."""

    @property
    def name(self) -> str:
        """The sheet's name, for the report."""

    @property
    def hidden(self) -> bool:
        """The sheet is hidden in the workbook."""

    @property
    def traits(self) -> SheetTraits:
        """How its cells are kept."""

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Columns (from 0) that are hidden; known once the first row was read."""

    def settle(self, fits: Callable[[Sequence[SheetRow]], int]) -> None:
        """Choose, of several ways to read it, the one whose first rows fit best; most have one."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows from the top."""


Sheets = Sequence[SheetSource]
