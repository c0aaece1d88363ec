"""When is the work of a stage done, and who is waited for until then?

What the engine does for it, step by step, stands in `services.steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.services.appraisal import reviews
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.registers.directory import today
from campaigns.services.results import releasing
from campaigns.store import replication
from campaigns.store.nomination import nominations
from campaigns.store.recognition import decisions
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from schemas.vocabulary import RECEIVED, FollowUpState, NominationState, Role, Stage

_OPEN_FOLLOW_UPS: Final = (FollowUpState.OPEN,)


def _nothing(_tx: Transaction) -> None:
    """Leave it at that."""


def _none(_tx: Transaction) -> int:
    return 0


def _no_turn(_tx: Transaction) -> Iterator[datetime]:
    return iter(())


@dataclass(frozen=True)
class StageWork:
    """What is particular to the work of a stage."""

    is_done: Callable[[Transaction, StageRecord], bool]
    """Say whether it has come to what its approvers decide on."""
    what: str = "opening"
    """What the open stage waits for; see `schemas.views.outcomes.Waiting`."""
    roles: tuple[Role, ...] = ()
    """Whom it waits for."""
    count: Callable[[Transaction], int] = _none
    """Count what it waits for."""
    turns: Callable[[Transaction], Iterator[datetime]] = _no_turn
    """Yield when something changes by time alone, beside the stage's own date."""
    on_approval: Callable[[Transaction], None] = _nothing
    """What the last signature itself does, in the same transaction: a decision is signed by it."""


def _is_begun(_tx: Transaction, _stage: StageRecord) -> bool:
    return True


def _all_are_checked(tx: Transaction, _stage: StageRecord) -> bool:
    return checking.has_closed(tx) and not nominations.ids_in(tx, RECEIVED)


def _count_received(tx: Transaction) -> int:
    return len(nominations.ids_in(tx, RECEIVED))


def _closing(tx: Transaction) -> Iterator[datetime]:
    yield checking.closes_at(tx)


def _all_are_appraised(tx: Transaction, _stage: StageRecord) -> bool:
    return not nominations.ids_in(tx, [NominationState.ELIGIBLE])


def _is_drafted(tx: Transaction, stage: StageRecord) -> bool:
    draft = decisions.latest(tx)
    return draft is not None and draft.round == stage.round


def _is_over(tx: Transaction, stage: StageRecord) -> bool:
    return tx.now >= stage.due_at


def _count_follow_ups(tx: Transaction) -> int:
    return replication.count_follow_ups(tx).get("open", 0)


def _next_follow_up(tx: Transaction) -> Iterator[datetime]:
    day = today(tx)
    due_on = replication.next_due(tx, _OPEN_FOLLOW_UPS, day)
    if due_on is not None:
        # Due at its day's beginning, overdue at the next day's.
        turn = due_on if due_on > day else day + timedelta(days=1)
        yield datetime.combine(turn, time(), ZoneInfo(tx.playbook.timezone))


WORK: Final[Mapping[Stage, StageWork]] = {
    Stage.LAUNCH: StageWork(is_done=_is_begun),
    Stage.NOMINATION: StageWork(
        is_done=_all_are_checked,
        what="nominations",
        roles=(Role.NOMINATOR,),
        count=_count_received,
        turns=_closing,
        on_approval=releasing.outcomes,
    ),
    Stage.APPRAISAL: StageWork(
        is_done=_all_are_appraised,
        what="reviews",
        roles=(Role.REVIEWER,),
        count=reviews.missing_reviews,
    ),
    Stage.RECOGNITION: StageWork(
        is_done=_is_drafted,
        what="votes",
        roles=(Role.COUNCIL,),
        count=council.missing_votes,
        on_approval=council.sign,
    ),
    Stage.REPLICATION: StageWork(
        is_done=_is_over,
        what="follow_ups",
        roles=(Role.NOMINATOR,),
        count=_count_follow_ups,
        turns=_next_follow_up,
    ),
}
