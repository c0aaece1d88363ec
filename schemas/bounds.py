"""Which numbers and days are taken? One type for each kind, the same at every door.

The figures stand in `schemas.limits`, and why.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from schemas.limits import FIRST_DAY, LARGEST_COUNT, LARGEST_NUMBER, LAST_DAY

Number = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
"""The number of a thing: a message, a delegation, a token."""

Count = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
"""How many, or after which number."""

Place = Annotated[int, Field(ge=1, le=LARGEST_COUNT)]
"""Which in an order: a session of the council."""

Points = Annotated[float, Field(ge=-LARGEST_COUNT, le=LARGEST_COUNT, allow_inf_nan=False)]
"""A score as it is sent; the rubric says more."""

Figure = Annotated[float, Field(allow_inf_nan=False)]
"""A number with decimals in a box; the form says more."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _alone(value: object) -> object:
    """Refuse a day with a time or a zone, which would be dropped, and seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        said = "Write the day alone, such as 2026-10-01, without a time or a zone"
        raise PydanticCustomError("day_wanted", said)
    if isinstance(value, datetime | int | float):
        said = "Write the day as text, such as 2026-10-01"
        raise PydanticCustomError("day_wanted", said)
    return value


Day = Annotated[date, BeforeValidator(_alone), Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day of a campaign, without a time."""


def _to_the_second_within(value: datetime) -> datetime:
    # Offsets may lead out of the years 1 to 9999: the sides are cut off before anything is shifted.
    plain = value.replace(microsecond=0)
    near = timedelta(days=1)
    if not FIRST_DAY + near <= plain.date() <= LAST_DAY - near:
        said = "A time lies between {first} and {last}"
        raise PydanticCustomError("time_too_far", said, {"first": FIRST_DAY, "last": LAST_DAY})
    return plain


Moment = Annotated[AwareDatetime, AfterValidator(_to_the_second_within)]
"""A point in time somebody gives, with its zone, to the second."""
