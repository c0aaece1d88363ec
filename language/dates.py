"""How is a point in time written for a reader of Vietnamese or English?

Always in the campaign's time zone and always with the zone's name and offset, so that a unit in
another zone is not an hour late. Vietnamese numerals follow Decree 30/2020/ND-CP, appendix I,
part II, section I.4: days below 10 and the months 1 and 2 are written with a leading zero.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global
from babel.dates import format_date, get_timezone_location

from language import Language
from language.errors import TimezoneUnknown

_TWO_DIGITS_BELOW: Final = {"day": 10, "month": 3}
_NOWHERE: Final = "ZZ"
"""The territory CLDR gives to a zone that belongs to no country."""


@lru_cache(maxsize=4096)
def said_instant(at: datetime, timezone: str, language: Language) -> str:
    """Say a point in time in a zone (IANA name), to the minute (seconds only if not zero).

    Vietnamese: `17 giờ 00 ngày 15/9/2023 (giờ Việt Nam, UTC+7)`; English: `15 September 2023, 17:00
    (Asia/Ho_Chi_Minh, UTC+07:00)`. A zone that does not exist raises `TimezoneUnknown`.
    """
    zone = _zone(timezone)
    local = at.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    if language == "vi":
        seconds = f" {local.second:02} giây" if local.second else ""
        minutes = f"{local.minute:02} phút{seconds}" if seconds else f"{local.minute:02}"
        return (
            f"{local.hour:02} giờ {minutes} ngày {_vietnamese_date(local)} "
            f"({_vietnamese_zone(timezone)}, {_short_offset(offset)})"
        )
    day = format_date(local.date(), "d MMMM y", locale="en")
    clock = local.strftime("%H:%M:%S" if local.second else "%H:%M")
    return f"{day}, {clock} ({timezone}, {_long_offset(offset)})"


@lru_cache(maxsize=64)
def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise TimezoneUnknown(timezone) from problem


def _vietnamese_date(local: datetime) -> str:
    day = f"{local.day:02}" if local.day < _TWO_DIGITS_BELOW["day"] else str(local.day)
    month = f"{local.month:02}" if local.month < _TWO_DIGITS_BELOW["month"] else str(local.month)
    return f"{day}/{month}/{local.year}"


@lru_cache(maxsize=64)
def _vietnamese_zone(timezone: str) -> str:
    """Say `giờ Việt Nam`; for a zone without a place (`UTC`, `Etc/GMT+3`) its IANA name."""
    known_as = get_global("zone_aliases").get(timezone, timezone)
    if get_global("zone_territories").get(known_as, _NOWHERE) == _NOWHERE:
        return timezone
    place = get_timezone_location(timezone, locale="vi")
    return place[0].lower() + place[1:]


def _short_offset(offset: timedelta) -> str:
    sign, hours, minutes = _parts(offset)
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def _long_offset(offset: timedelta) -> str:
    sign, hours, minutes = _parts(offset)
    return f"UTC{sign}{hours:02}:{minutes:02}"


def _parts(offset: timedelta) -> tuple[str, int, int]:
    total = int(offset.total_seconds()) // 60
    hours, minutes = divmod(abs(total), 60)
    return ("-" if total < 0 else "+", hours, minutes)
