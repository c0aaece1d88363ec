"""What do acts answer that have more to say than how much they changed?

What is said once and kept nowhere is left out of what is stored: a repeat does not get it again.
"""

from __future__ import annotations

from pydantic import Field

from schemas.imports import ImportReport
from schemas.outcomes import Done
from schemas.registers import RegisterChange
from schemas.views.mail import MailPreference


class RegistersChanged(Done):
    """What is otherwise in the registers."""

    changes: tuple[RegisterChange, ...] = Field(default=(), exclude=True)
    """Names and addresses: not for the table of answers."""


class PreferenceSet(Done):
    """How a person's mail is sent from now on."""

    preference: MailPreference


class TokenMade(Done):
    """A token was made."""

    number: int
    token: str = Field(default="", exclude=True)
    """What proves it."""


class FeedMade(Done):
    """A calendar address was made."""

    number: int
    secret: str = Field(default="", exclude=True)
    """What its address ends with."""


class WebhookAdded(Done):
    """A webhook was added; its secret is made of the installation's key."""

    number: int


class WorkbookTaken(Done):
    """What became of the nominations of a workbook, by code."""

    new: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    late: tuple[str, ...] = ()


class TableTaken(Done):
    """What became of a file."""

    report: ImportReport | None = Field(default=None, exclude=True)
    """What was found and done, row by row: no repeat asks for it."""
