"""What may be asked of the registers?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.bounds import Day
from schemas.commands.command import Command


class AppointPerson(Command):
    """Appoint somebody to a role."""

    of_id: Code
    role: Code
    since: Day | None = None
    """First day; None: today."""
    detail: Text = ""
    person_id: Code
    """A coordinator."""


class EndAppointment(Command):
    """End somebody's role."""

    of_id: Code
    role: Code
    since: Day | None = None
    """First day without it; None: today."""
    person_id: Code
    """A coordinator."""


class ConfirmPerson(Command):
    """Let what rests of somebody count at once, as the second person."""

    of_id: Code
    seen: str | None = None
    """The address that waits, as it was looked at; empty: none does. None: not looked at."""
    person_id: Code


class RefusePerson(Command):
    """Take back what rests of somebody."""

    of_id: Code
    seen: str | None = None
    """As for `ConfirmPerson`."""
    person_id: Code
