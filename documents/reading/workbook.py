"""What stands in a workbook? Opens `.xlsx`, `.xlsm` and `.csv` and streams their rows.

Text is handed out as the file holds it; reading sense into it is the work of
`campaigns.rules.importing`. Memory stays flat: see `documents.reading.xlsx_strings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from campaigns.rules.importing.lookups import SheetTraits
from documents.reading.csv_sheet import CsvSheet
from documents.reading.text_files import disguise_of, looks_like_text
from documents.reading.unreadable import unreadable
from documents.reading.xlsx_package import Package, SheetPart
from documents.reading.xlsx_sheet import COLUMN_LIMIT, MergeCover, SheetParser, merged_ranges
from documents.reading.xlsx_strings import SharedStrings
from language import Language
from schemas.imports import SheetRow

_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_INSIDE: Final = (
    ("EncryptedPackage".encode("utf-16-le"), "password"),
    ("WordDocument".encode("utf-16-le"), "old_word"),
    ("PowerPoint Document".encode("utf-16-le"), "old_word"),
)
"""What the directory of an OLE file names, and what the file is then."""
_LOOK: Final = 1 << 20


@dataclass(frozen=True)
class Limits:
    """How much is read of a workbook; who takes one from outside says less."""

    unpacked: int | None = None
    """Bytes of all parts together; none: each part is bounded alone."""
    rows: int = 1_100_000
    """Rows of all sheets that are read together, the empty ones included."""
    sheets: int = 20
    columns: int = COLUMN_LIMIT
    """Columns of a sheet that hold anything."""
    merges: int = 200_000
    """Merged ranges of a sheet."""
    text: bool = True
    """A .csv is taken as well."""


USUAL: Final = Limits()
"""Of a file on this machine: no workbook of people has more."""


class XlsxSheet:
    """One worksheet of an .xlsx file."""

    def __init__(self, owner: Workbook, package: Package, part: SheetPart) -> None:
        self.traits = SheetTraits(date_1904=package.date_1904)
        self.name, self.hidden = part.name, part.hidden
        self._owner, self._package, self._part = owner, package, part.part
        self._hidden_columns: set[int] = set()

    @property
    def hidden_columns(self) -> frozenset[int]:
        """Columns (from 0) that are hidden in the sheet; known once the first row was read."""
        return frozenset(self._hidden_columns)

    @cached_property
    def merged(self) -> tuple[str, ...]:
        """The merged ranges, such as `H6:H8`; known before any row is read."""
        ranges = merged_ranges(self._package, self._part)
        if len(ranges) > self._owner.limits.merges:
            raise self._package.refuse("bomb", f"{self.name}: {len(ranges)} mergeCell")
        return ranges

    def settle(self, fits: Callable[[Sequence[SheetRow]], int]) -> None:
        """Do nothing: there is one way to read it."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows the file holds, from the top; may be called again."""
        cover = MergeCover(self.merged)
        strings = self._owner.strings(self._package)
        most = self._owner.limits.columns
        parser = SheetParser(self._package, self._part, strings, self._hide, most)
        return map(cover.marked, self._bounded(parser.rows()))

    def _bounded(self, rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
        for count, row in enumerate(rows, start=1):
            if not self._owner.has_room(self._part, count):
                raise self._package.refuse("long", str(self._owner.limits.rows))
            yield row

    def _hide(self, first: int, last: int) -> None:
        self._hidden_columns.update(range(first - 1, min(last, 1024)))


class Workbook:
    """A file with one or more sheets; close it, or use it in a `with` block."""

    def __init__(self, path: Path, language: Language = "vi", limits: Limits = USUAL) -> None:
        self.path, self.limits = path, limits
        self._rows_read: dict[str, int] = {}
        self._package: Package | None = None
        self._strings: SharedStrings | None = None
        self.sheets: tuple[XlsxSheet | CsvSheet, ...]
        if _kind_of(path, language, text_too=limits.text) == "csv":
            self.sheets = (CsvSheet(path, language),)
        else:
            package = self._package = Package(path, language, limits.unpacked, limits.sheets)
            self.sheets = tuple(XlsxSheet(self, package, part) for part in package.sheets)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """The names of the sheets in their order."""
        return tuple(sheet.name for sheet in self.sheets)

    def strings(self, package: Package) -> SharedStrings:
        """Return the table of shared strings, loaded once, when the first row is asked for."""
        if self._strings is None:
            self._strings = SharedStrings(package)
        return self._strings

    def has_room(self, part: str, count: int) -> bool:
        """Note how many rows of a part are read by now; say whether the whole file may have them.

        A part that is read again counts once.
        """
        self._rows_read[part] = max(count, self._rows_read.get(part, 0))
        return sum(self._rows_read.values()) <= self.limits.rows

    def close(self) -> None:
        """Close the file and remove temporary ones."""
        if self._strings is not None:
            self._strings.close()
        if self._package is not None:
            self._package.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_workbook(path: Path | str, language: Language = "vi", limits: Limits = USUAL) -> Workbook:
    """Open a workbook; FileUnreadable says what is wrong with the file and what to do."""
    return Workbook(Path(path), language, limits)


def _kind_of(path: Path, language: Language, *, text_too: bool) -> str:
    """Tell a zip from a CSV by its first bytes, and name what it is instead of either."""
    if not path.exists():
        raise unreadable(path, "missing", language)
    if path.is_dir():
        raise unreadable(path, "directory", language)
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOK)
            rest = stream.read() if head.startswith(_OLE) else b""
    except OSError as error:
        raise unreadable(path, "forbidden", language) from error
    named_csv = text_too and path.suffix.lower() in {".csv", ".txt", ".tsv"}
    why = _refusal_of(head, rest, named_csv=named_csv, text_too=text_too)
    if why is not None:
        raise unreadable(path, why, language)
    return "csv" if named_csv else "xlsx"


def _refusal_of(head: bytes, rest: bytes, *, named_csv: bool, text_too: bool) -> str | None:
    """Return the key of the words for a file that is not what it must be."""
    if not head:
        return "empty"
    if head.startswith(_OLE):
        whole = head + rest
        return next((why for name, why in _INSIDE if name in whole), "old_xls")
    if head.startswith(_ZIP):
        return "zip_as_csv" if named_csv else None
    disguise = disguise_of(head)
    if disguise is not None or named_csv:
        return disguise
    if looks_like_text(head):
        return "text_as_xlsx" if text_too else "text"
    return "not_a_workbook" if text_too else "not_xlsx"
