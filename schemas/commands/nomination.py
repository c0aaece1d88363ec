"""What may be asked of nominations, and of what comes with them in rows?

The rows come beside the command: they are many, or nobody may try them out by a digest.
"""

from __future__ import annotations

from typing import Literal

from schemas.base import Code, Text
from schemas.commands.command import Command

TableKind = Literal["units", "people", "past-models", "nominations", "scores", "votes", "adoptions"]


class SubmitNomination(Command):
    """Send one nomination, or another version of it; its row comes beside it."""

    nomination_code: Code
    person_id: Code
    """Who nominates for its unit, or a coordinator."""


class SendWorkbook(Command):
    """Send all nominations of a unit as it has them; what was read of them comes beside it."""

    sha256: str
    """Of the file."""
    revise: bool
    """Rows whose code is there already may be corrections."""
    person_id: Code
    """Who nominates for the unit, or a coordinator."""


class RecordReview(Command):
    """Hand in one's own scores on one nomination; they come beside it."""

    nomination_code: Code
    person_id: Code
    """The reviewer."""


class RecordVotes(Command):
    """Record how members of the council voted; the rolls come beside it."""

    person_id: Code
    """A coordinator, as secretary."""


class RecordAdoptions(Command):
    """Record replications and their steps; they come beside it."""

    person_id: Code
    """A coordinator."""


class ImportTable(Command):
    """Take a file in, which was read whole; its rows come beside it."""

    kind: TableKind


class WithdrawNomination(Command):
    """Take a nomination back, before the council has voted on it."""

    nomination_code: Code
    reason: Text
    person_id: Code
    """Who nominates for its unit, or a coordinator."""


class ClearHold(Command):
    """Say that what a nomination was on hold for is cleared: it is eligible."""

    nomination_code: Code
    reason: Text
    person_id: Code
    """A coordinator."""
