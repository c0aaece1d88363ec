"""What may be asked of deadlines?"""

from __future__ import annotations

from typing import Literal

from schemas.base import Code, Text
from schemas.bounds import Moment
from schemas.commands.command import Command
from schemas.vocabulary import Stage


class ExtendDeadline(Command):
    """Give more time, to all or to one unit; a deadline only ever moves to a later time."""

    stage: Stage
    matter: Literal["work", "approval"] = "work"
    """`approval`: the time by which the stage's approvers decide."""
    unit_id: Code | None = None
    """This unit alone; none: everybody."""
    until: Moment
    reason: Text
    person_id: Code
    """A coordinator."""
