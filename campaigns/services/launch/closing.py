"""When is a campaign over? When its last stage is approved."""

from __future__ import annotations

from campaigns.rules.lifecycle import Thing
from campaigns.store import campaigns
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from schemas.outcomes import Done
from schemas.vocabulary import CampaignState, StageState


def close_if_finished(tx: Transaction) -> Done:
    """Close a running campaign whose stages are all approved."""
    stages = campaigns.stages(tx)
    if tx.campaign.state != CampaignState.RUNNING or any(
        stage.state != StageState.APPROVED for stage in stages
    ):
        return Done()
    change = Change(tx.campaign.id, tx.campaign.code, tx.campaign.state)
    apply(tx, Thing.CAMPAIGN, "close", [change], closed_at=tx.now)
    return Done(changed=1)
