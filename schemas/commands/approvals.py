"""What may be asked of an approval?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.bounds import Day, Number
from schemas.commands.command import Command
from schemas.vocabulary import Stage


class ApproveStage(Command):
    """Approve what a stage has come to."""

    stage: Stage
    person_id: Code
    reason: Text = ""
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class ReturnStage(Command):
    """Send a stage back, with a reason."""

    stage: Stage
    person_id: Code
    reason: Text
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class AbstainFromStage(Command):
    """Take no part in the approval of a stage because of a conflict of interest."""

    stage: Stage
    person_id: Code
    reason: Text
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class RecordDelegation(Command):
    """Let a substitute sign for a principal on given days, by a letter of authority."""

    principal_id: Code
    substitute_id: Code
    first_on: Day
    last_on: Day
    """Included."""
    letter: Text
    """Number of the letter of authority."""
    stage: Stage | None = None
    """None: every stage of the campaign."""
    person_id: Code
    """The principal, or a coordinator."""


class RevokeDelegation(Command):
    """End a delegation now."""

    delegation_id: Number
    person_id: Code
    """The principal, or a coordinator."""


class AskApprovalAgain(Command):
    """Say that a returned stage is corrected: its approvers are asked again."""

    stage: Stage
    person_id: Code
    """A coordinator."""


class ConfirmDelegation(Command):
    """Let a delegation count at once, as the principal or a second person."""

    delegation_id: int
    person_id: Code
