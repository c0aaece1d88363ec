"""How does a table leave the engine? As .xlsx or .csv in which no text can act as a formula.

Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return may be run by a spreadsheet
that opens the file (OWASP: CSV injection). In .xlsx such text is a string cell with the quote
prefix; in .csv an apostrophe is put before it, which `documents.reading.csv_sheet` takes off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.rules.importing.values import EXCEL_CELL_LIMIT
from language.vietnamese import begins_like_formula

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float | bool | Decimal | date | datetime | None
DATE_FORMAT: Final = "dd/mm/yyyy"
MOMENT_FORMAT: Final = "dd/mm/yyyy hh:mm"
_GUARD: Final = re.compile(r"'*[=+\-@\t\r]")
_WIDEST: Final = 60
_NARROWEST: Final = 10
_BAD_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_NAME_LENGTH: Final = 31
_EXACT_DIGITS: Final = 15
"""Excel keeps that many digits of a number."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes its place only when all was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def new_workbook(path: Path, *, in_order: bool = True) -> Iterator[Workbook]:
    """Give a workbook to fill; it takes its place at `path` only when it is whole.

    The packed file stays in memory: where the disk is full, the library leaves a file it could not
    finish to the garbage collector, which fails once more and complains.
    """
    packed = BytesIO()
    with replacing(path) as draft:
        with workbook_in(packed, in_order=in_order) as book:
            yield book
        draft.write_bytes(packed.getbuffer())


@contextmanager
def workbook_in(
    packed: BytesIO, *, in_order: bool = True, made_at: datetime | None = None
) -> Iterator[Workbook]:
    """Give a workbook to fill, which is packed into memory.

    `in_order`: rows are written from the top, by way of files, and memory does not grow with them.
    What is `made_at` the same time of the same cells has the same octets.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only where a workbook is written

    with Workbook(packed, {"constant_memory": in_order, "in_memory": not in_order}) as book:
        if made_at is not None:
            book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None)})
        yield book


class Sheet:
    """Writes typed cells to one worksheet; rows from the top, cells of a row in any order."""

    def __init__(self, book: Workbook, sheet: Worksheet, zone: tzinfo | None = None) -> None:
        self.sheet = sheet
        self._book, self._zone = book, zone
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Return the cell format with these XlsxWriter properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def write(
        self, row: int, column: int, value: Value, number_format: str = "", **properties: object
    ) -> None:
        """Write one value by its type; `number_format` overrides the usual one for numbers."""
        if value is None or value == "":
            if properties:
                self.sheet.write_blank(row, column, None, self.style(**properties))
        elif isinstance(value, str):
            self._write_text(row, column, value, properties)
        elif isinstance(value, bool):
            self.sheet.write_boolean(row, column, value, self.style(**properties))
        elif isinstance(value, date):
            self._write_date(row, column, value, number_format, properties)
        elif len(str(value).strip("-0.").replace(".", "")) > _EXACT_DIGITS:
            self._write_text(row, column, str(value), properties)
        else:
            if number_format:
                properties["num_format"] = number_format
            self.sheet.write_number(row, column, float(value), self.style(**properties))

    def _write_text(self, row: int, column: int, text: str, properties: dict[str, object]) -> None:
        if begins_like_formula(text):
            properties["quote_prefix"] = True
        if len(text) > EXCEL_CELL_LIMIT:
            text = text[: EXCEL_CELL_LIMIT - 1] + "…"
        self.sheet.write_string(row, column, text, self.style(**properties))

    def _write_date(
        self, row: int, column: int, value: date, number_format: str, properties: dict[str, object]
    ) -> None:
        if isinstance(value, datetime):
            usual = MOMENT_FORMAT
            moment = value.astimezone(self._zone).replace(tzinfo=None) if value.tzinfo else value
        else:
            usual, moment = DATE_FORMAT, datetime.combine(value, time.min)
        properties["num_format"] = number_format or usual
        self.sheet.write_datetime(row, column, moment, self.style(**properties))


def sheet_name(text: str) -> str:
    r"""Return a name Excel accepts for a sheet: without `[]:*?/\`, at most 31 characters."""
    return _BAD_NAME.sub(" ", text).strip("' ")[:_NAME_LENGTH].strip() or "Sheet1"


def write_xlsx(
    path: Path,
    name: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    zone: tzinfo | None = None,
) -> int:
    """Write one sheet with a frozen, filtered header; return the number of rows.

    Points in time are shown in `zone`, the system's without.
    """
    with new_workbook(path) as book:
        sheet = Sheet(book, book.add_worksheet(sheet_name(name)), zone)
        return fill(sheet, headers, rows, [len(header) for header in headers])


def fill(
    sheet: Sheet,
    headers: Sequence[str],
    rows: Iterable[Sequence[Value]],
    lengths: Sequence[int],
    **properties: object,
) -> int:
    """Fill a sheet below a frozen, filtered header; return the number of rows.

    `lengths` are those of each column's texts, as far as they are known; `properties` those of the
    cells below the header.
    """
    count = 0
    for column, (header, length) in enumerate(zip(headers, lengths, strict=True)):
        width = min(max(length + 2, _NARROWEST), _WIDEST)
        sheet.sheet.set_column(column, column, width)
        sheet.write(0, column, header, bold=True, text_wrap=True, valign="top")
    sheet.sheet.freeze_panes(1, 0)
    for count, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            sheet.write(count, column, value, "", **properties)
    if headers:
        sheet.sheet.autofilter(0, 0, count, len(headers) - 1)
    return count


def write_csv(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[Value]], zone: tzinfo | None = None
) -> int:
    """Write UTF-8 with byte order mark, for Excel; return the number of rows."""
    written = 0
    with replacing(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_plain(header, zone) for header in headers])
        for values in rows:
            writer.writerow([_plain(value, zone) for value in values])
            written += 1
    return written


def _plain(value: Value, zone: tzinfo | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if _GUARD.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        local = value.astimezone(zone) if value.tzinfo is not None else value
        return local.replace(tzinfo=None).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
