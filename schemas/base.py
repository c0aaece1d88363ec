"""What every contract of the engine has in common: strict, frozen, NFC text."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict


def nfc(value: object) -> object:
    """Return text in Unicode form NFC, anything else unchanged.

    Vietnamese text reaches us both composed (NFC) and decomposed (NFD, from macOS and some
    scanners). It is composed once, at the border, so that equal words are equal everywhere.
    """
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _without_zone_fraction(value: datetime) -> datetime:
    return value.replace(microsecond=0)


Text = Annotated[str, BeforeValidator(nfc)]
"""Text in NFC."""

Code = Annotated[str, BeforeValidator(nfc)]
"""A code people use: campaign code, nomination code, unit id, person id."""

Instant = Annotated[AwareDatetime, AfterValidator(_without_zone_fraction)]
"""A point in time with its zone, to the second."""


class Model(BaseModel):
    """Base of every contract: immutable, unknown keys refused, enum members kept."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
