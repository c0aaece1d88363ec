"""Tasks that do what the clock has brought about."""

from __future__ import annotations

from campaigns import registry
from campaigns.services import deadlines, register_notices
from tasks.common import app, step


@step("{campaign_code}/deadlines/sweep")
def sweep(campaign_code: str) -> int:
    """Do what is due in a campaign now; return how much that was."""
    registry.settle(app())
    app().act(campaign_code, register_notices.tell)
    return app().act_as(deadlines.ACTOR, campaign_code, deadlines.sweep).changed
