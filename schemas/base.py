"""What every contract of the engine has in common: strict, frozen, NFC text."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


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

    # A command needs a few contracts of many: each is built when it is first used.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Describe each field by the text below it."""
        from schemas.docstrings import descriptions  # noqa: PLC0415 - needed by schemas alone

        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in descriptions(cls).items():
            if name in fields:
                fields[name].setdefault("description", text)
        return schema
