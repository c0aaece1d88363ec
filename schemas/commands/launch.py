"""What may be asked of a campaign as a whole?"""

from __future__ import annotations

from schemas.base import Code, Instant, Text
from schemas.commands.command import Command


class CreateCampaign(Command):
    """Create a campaign from a playbook; a draft until it is launched."""

    code: Code
    rehearsal_starts_at: Instant | None = None
    """Gives the campaign a clock of its own; none for a real campaign."""


class LaunchCampaign(Command):
    """Start a campaign: its stages are planned, the launch stage opens."""

    person_id: Code
    """A coordinator."""


class CancelCampaign(Command):
    """Give a campaign up: its stages end, and nothing more of it is told."""

    reason: Text
    person_id: Code
    """Who may approve its launch; of a draft, a coordinator."""
