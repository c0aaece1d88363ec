"""What may be asked of links and codes?"""

from __future__ import annotations

from schemas.base import Code
from schemas.commands.command import Command
from schemas.links import SigningAct
from schemas.vocabulary import Stage


class AskForCode(Command):
    """Ask for the one-time code that confirms an act by the link of a mail."""

    stage: Stage
    person_id: Code
    act: SigningAct
    round: int
    """The round that was looked at."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, no code is sent."""


class RevokeLinks(Command):
    """Make the links void that mails to somebody have carried."""

    of_id: Code
    person_id: Code
    """The same person, or a coordinator."""
