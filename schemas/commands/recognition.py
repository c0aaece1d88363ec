"""What may be asked of sessions, votes and decisions?"""

from __future__ import annotations

from pydantic import Field

from schemas.base import Code, Model, Text
from schemas.commands.command import Command


class CorrectedResult(Model):
    """What a decision should have said of a nomination."""

    nomination_code: Code
    recognised: bool


class CorrectDecision(Command):
    """Ask for a decision that replaces the signed one."""

    results: tuple[CorrectedResult, ...] = Field(min_length=1)
    """Those that change."""
    reason: Text
    person_id: Code
    """A coordinator."""


class RevokeRecognition(Command):
    """Take a recognition back, by a decision of who signed it."""

    nomination_code: Code
    reason: Text
    document: Text
    """Number of the decision that revokes it."""
    person_id: Code
    """An approver of the recognition stage."""


class CloseSession(Command):
    """Take no more votes in a session of the council; members without one were absent."""

    session: int = Field(ge=1)
    reason: Text = ""
    """Why it is closed although votes are missing, where some are."""
    person_id: Code
    """A coordinator, as secretary."""


class CorrectVotes(Command):
    """Replace the votes on nominations, while the council sits; the rolls come beside it."""

    reason: Text
    person_id: Code
    """A coordinator, as secretary."""
