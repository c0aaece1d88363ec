"""Tasks of the replication stage."""

from __future__ import annotations

from campaigns.services.launch import closing
from campaigns.services.replication import adoptions, pledges
from tasks.common import app, step


@step("{campaign_code}/replication/request-pledges")
def request_pledges(campaign_code: str) -> int:
    """Ask units, once, what they will replicate; return how many were asked."""
    return app().act(campaign_code, pledges.request_pledges).changed


@step("{campaign_code}/replication/sweep-follow-ups")
def sweep_follow_ups(campaign_code: str) -> int:
    """Settle follow-ups and ask for those that are due; return how many changed."""
    return app().act(campaign_code, adoptions.sweep_follow_ups).changed


@step("{campaign_code}/replication/close")
def close_campaign(campaign_code: str) -> int:
    """Close the campaign once its last stage is approved; return 1 if it was closed now."""
    return app().act(campaign_code, closing.close_if_finished).changed
