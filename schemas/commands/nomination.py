"""What may be asked of a nomination outside the usual course?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.commands.command import Command


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
