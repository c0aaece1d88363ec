"""What does the clock bring about? Passed deadlines become commands, once each (ADR 0018).

A timer is an outbox row; the scheduled sweep is the net beneath it. Both call `sweep`, which asks
the rows what is due: so it may run twice, late, or in two processes at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from campaigns.rules import keys
from campaigns.rules.deadlines import reminders as rules
from campaigns.services.deadlines import owing, reminders
from campaigns.services.deadlines.reminders import still_owed
from campaigns.services.nomination import checking
from campaigns.services.signing import one_time_codes
from campaigns.store import campaigns
from campaigns.store.engine import edges, timers
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done
from schemas.vocabulary import CampaignState, Stage, StageState

__all__ = ["ACTOR", "next_moment", "still_owed", "sweep"]

ACTOR: Final = "system:deadline"
"""Who acts when a deadline does."""


def sweep(tx: Transaction) -> Done:
    """Do what is due in one campaign now; what was done is not done again."""
    if tx.campaign.state != CampaignState.RUNNING:
        return Done()
    changed = _wake_stages(tx) + reminders.supersede_outdated(tx) + reminders.remind(tx)
    one_time_codes.forget(tx)
    if (at := next_moment(tx)) is not None:
        timers.wake_by(tx, edges.SWEEP, at)
    return Done(changed=changed)


def next_moment(tx: Transaction) -> datetime | None:
    """Return when something is next to be said about a deadline; None where nothing is."""
    found: list[datetime] = []
    for matter in owing.matters(tx):
        ends_at = matter.ends_at
        at = rules.coming(rules.moments(matter.counted_from, tx.playbook), tx.now)
        if at is not None and (ends_at is None or at <= ends_at):
            found.append(at)
    return min(found, default=None)


# --- Stages whose time has come ------------------------------------------------------------------


def _wake_stages(tx: Transaction) -> int:
    """Start a run for stages whose time to open or to close has come, where none was started."""
    due = [(what, at) for what, at in _turns(tx) if at <= tx.now]
    return sum(_once(tx, what, at) for what, at in due)


def _turns(tx: Transaction) -> Iterator[tuple[str, datetime]]:
    """Yield when the stage that is next opens, and when the open one closes."""
    for stage in campaigns.stages(tx):
        if stage.state == StageState.PENDING:
            yield f"{stage.name}/opening", stage.opens_at
            return
        if stage.state == StageState.OPEN:
            yield f"{stage.name}/closing", _closing(tx, stage)
        if stage.state != StageState.APPROVED:
            return


def _closing(tx: Transaction, stage: StageRecord) -> datetime:
    return checking.closes_at(tx) if stage.name == Stage.NOMINATION else stage.due_at


def _once(tx: Transaction, what: str, due_at: datetime) -> bool:
    """Start a run because `what` was due at `due_at`; False where that was done before."""

    def act() -> Done:
        tx.wake(edges.CYCLE)
        return Done(changed=1)

    named = keys.since_repair(what, tx.campaign.clock_repaired_at)
    command_id = keys.due_command(tx.campaign.code, named, due_at)
    _, repeated = tx.once(command_id, "WakeStage", Done, act)
    return not repeated
