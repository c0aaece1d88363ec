"""What may be asked of a running campaign's playbook?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.bounds import Number
from schemas.commands.command import Command


class AmendPlaybook(Command):
    """Let a campaign go on by another version of its playbook."""

    base_version: Number
    """The version the amendment was made from; another one in force by now refuses it."""
    person_id: Code
    """A coordinator."""
    reason: Text


class ConfirmAmendment(Command):
    """Let amended rules of approval count at once, as the second person."""

    person_id: Code
