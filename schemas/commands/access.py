"""What may be asked about ways in and out? Tokens of the API, calendar addresses, webhooks."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Code, Text
from schemas.bounds import Number
from schemas.commands.command import Command


class CreateToken(Command):
    """Make a token of the API for a person."""

    of_id: Code
    scopes: tuple[str, ...]
    days: int = Field(ge=1)
    """How long it is good for."""


class RevokeToken(Command):
    """End a token at once."""

    number: Number


class MakeFeed(Command):
    """Make a secret address for a person's calendar."""

    of_id: Code
    token_id: int | None = None
    """The token it was made by, and ends with."""


class EndFeed(Command):
    """End a calendar address of a person."""

    of_id: Code
    number: Number


class AddWebhook(Command):
    """Tell an address of what happens from now on."""

    url: Text
    events: Text
    """Which: a pattern."""
    campaign_code: Code | None = None
    """Of this campaign alone."""
    private: bool = False
    """Plain http is taken too."""


class RemoveWebhook(Command):
    """End a webhook."""

    number: Number


class ResendWebhook(Command):
    """Send one line of the log of webhooks once more."""

    number: Number
