"""When does a campaign move on by the clock alone? At its next turn, for which a timer is set.

A timer is a row of the outbox that becomes available then. One is enough: the run it starts sets
the next one. A turn that was missed is found by the sweep of deadlines (ADR 0018).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from campaigns.services.stage_work import WORK
from campaigns.store import campaigns
from campaigns.store.engine import edges, timers
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done
from schemas.vocabulary import CampaignState, Stage, StageState


def set_timer(tx: Transaction) -> Done:
    """See to it that a run starts at the campaign's next turn; a rehearsal has its own clock."""
    if tx.campaign.state != CampaignState.RUNNING or tx.campaign.clock_at is not None:
        return Done()
    ahead = [at for at in _turns(tx) if at > tx.now]
    if ahead:
        timers.wake_by(tx, edges.CYCLE, min(ahead))
    return Done(changed=len(ahead[:1]))


def _turns(tx: Transaction) -> Iterator[datetime]:
    """Yield when something may change by time alone, past or to come."""
    for stage in campaigns.stages(tx):
        if stage.state == StageState.PENDING:
            yield stage.opens_at
            return
        if stage.state == StageState.OPEN:
            yield stage.due_at
            yield from WORK[Stage(stage.name)].turns(tx)
        if stage.state != StageState.APPROVED:
            return
