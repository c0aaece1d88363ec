"""What does a cell of a form mean? One reader per type of box.

Levels follow one rule: an error is what would store something the writer did not mean or that is
not there; a warning is a slip whose meaning is plain, and says what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final
from unicodedata import is_normalized

from campaigns.rules.importing.day_boxes import DayReader, NoMoment
from campaigns.rules.importing.lookups import SheetTraits
from campaigns.rules.importing.number_formats import plain_decimal
from campaigns.rules.importing.problems import Problems, column_letter
from campaigns.rules.importing.seen import is_share, seen_otherwise, seen_text
from campaigns.rules.importing.values import (
    DEFAULT_LENGTHS,
    EXCEL_CELL_LIMIT,
    is_email,
    number_of_text,
    number_slip,
    shown,
    yes_no_of,
)
from language.legacy_encoding import decoded
from language.vietnamese import (
    UNUSUAL,
    begins_like_formula,
    clean,
    has_markup,
    has_stray_blanks,
    is_formula_text,
    match_key,
    shorten,
    unmarked,
)
from schemas.imports import AnswerValue, Cell
from schemas.limits import LARGEST_COUNT, LARGEST_NUMBER
from schemas.playbook.form import FormItem, ItemRole, ItemType

_FREE_TEXT: Final = frozenset({ItemType.TEXT, ItemType.LONG_TEXT, ItemType.CODE})
_PROSE: Final = frozenset({ItemType.TEXT, ItemType.LONG_TEXT})
_VOLATILE: Final = re.compile(r"\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY)\s*\(", re.IGNORECASE)
_NOTHING_ODD: Final = (None,) * 5


class _Wrong:
    """Marks a value that is wrong; the problem is noted already."""


WRONG: Final = _Wrong()
Read = AnswerValue | _Wrong


class BoxReader:
    """Reads one column of a form."""

    def __init__(
        self,
        item: FormItem,
        column: int,
        problems: Problems,
        traits: SheetTraits,
        *,
        zone: tzinfo | None = None,
        choices: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.item, self.key, self.column = item, item.id, column
        self._problems, self._typed = problems, traits.typed
        self._days = DayReader(item, column, problems, traits, zone)
        self._is_free = item.type in _FREE_TEXT
        self.is_ignored = item.type is ItemType.IGNORED
        self._limit = item.maximum_length or DEFAULT_LENGTHS.get(item.type, EXCEL_CELL_LIMIT)
        self._choices = choices or {}
        """Names on paper by id, for fields and subject kinds; the first is the one to use."""
        self._least, self._most = _range_of(item)
        self._by_name, self._by_key, self._by_letters = (
            {form(name): key for key, names in self._choices.items() for name in names}
            for form in (clean, match_key, unmarked)
        )
        self._parse: Callable[[Cell, int], Read] = {
            ItemType.INTEGER: self._integer,
            ItemType.PERCENT: self._percent,
            ItemType.YES_NO: self._yes_no,
            ItemType.DATE: self._day,
            ItemType.DATETIME: self._moment,
            ItemType.EMAIL: self._email,
            ItemType.FIELD: self._choice,
            ItemType.SUBJECT_KIND: self._choice,
        }.get(item.type, self._text)

    def read(self, cell: Cell, row: int) -> Read:
        """Return the value, None for an empty box, or WRONG with the problem noted."""
        if cell[1:6] != _NOTHING_ODD:
            marked = self._marked(cell, row)
            if marked is not None:
                return marked
        value = cell.value
        if value.__class__ is str:
            text = self._cleaned(str(value), row)
            if text is None:
                return WRONG
            if text is not value:
                cell = cell._replace(value=text)
            value = text
        if value is None or value == "":
            return self._missing(row, cell)
        if self.is_ignored:
            return None
        return self._parse(cell, row)

    def _wrong(self, key: str, row: int, value: object, **details: object) -> _Wrong:
        if self.is_ignored:
            self._problems.warn(key, row, self.column, value, **details)
        else:
            self._problems.error(key, row, self.column, value, **details)
        return WRONG

    def _warn(self, key: str, row: int, value: object, **details: object) -> None:
        self._problems.warn(key, row, self.column, value, **details)

    def _missing(self, row: int, cell: Cell) -> Read:
        if self.item.required:
            key = "missing_required/covered" if cell.merged_from else "missing_required"
            return self._wrong(key, row, "")
        return None

    # --- What is not a plain value ---

    def _marked(self, cell: Cell, row: int) -> Read:
        """Note formulas, errors and merges; a result other than None ends the reading."""
        if cell.unreadable is not None:
            return self._wrong("unreadable_cell", row, cell.unreadable)
        if cell.error is not None:
            return self._wrong("formula_cell/error", row, cell.error)
        if cell.formula is not None:
            wrong = self._formula(cell, row)
            if wrong:
                return wrong
        if cell.merged_range is not None:
            self._warn("merged_cell", row, cell.value, range=cell.merged_range)
        if cell.merged_from is not None and cell.value is None:
            return self._covered(cell.merged_from, row)
        return None

    def _formula(self, cell: Cell, row: int) -> _Wrong | None:
        formula = cell.formula or ""
        if self.is_ignored:
            if cell.value is None:
                self._warn("formula_cell/ignored", row, formula)
            return None
        if "#REF!" in formula:
            return self._wrong("formula_cell/broken", row, formula)
        if _VOLATILE.search(formula):
            return self._wrong("formula_cell/volatile", row, formula)
        if cell.value is None:
            return self._wrong("formula_cell/no_value", row, formula)
        self._warn("formula_cell", row, formula, result=shorten(str(cell.value)))
        return None

    def _covered(self, origin: tuple[int, str], row: int) -> Read:
        top, letter = origin
        same_column = letter == column_letter(self.column)
        place = f"{letter}{top}"
        if self.item.required and not self.is_ignored:
            if same_column:
                return self._wrong("merged_cell/covered", row, "", place=place)
            return self._wrong("missing_required/covered", row, "", place=place)
        self._warn("merged_cell/empty", row, "", place=place)
        return None

    # --- Text ---

    def _cleaned(self, raw: str, row: int) -> str | None:
        """Return the text as it would be kept; None where it may not be kept."""
        if raw.isascii() or is_normalized("NFC", raw):
            text = raw.strip()
            if not UNUSUAL.search(text):
                if len(text) != len(raw):
                    self._warn("whitespace", row, raw)
                if text[:1] in "=+-@" and text and self._begins_badly(text, row):
                    return None
                return text if text != raw else raw
        text = clean(raw)
        if not text:
            if raw.strip():
                self._warn_blank(row, raw)
            return ""
        if has_stray_blanks(raw):
            self._warn("whitespace", row, raw)
        if self._begins_badly(text, row) or self._is_unreadable(raw, text, row):
            return None
        return text

    def _warn_blank(self, row: int, raw: str) -> None:
        if not self.item.required:
            self._warn("whitespace/only", row, raw)

    def _begins_badly(self, text: str, row: int) -> bool:
        if not (self._is_free or self.is_ignored) or not begins_like_formula(text):
            return False
        if is_formula_text(text):
            self._wrong("formula_injection/formula", row, text)
            return not self.is_ignored
        self._warn("formula_injection", row, text, sign=text[0])
        return False

    def _is_unreadable(self, raw: str, text: str, row: int) -> bool:
        if has_markup(text):
            self._wrong("html_in_text", row, text)
            return not self.is_ignored
        meaning = decoded(raw)
        if meaning is not None:
            key = "legacy_encoding" if meaning else "legacy_encoding/lost"
            self._wrong(key, row, text, meaning=shorten(meaning))
            return not self.is_ignored
        return False

    def _seen(self, cell: Cell, row: int) -> str:
        """Return the cell as a text, as people see it."""
        value = cell.value
        if isinstance(value, str):
            return value
        exact = self.item.type not in _PROSE
        text, slip = seen_text(cell, self._problems.language, exact=exact)
        if slip is not None:
            self._warn(slip.key, row, text, **slip.details)
        return text

    def _text(self, cell: Cell, row: int) -> Read:
        text = self._seen(cell, row)
        if len(text) > self._limit:
            return self._wrong("too_long", row, text, length=len(text), limit=self._limit)
        return text

    def _email(self, cell: Cell, row: int) -> Read:
        text = self._seen(cell, row)
        if is_email(text):
            return text
        several = re.split(r"[;,\s]+", text)
        if len(several) > 1 and all(map(is_email, several)):
            return self._wrong("invalid_email/several", row, text, first=several[0])
        return self._wrong("invalid_email", row, text)

    def _choice(self, cell: Cell, row: int) -> Read:
        text = self._seen(cell, row)
        key = self._by_name.get(text)
        if key or text in self._choices:
            return key or text
        code = "unknown_field" if self.item.type is ItemType.FIELD else "unknown_subject_kind"
        key = self._by_key.get(match_key(text))
        if key and _capitals(text) in map(_capitals, self._choices[key]):
            return key
        key = key or self._by_letters.get(unmarked(text))
        if key:
            self._warn(f"{code}/understood", row, text, meant=self._choices[key][0])
            return key
        allowed = ", ".join(names[0] for names in self._choices.values())
        return self._wrong(code, row, text, allowed=allowed)

    def _yes_no(self, cell: Cell, row: int) -> Read:
        value = cell.value
        if isinstance(value, bool):
            return value
        text = self._seen(cell, row)
        answer, is_plain = yes_no_of(text)
        if answer is None:
            return self._wrong("unknown_yes_no", row, text)
        if not is_plain:
            meant = "Có" if answer else "Không"
            self._warn("unknown_yes_no/understood", row, text, meant=meant)
        return answer

    # --- Numbers ---

    def _number(self, cell: Cell, row: int) -> Decimal | None:
        value = cell.value
        if isinstance(value, bool | datetime):
            return None
        if isinstance(value, int | float):
            exact = Decimal(str(value)) if isinstance(value, int) else plain_decimal(value)
            return exact if exact.is_finite() else None
        text = str(value)
        if self.item.type is ItemType.PERCENT:
            text = text.removesuffix("%").rstrip()
        number = number_of_text(text)
        if number is not None:
            slip = number_slip(text, typed=self._typed)
            if slip:
                self._warn(slip, row, text, number=shown(number))
            return number
        return None

    def _in_range(self, number: Decimal, row: int) -> bool:
        low, high = self._least, self._most
        if not low <= number <= high:
            is_low = number < low and self.item.maximum is None
            key = "out_of_range/low" if is_low else "out_of_range"
            self._wrong(key, row, shown(number), low=shown(low), high=shown(high))
            return False
        return True

    def _integer(self, cell: Cell, row: int) -> Read:
        number = self._number(cell, row)
        if number is None and _raw(cell).endswith("%"):
            return self._wrong("not_a_number/share", row, cell.value)
        if number is None:
            return self._wrong("not_a_number", row, _raw(cell))
        if cell.number_format is not None:
            if is_share(cell, self._problems.language):
                return self._wrong("not_a_number/share", row, self._seen(cell, row))
            self._note_seen_otherwise(cell, number, row)
        if number != number.to_integral_value():
            return self._wrong("not_a_number/whole", row, shown(number))
        return int(number) if self._in_range(number, row) else WRONG

    def _percent(self, cell: Cell, row: int) -> Read:
        number = self._number(cell, row)
        if number is None:
            return self._wrong("not_a_number", row, _raw(cell))
        if is_share(cell, self._problems.language):
            number = (number * 100).normalize()
            self._warn("number_as_share", row, _raw(cell), number=shown(number))
            self._note_seen_otherwise(cell, number, row)
        elif 0 < number < 1:
            self._warn("number_as_share/low", row, _raw(cell), number=shown(number))
        else:
            self._note_seen_otherwise(cell, number, row)
        return number if self._in_range(number, row) else WRONG

    def _note_seen_otherwise(self, cell: Cell, number: Decimal, row: int) -> None:
        slip = seen_otherwise(cell, number, self._problems.language)
        if slip is not None:
            self._warn(slip.key, row, _raw(cell), **slip.details)

    # --- Dates ---

    def finish(self) -> None:
        """Tell what only the whole column shows."""
        self._days.finish()

    def _day(self, cell: Cell, row: int) -> Read:
        moment = self._moment(cell, row)
        return moment.date() if isinstance(moment, datetime) else moment

    def _moment(self, cell: Cell, row: int) -> Read:
        try:
            return self._days.read(cell, row)
        except NoMoment as found:
            return self._wrong(found.key, row, found.value, **found.details)


def _range_of(item: FormItem) -> tuple[Decimal, Decimal]:
    """Return the least and the largest number of a box; where its form says nothing, our own."""
    is_rank = item.role is ItemRole.RANK
    least, most = (1, LARGEST_COUNT) if is_rank else (-LARGEST_NUMBER, LARGEST_NUMBER)
    return (
        Decimal(least) if item.minimum is None else max(item.minimum, Decimal(least)),
        Decimal(most) if item.maximum is None else min(item.maximum, Decimal(most)),
    )


def _raw(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)


def _capitals(text: str) -> int:
    return sum(map(str.isupper, text))
