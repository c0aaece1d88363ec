"""What may be asked of a log that is dated ahead?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.commands.command import Command


class RepairClock(Command):
    """Let a log that is dated ahead go on from the present, and what is to come count from it."""

    reason: Text
    person_id: Code
    """A coordinator."""
