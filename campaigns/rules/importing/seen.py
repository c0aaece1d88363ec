"""What does a person see of a cell, and is that what would be read?

Texts, codes and ids are taken as they are seen, in the cell's number format. Numbers are taken as
they are kept, and it is said where a person sees another one. Nobody knows which marks for decimals
and thousands a reader's system puts, so a code is taken without them, and this is said, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from campaigns.rules.importing import dates
from campaigns.rules.importing.number_formats import plain_decimal, shown, shown_moment
from campaigns.rules.importing.problems import Problems
from campaigns.rules.importing.values import shown as without_zeros
from language import Language
from schemas.imports import Cell, Look, SheetRow


class Slip(NamedTuple):
    """What is to be said of a cell that is seen otherwise than it is kept."""

    key: str
    details: Mapping[str, object]


def seen_text(cell: Cell, language: Language, *, exact: bool) -> tuple[str, Slip | None]:
    """Return a cell as the text a person sees; `exact` for codes and ids."""
    value = cell.value
    if isinstance(value, datetime):
        text = shown_moment(value, cell.number_format or "") or dates.written(value)
        return text, Slip("date_in_text", {"value": text})
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if not isinstance(value, int | float):
        return str(value), None
    return _seen_number(value, cell.number_format or "", language, exact=exact)


def _seen_number(
    value: float, number_format: str, language: Language, *, exact: bool
) -> tuple[str, Slip | None]:
    plain = _plain(value)
    if not number_format:
        return plain, None
    found = shown(value, number_format, language)
    if found is None:
        return plain, Slip("number_format_unknown", {"format": number_format, "meant": plain})
    if not found.text:
        return plain, None  # the table says that the cell cannot be seen
    if exact and found.has_marks:
        return plain, Slip("number_with_marks", {"seen": found.text, "meant": plain})
    return found.text, None


def _plain(value: float) -> str:
    return without_zeros(plain_decimal(value)) if value else "0"


def is_share(cell: Cell, language: Language) -> bool:
    """Tell whether a number is seen with a percent sign."""
    if not cell.number_format or not isinstance(cell.value, int | float):
        return False
    found = shown(cell.value, cell.number_format, language)
    return found.is_share if found is not None else "%" in cell.number_format


def seen_otherwise(cell: Cell, number: Decimal, language: Language) -> Slip | None:
    """Say where a person sees another number than the one that is read."""
    if not cell.number_format or not isinstance(cell.value, int | float):
        return None
    found = shown(cell.value, cell.number_format, language)
    if found is None:
        details = {"format": cell.number_format, "meant": without_zeros(number)}
        return Slip("number_format_unknown", details)
    if found.number is None or found.number == number:
        return None
    return Slip("number_seen_otherwise", {"seen": found.text, "number": without_zeros(number)})


# --- Rows and columns that are struck out or cannot be seen ---------------------------------------

_ROW_KEYS: Mapping[Look | None, str] = {"struck": "struck_row", "unseen": "unseen_row"}
_CELL_KEYS: Mapping[Look, str] = {
    "struck": "struck_cell",
    "struck_part": "struck_cell/part",
    "unseen": "unseen_cell",
    "unseen_part": "unseen_cell/part",
}
COLUMN_KEYS: Mapping[Look, str] = {
    "struck": "struck_column",
    "struck_part": "struck_column",
    "unseen": "unseen_column",
    "unseen_part": "unseen_column",
}


def note_looks(row: SheetRow, columns: Sequence[int], problems: Problems) -> None:
    """Tell of a row, or of the cells in it, that somebody struck out or nobody can see."""
    looks = dict(_looks(row, columns))
    whole = set(looks.values())
    if len(whole) == 1 and (key := _ROW_KEYS.get(whole.pop())):
        problems.warn(key, row.number)
        return
    for column, look in looks.items():
        if look is not None:
            problems.warn(_CELL_KEYS[look], row.number, column, row.cells[column].value)


def _looks(row: SheetRow, columns: Sequence[int]) -> Iterator[tuple[int, Look | None]]:
    for column in columns:
        if column < len(row.cells) and row.cells[column].value is not None:
            yield column, row.cells[column].look
