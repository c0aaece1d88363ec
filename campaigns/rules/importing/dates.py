"""Which day does a text or a number mean?

Vietnamese dates are day first: 12/3/2022 is 12 March. A date without a day means no day and is
refused, never guessed. A zone or an offset that is written is never dropped: the moment comes with
it, and whoever knows the campaign's zone converts it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

LAST_SERIAL: Final = 2_958_466
_FALSE_LEAP_DAY: Final = 60
"""Excel counts 29 February 1900, which never was."""
_EPOCH_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above

_TIME: Final = (
    r"(?P<h>\d{1,2})\s*(?:[:h]|giờ)\s*(?P<m>\d{1,2})?\s*(?:phút)?(?:\s*:\s*(?P<s>\d{1,2}))?"
    r"(?:[.,]\d+)?(?:\s*(?P<half>AM|PM|SA|CH))?"
)
_DAY_FIRST: Final = r"(?P<d>\d{1,2})\s*[/.\-]\s*(?P<mo>\d{1,2})\s*[/.\-]\s*(?P<y>\d{4}|\d{2})"
_WORDS: Final = (
    r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:tháng|/)\s*(?P<mo>\d{1,2})\s*(?:năm|/)\s*(?P<y>\d{4})"
)
_ISO: Final = r"(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})"
_ZONE: Final = (
    r"(?:\s*(?:(?P<utc>Z|UTC|GMT)|\(?(?:UTC|GMT)?\s*(?P<sign>[+\-\u2212])"
    r"(?P<zh>\d{1,2})(?::?(?P<zm>\d\d))?\)?))?"
)
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for day in (_ISO, _DAY_FIRST, _WORDS)
    for shape in (
        rf"^{day}$",
        rf"^{day}[T\s,]+(?:lúc\s+)?{_TIME}{_ZONE}$",
        rf"^(?:lúc\s+)?{_TIME}[\s,]+(?:ngày\s+)?{day}$",
    )
)
_PLAIN_ISO: Final = re.compile(
    r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$", re.ASCII
)
_CENTURY: Final = 2000
_HALF: Final = 12
_FARTHEST: Final = timedelta(hours=14)


def read_date_text(text: str) -> datetime | None:
    """Return the moment a text means, with its zone where one is written.

    None where the text names no whole day. A date without a time means the start of that day.
    ValueError: no such day in the calendar, or no such time.
    """
    for shape in _SHAPES:
        found = shape.match(text)
        if found:
            return _moment(found.groupdict())
    return None


def names_time(text: str) -> bool:
    """Tell whether a text that means a moment names its time of day."""
    found = next((found for shape in _SHAPES if (found := shape.match(text))), None)
    return found is not None and found.groupdict().get("h") is not None


def _moment(parts: dict[str, str | None]) -> datetime:
    year = parts["y"] or ""
    return datetime(
        int(year) if len(year) > 2 else _CENTURY + int(year),  # noqa: PLR2004
        int(parts["mo"] or 0),
        int(parts["d"] or 0),
        _hour(int(parts.get("h") or 0), (parts.get("half") or "").upper()),
        int(parts.get("m") or 0),
        int(parts.get("s") or 0),
        tzinfo=_zone(parts),
    )


def _hour(hour: int, half: str) -> int:
    """Return the hour of the day; `half` is AM or PM, in Vietnamese SA or CH."""
    if not half:
        return hour
    if not 1 <= hour <= _HALF:
        msg = f"no hour {hour} {half}"
        raise ValueError(msg)
    return hour % _HALF + (_HALF if half in {"PM", "CH"} else 0)


def _zone(parts: dict[str, str | None]) -> tzinfo | None:
    if parts.get("utc"):
        return UTC
    if not parts.get("sign"):
        return None
    offset = timedelta(hours=int(parts["zh"] or 0), minutes=int(parts["zm"] or 0))
    if offset > _FARTHEST or int(parts["zm"] or 0) >= 60:  # noqa: PLR2004 - minutes
        msg = f"no offset {offset}"
        raise ValueError(msg)
    return timezone(offset if parts["sign"] == "+" else -offset)


def local_of(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment as the clocks of a zone show it; one without a zone is taken for theirs.

    ValueError: that lies beyond the calendar.
    """
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError as error:
        raise ValueError(str(error)) from error


def is_iso(text: str) -> bool:
    """Tell whether a text is in the form that CSV and JSON use, such as 2023-09-01T08:05:00Z."""
    return bool(_PLAIN_ISO.match(text))


def date_of_serial(serial: float, *, date_1904: bool = False) -> datetime | None:
    """Return the moment of an Excel date number, to the second; None where there is no such."""
    # A whole number may be too large for a float; no comparison holds for what is no number.
    if not 0 <= serial < LAST_SERIAL:
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
