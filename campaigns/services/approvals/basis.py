"""Is what is decided now what the approver was shown?

The figures a signature rests on, its round, and at the launch what is launched. A mark with the
installation's key stands for them: figures are small, and could be tried out from a plain hash.
"""

from __future__ import annotations

from campaigns.rules.approvals.errors import FiguresChanged
from campaigns.rules.log.chain import canonical
from campaigns.services.launch.plan import plan
from campaigns.store.nomination import nominations
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from schemas.vocabulary import NominationState, Stage


def counts(tx: Transaction) -> list[tuple[str, int]]:
    """Return the counts an approver decides on: nominations by state, in the states' order."""
    found = nominations.count_by_state(tx)
    return [(state.value, found[state]) for state in NominationState if state in found]


def mark(tx: Transaction, stage: StageRecord) -> str:
    """Return what stands for what approvers of a stage decide on now."""
    return tx.links.mark(_said(tx, stage))


def ensure_seen(tx: Transaction, stage: StageRecord, seen: str | None) -> None:
    """Refuse a verdict on something else than was looked at; None: nobody says what was.

    Raises:
        FiguresChanged: It has changed since.
    """
    if seen is not None and not tx.links.is_mark(_said(tx, stage), seen):
        raise FiguresChanged(Stage(stage.name))


def _said(tx: Transaction, stage: StageRecord) -> str:
    figures = [list(one) for one in counts(tx)]
    launched = [list(line) for line in plan(tx, "vi")] if stage.name == Stage.LAUNCH else []
    return canonical([tx.campaign.code, stage.name, stage.round, figures, launched])
