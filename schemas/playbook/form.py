"""What does a nomination hold? The form of a campaign: its boxes, their types and limits.

The Excel template, the importer and the portal's form are all made from it. The ten boxes of a
"Dân vận khéo" registration follow official letter 249/MTTQ-BTT of 2026 (sources F1).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from language import Language
from schemas.base import Code, Model, Text


class ItemType(StrEnum):
    """What a box may hold."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CODE = "code"
    FIELD = "field"
    SUBJECT_KIND = "subject_kind"
    UNIT = "unit"
    INTEGER = "integer"
    PERCENT = "percent"
    YES_NO = "yes_no"
    DATE = "date"
    DATETIME = "datetime"
    EMAIL = "email"
    IGNORED = "ignored"
    """Known, shown to people, and not read: a running number, a unit's name beside its id."""


class ItemRole(StrEnum):
    """Which box the engine itself reads, whatever the box is called."""

    CODE = "code"
    SUBJECT_KIND = "subject_kind"
    NAME = "name"
    OWNER = "owner"
    UNIT = "unit"
    NOMINATED_BY = "nominated_by"
    RANK = "rank"
    FIELD = "field"
    SUBMITTED_AT = "submitted_at"
    EMAIL = "email"


def _label(value: object) -> object:
    return {"vi": value} if isinstance(value, str) else value


class Caption(Model):
    """Words on the form."""

    vi: Text
    en: Text = ""

    def say(self, language: Language) -> str:
        """Return the words in `language`; Vietnamese where there is no English."""
        return self.en if language == "en" and self.en else self.vi


class FormItem(Model):
    """One box of the form, one column of the workbook."""

    id: Code
    header: Annotated[Caption, BeforeValidator(_label)]
    """The column's header; matched without regard to case, tone-mark placement or line breaks."""
    type: ItemType
    role: ItemRole | None = None
    required: bool = False
    maximum_length: int | None = Field(default=None, ge=1)
    """Characters; the default of a type applies where none is given (`rules.importing`)."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    earliest: date | None = None
    latest: date | None = None
    note: Annotated[Caption, BeforeValidator(_label)] = Caption(vi="")
    """Shown at the column in the empty workbook."""


class Form(Model):
    """All boxes, in the order of the workbook's columns."""

    items: tuple[FormItem, ...] = Field(min_length=1)

    def by_role(self, role: ItemRole) -> FormItem | None:
        """Return the box the engine reads for `role`, if the form has it."""
        return next((item for item in self.items if item.role is role), None)

    @model_validator(mode="after")
    def _ids_and_roles_once(self) -> Self:
        ids = [item.id for item in self.items]
        roles = [item.role.value for item in self.items if item.role]
        for name, found in (("id", ids), ("role", roles)):
            twice = sorted(key for key, times in Counter(found).items() if times > 1)
            if twice:
                msg = f"form item {name} stands twice: {', '.join(twice)}"
                raise ValueError(msg)
        missing = [
            role.value
            for role in (
                ItemRole.CODE,
                ItemRole.NAME,
                ItemRole.UNIT,
                ItemRole.NOMINATED_BY,
                ItemRole.SUBJECT_KIND,
            )
            if role not in roles
        ]
        if missing:
            msg = f"the form has no item with role: {', '.join(missing)}"
            raise ValueError(msg)
        return self
