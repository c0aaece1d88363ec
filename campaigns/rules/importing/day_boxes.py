"""Which day or time does a box mean, and does its column look as if day and month were swapped?

A cell with a zone is converted to the campaign's, or refused where no campaign's zone is known.

Who types 3/2/2026 for 3 February into an Excel with US settings gets a cell of 2 March; 25/3/2026
is no date there and stays text. So a column in which all real dates have a day up to twelve, while
texts have later ones, was most likely typed that way, and this is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Final

from campaigns.rules.importing import dates
from campaigns.rules.importing.lookups import SheetTraits
from campaigns.rules.importing.number_formats import shows_whole
from campaigns.rules.importing.problems import Problems
from schemas.imports import Cell
from schemas.limits import FIRST_DAY, LAST_DAY
from schemas.playbook.form import FormItem

_YEARS: Final = range(FIRST_DAY.year, LAST_DAY.year + 1)
_MONTHS: Final = 12
_PLACES: Final = 5
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_NUMBERS: Final = re.compile(r"^\s*(\d{1,2})([/\-])(\d{1,2})\2(\d{4}|\d{2})\b", re.ASCII)
"""What an Excel would take for a date if its order allowed it; with points it never does."""


class NoMoment(Exception):
    """A box means no day; carries the key and the details of the problem."""

    def __init__(self, key: str, value: object, **details: object) -> None:
        super().__init__(key)
        self.key, self.value, self.details = key, value, details


class DayReader:
    """Reads the days of one column."""

    def __init__(
        self,
        item: FormItem,
        column: int,
        problems: Problems,
        traits: SheetTraits,
        zone: tzinfo | None,
    ) -> None:
        self._column, self._problems = column, problems
        self._traits, self._zone = traits, zone
        self._earliest, self._latest = item.earliest or FIRST_DAY, item.latest or LAST_DAY
        self._signs = _SwapSigns()

    def read(self, cell: Cell, row: int) -> datetime:
        """Return the moment in the campaign's zone, without it; slips are noted.

        Raises:
            NoMoment: The cell means no day, or none that is allowed.
        """
        value = cell.value
        moment, slip = self._understood(value, row)
        if not self._earliest <= moment.date() <= self._latest:
            raise NoMoment(
                "date_out_of_range",
                dates.written(moment),
                earliest=dates.written(self._earliest),
                latest=dates.written(self._latest),
            )
        if isinstance(value, datetime) and not shows_whole(moment, cell.number_format or ""):
            slip = "date_seen_in_part"
        if slip:
            level = self._problems.info if slip == "date_with_zone" else self._problems.warn
            level(slip, row, self._column, value, meant=dates.written(moment))
        return moment

    def finish(self) -> None:
        """Tell what the column as a whole looks like."""
        found = self._signs.found()
        if found is not None:
            key, row, details = found
            self._problems.warn(key, row, self._column, **details)

    def _understood(self, value: object, row: int) -> tuple[datetime, str]:
        if isinstance(value, datetime):
            self._signs.note_date(value, row)
            return value, ""
        if isinstance(value, bool):
            raise NoMoment("invalid_date", value)
        if isinstance(value, int | float):
            return self._of_number(value, value), "date_as_number"
        text = str(value)
        self._signs.note_text(text, row)
        try:
            moment = dates.read_date_text(text)
            if moment is None:
                if not _SERIAL.fullmatch(text):
                    raise NoMoment("invalid_date", text)
                return self._of_number(float(text.replace(",", ".")), text), "date_as_number"
            is_plain = dates.is_iso(text)
            if moment.tzinfo is None:
                return moment, self._slip(is_plain=is_plain)
            if self._zone is None:
                raise NoMoment("invalid_date/zone", text)
            slip = "date_with_zone" if is_plain else self._slip(is_plain=False)
            return dates.local_of(moment, self._zone), slip
        except (ValueError, OverflowError) as error:  # a zone may lead out of the years
            raise NoMoment("invalid_date/no_such_day", text) from error

    def _slip(self, *, is_plain: bool) -> str:
        """Return the key of what is to be said of a date in letters, `is_plain` in ISO 8601."""
        if not self._traits.has_dates:
            return "" if is_plain else "date_as_text/written"
        return "date_as_text/iso" if is_plain else "date_as_text"

    def _of_number(self, number: float, value: object) -> datetime:
        found = dates.date_of_serial(number, date_1904=self._traits.date_1904)
        if found is None or number in _YEARS:
            raise NoMoment("invalid_date", value)
        return found


class _SwapSigns:
    """What a column shows of day and month having changed places."""

    def __init__(self) -> None:
        self._dates: list[tuple[int, datetime]] = []
        self._count = self._late_dates = self._others = 0
        self._late_texts: list[tuple[int, str]] = []
        self._us_texts: list[tuple[int, str]] = []
        self._early_texts: list[tuple[int, str]] = []

    def note_date(self, moment: datetime, row: int) -> None:
        """Note a cell that is a date."""
        if moment.day > _MONTHS:
            self._late_dates += 1
        elif moment.day != moment.month:
            self._count += 1
            self._others += moment.day > 1
            if len(self._dates) < _PLACES:
                self._dates.append((row, moment))

    def note_text(self, text: str, row: int) -> None:
        """Note a date in letters."""
        found = _NUMBERS.match(text)
        if not found:
            return
        first, second = int(found[1]), int(found[3])
        if first > _MONTHS >= second:
            # 31/2/2026 is a text wherever it is typed, and shows nothing.
            if _exists(int(found[4]), second, first):
                self._late_texts.append((row, text))
        elif second > _MONTHS >= first:
            if _exists(int(found[4]), first, second):
                self._us_texts.append((row, text))
        elif first != second:
            self._early_texts.append((row, text))

    def found(self) -> tuple[str, int, dict[str, object]] | None:
        """Return the key, the first row and the details of the suspicion."""
        late, early, us = self._late_texts, self._early_texts, self._us_texts
        if self._others and len(late) > len(early) and not self._late_dates:
            row, moment = self._dates[0]
            return (
                "date_swapped",
                row,
                {
                    "value": dates.written(moment),
                    "count": self._count,
                    "rows": _rows(self._dates, self._count),
                    "text": late[0][1],
                    "text_row": late[0][0],
                    "swapped": f"{moment.month}/{moment.day}/{moment.year}",
                },
            )
        if us and early and not late:
            row, text = early[0]
            details: dict[str, object] = {"value": text, "rows": _rows(early, len(early))}
            return "date_swapped/us_text", row, {**details, "text": us[0][1], "text_row": us[0][0]}
        return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year if year > 99 else 2000 + year, month, day)  # noqa: PLR2004 - two digits
    except ValueError:
        return False
    return True


def _rows(places: Sequence[tuple[int, object]], count: int) -> str:
    told = ", ".join(str(row) for row, _ in places[:_PLACES])
    return f"{told}, …" if count > _PLACES else told
