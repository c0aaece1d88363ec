"""Which stage is open, and may the next one open?

A stage opens when its time has come and the stage before it is approved. It ends when what it is
for is done and its approval is asked for (`services.approvals`).
"""

from __future__ import annotations

from campaigns.rules.launch.errors import StageNotOpen
from campaigns.rules.lifecycle import Thing
from campaigns.store import campaigns
from campaigns.store.engine.edges import CYCLE
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from language import Text
from schemas.vocabulary import Stage, StageState


def open_if_due(tx: Transaction, name: Stage) -> bool:
    """Open a stage whose turn and time have come; True if it is open (now or already)."""
    stages = campaigns.stages(tx)
    stage = next((one for one in stages if one.name == name), None)
    if stage is None or stage.state != StageState.PENDING:
        return stage is not None and stage.state == StageState.OPEN
    before = [one for one in stages if one.position < stage.position]
    if tx.now < stage.opens_at or any(one.state != StageState.APPROVED for one in before):
        return False
    apply(tx, Thing.STAGE, "open", [as_change(stage)], opened_at=tx.now)
    return True


def is_open(tx: Transaction, name: Stage) -> bool:
    """Say whether a stage is open now."""
    stage = campaigns.find_stage(tx, name)
    return stage is not None and stage.state == StageState.OPEN


def ensure_open(tx: Transaction, name: Stage, wanted: Text) -> None:
    """Refuse what is only taken while a stage is open.

    Raises:
        StageNotOpen: It is not open yet, or no longer.
    """
    stage = campaigns.get_stage(tx, name)
    if stage.state != StageState.OPEN:
        raise StageNotOpen(stage.name, stage.state, wanted)


def as_change(stage: StageRecord) -> Change:
    """Name a stage as a row that is to change."""
    return Change(stage.id, stage.name, stage.state)


def ask_for_run(tx: Transaction) -> None:
    """Ask the engine for a run now, without any change."""
    tx.wake(CYCLE)
