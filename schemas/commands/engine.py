"""What may be asked of the engine: work done again, recorded acts replayed?"""

from __future__ import annotations

from typing import Literal

from schemas.base import Code
from schemas.commands.command import Command

Replayed = Literal["nominations", "scores", "votes", "adoptions"]


class ReplayActs(Command):
    """Take in what many people did at one time, as the record of a rehearsal says it.

    The rows come beside it.
    """

    kind: Replayed
    recorded: bool = False
    """Nominations: the rows say when each was submitted."""


class ReviveRuns(Command):
    """Have the engine's work that was given up done again."""

    person_id: Code
    """A coordinator."""
