"""What may be asked of the engine's runs?"""

from __future__ import annotations

from schemas.base import Code
from schemas.commands.command import Command


class ReviveRuns(Command):
    """Have the engine's work that was given up done again."""

    person_id: Code
    """A coordinator."""
