"""Tasks that do what the clock has brought about."""

from __future__ import annotations

from campaigns import registers
from campaigns.services.approvals import signer_notices
from campaigns.services.deadlines import sweep as deadlines
from tasks.common import app, step


@step("{campaign_code}/deadlines/sweep")
def sweep(campaign_code: str) -> int:
    """Do what is due in a campaign now; return how much that was."""
    registers.settle(app())
    app().act(campaign_code, signer_notices.tell)
    return app().act_as(deadlines.ACTOR, campaign_code, deadlines.sweep).changed
