"""What does the clock bring about? Passed deadlines become commands, once each (ADR 0018).

A timer is an outbox row; the scheduled sweep is the net beneath it. Both call `sweep`, which asks
the rows what is due: so it may run twice, late, or in two processes at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from campaigns.store import campaigns, outbox
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from schemas.views import Done
from schemas.vocabulary import CampaignState, StageState

ACTOR: Final = "system:deadline"
"""Who acts when a deadline does."""


def sweep(tx: Transaction) -> Done:
    """Do what is due in one campaign now; what was done is not done again."""
    if tx.campaign.state != CampaignState.RUNNING:
        return Done()
    return Done(changed=_wake_stages(tx))


def _wake_stages(tx: Transaction) -> int:
    """Start a run for stages whose time to open or to close has come, where none was started."""
    due = [(what, at) for what, at in _turns(campaigns.stages(tx)) if at <= tx.now]
    return sum(_once(tx, what, at) for what, at in due)


def _turns(stages: list[StageRecord]) -> Iterator[tuple[str, datetime]]:
    """Yield when the stage that is next opens, and when the open one closes."""
    for stage in stages:
        if stage.state == StageState.PENDING:
            yield f"{stage.name}/opening", stage.opens_at
            return
        if stage.state == StageState.OPEN:
            yield f"{stage.name}/closing", stage.due_at
        if stage.state != StageState.APPROVED:
            return


def _once(tx: Transaction, what: str, due_at: datetime) -> bool:
    """Start a run because `what` was due at `due_at`; False where that was done before."""

    def act() -> Done:
        tx.wake(outbox.CYCLE)
        return Done(changed=1)

    command_id = f"due:{tx.campaign.code}/{what}:{due_at.isoformat()}"
    _, repeated = tx.once(command_id, "WakeStage", Done, act)
    return not repeated
