"""Values of a playbook: shares, local times, words in two languages, choices."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, PlainSerializer, PlainValidator

from language import Language
from schemas.base import Code, Model, Text


def _share(value: object) -> Fraction:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        msg = "write a share as 2/3 or 0.7"
        raise ValueError(msg) from error
    if not 0 < share <= 1:
        msg = "a share is above 0 and at most 1"
        raise ValueError(msg)
    return share


Share = Annotated[
    Fraction,
    PlainValidator(_share, json_schema_input_type=str | float),
    PlainSerializer(str, return_type=str),
]
"""A share of a whole, above 0 and at most 1, as `2/3` or `0.7`; compared exactly, never rounded."""


def known_timezone(name: str) -> str:
    """Refuse a name that is no IANA time zone."""
    if name not in available_timezones():
        msg = f"unknown time zone {name!r}; use an IANA name such as Asia/Ho_Chi_Minh"
        raise ValueError(msg)
    return name


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None:
        msg = "write local time of the campaign's zone, without an offset"
        raise ValueError(msg)
    return value


LocalTime = Annotated[datetime, AfterValidator(_local)]
"""A time in the campaign's zone; `Playbook.instant` turns it into a point in time."""


class Label(Model):
    """Words people read, in Vietnamese and, where given, in English."""

    vi: Text
    en: Text = ""

    def say(self, language: Language) -> str:
        """Return the words in `language`; Vietnamese where there is no English."""
        return self.en if language == "en" and self.en else self.vi


class Choice(Model):
    """A field or a subject kind: its id in data, its name on paper."""

    id: Code
    name: Label
