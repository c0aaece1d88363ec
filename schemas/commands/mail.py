"""What may be asked of messages and addresses?"""

from __future__ import annotations

from typing import Literal

from language import Language
from schemas.base import Code
from schemas.bounds import Number
from schemas.commands.command import Command


class ReleaseMessages(Command):
    """Let held messages go."""

    template: Code | None = None
    """Only this template; none: every held message."""
    seen: tuple[Number, ...] | None = None
    """Numbers of the messages that were looked at; where others are held now, none is released."""
    early: bool = False
    """Whether results go before the calendar releases them."""
    person_id: Code
    """The coordinator who looked at them."""


class RetryMessages(Command):
    """Queue failed messages again."""

    template: Code | None = None
    uncertain: bool = False
    """Also those the server may have taken; a recipient may then get one twice."""
    person_id: Code
    """A coordinator."""


class ClearAddress(Command):
    """Let mail go again to an address from which mail came back."""

    address: str
    person_id: Code
    """A coordinator."""


class SetMailPreference(Command):
    """Say how a person wants their mail."""

    of_id: Code
    """Whose mail it is."""
    digest: Literal["each", "daily"] | None = None
    language: Language | None = None
