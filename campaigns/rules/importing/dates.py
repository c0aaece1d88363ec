"""Which day does a text or a number mean?

Vietnamese dates are day first: 12/3/2022 is 12 March. A date without a day means no day and is
refused, never guessed.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Final

LAST_SERIAL: Final = 2_958_466
_FALSE_LEAP_DAY: Final = 60
"""Excel counts 29 February 1900, which never was."""
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above

_TIME: Final = (
    r"(?P<h>\d{1,2})\s*(?:[:h]|giờ)\s*(?P<m>\d{1,2})?\s*(?:phút)?(?:\s*:\s*(?P<s>\d{1,2}))?"
)
_DAY_FIRST: Final = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<mo>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4}|\d{2})"
_WORDS: Final = (
    r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:tháng|/)\s*(?P<mo>\d{1,2})\s*(?:năm|/)\s*(?P<y>\d{4})"
)
_ISO: Final = r"(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})"
_ZONE: Final = r"(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for day in (_ISO, _DAY_FIRST, _WORDS)
    for shape in (
        rf"^{day}$",
        rf"^{day}[T\s,]+(?:lúc\s+)?{_TIME}{_ZONE}$",
        rf"^(?:lúc\s+)?{_TIME}[\s,]+(?:ngày\s+)?{day}$",
    )
)
_CENTURY: Final = 2000


def read_date_text(text: str) -> datetime | None:
    """Return the moment a text means; None where it names no whole day.

    A date without a time means the start of that day. ValueError: no such day in the calendar.
    """
    for shape in _SHAPES:
        found = shape.match(text)
        if found:
            parts = found.groupdict()
            year = int(parts["y"])
            return datetime(  # noqa: DTZ001 - local time; the caller knows the campaign's zone
                year if len(parts["y"]) > 2 else _CENTURY + year,  # noqa: PLR2004
                int(parts["mo"]),
                int(parts["d"]),
                int(parts.get("h") or 0),
                int(parts.get("m") or 0),
                int(parts.get("s") or 0),
            )
    return None


def is_iso(text: str) -> bool:
    """Tell whether the text is in the form CSV files use: 2023-09-01 or 2023-09-01T08:05:00."""
    return bool(re.match(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$", text))


def date_of_serial(serial: float, *, date_1904: bool = False) -> datetime | None:
    """Return the moment of an Excel date number, to the second; None where there is no such."""
    if not math.isfinite(serial) or not 0 <= serial < LAST_SERIAL:
        return None
    if date_1904:
        return _EPOCH_1904 + timedelta(seconds=round(serial * 86400))
    days = serial + 1 if 1 <= serial < _FALSE_LEAP_DAY else serial
    return _EPOCH_1900 + timedelta(seconds=round(days * 86400))


def written(moment: date | datetime) -> str:
    """Return a day as Vietnamese papers write it, with the time where there is one."""
    if isinstance(moment, datetime) and (moment.hour or moment.minute or moment.second):
        return f"{moment.day}/{moment.month}/{moment.year} {moment:%H:%M}"
    return f"{moment.day}/{moment.month}/{moment.year}"
