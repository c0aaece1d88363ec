"""What of a campaign is this person shown? As much as they may know, and no small number.

Who knows everything is shown the board as it is. Others are shown what was told, by counts that
point at nobody: none below three, and none from which one below three could be computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from campaigns.rules.access.disclosure import RESULTS, large_enough, told_column, told_number
from campaigns.services.approvals import basis
from campaigns.services.sight import Sight
from campaigns.store.nomination import disclosed, nominations
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from campaigns.views import board
from language import Language
from schemas.playbook.values import Choice
from schemas.views.board import (
    CampaignShown,
    FunnelRow,
    MessageCount,
    ShownFunnel,
    ShownFunnelRow,
    StageView,
    Waiting,
)
from schemas.vocabulary import NominationState, Role

_COLUMNS: Final = ("nominated", "ineligible", "on_hold", "voted", "recognised")


def view(tx: Transaction, sight: Sight) -> CampaignShown:
    """Show a campaign; who has signed is added where names may be told."""
    whole = board.view(tx)
    left_out = set() if sight.knows_all else {"events", "last_hash"}
    shown = whole.model_dump(exclude={"waiting", "stages", *left_out})
    return CampaignShown(
        **shown,
        stages=tuple(map(without_names, whole.stages)),
        waiting=standing(sight, whole.waiting),
    )


def without_names(stage: StageView) -> StageView:
    """Leave out who has signed a stage."""
    return stage.model_copy(update={"approvals": ()})


def standing(sight: Sight, found: Waiting | None) -> Waiting | None:
    """Show what a campaign waits for; how much is missing only to those who know it anyway.

    How many signatures are missing says nothing of a nomination.
    """
    if found is not None and found.what == "release" and not sight.holds((Role.COORDINATOR,)):
        return None  # what is held, a revocation say, is not for others to know
    if found is None or found.what == "approval" or sight.knows_all:
        return found
    if sight.holds(found.roles) and found.what in {"reviews", "votes"}:
        return found
    return found.model_copy(update={"count": 0})


def counts(tx: Transaction, sight: Sight) -> dict[str, int]:
    """Count nominations by their state, in the states' order."""
    if sight.knows_all:
        return dict(basis.counts(tx))
    found = large_enough(disclosed.counts(tx))
    return {state.value: found[state] for state in NominationState if state in found}


def messages(tx: Transaction, sight: Sight) -> tuple[MessageCount, ...]:
    """Count messages; those that are held count results."""
    return tuple(board.message_counts(tx)) if sight.knows_all else ()


def funnel(tx: Transaction, sight: Sight, language: Language) -> ShownFunnel:
    """Count how many nominations came how far, as far as it was told."""
    if sight.knows_all:
        return ShownFunnel.model_validate(board.funnel(tx, language).model_dump())
    records, voted = nominations.find(tx), set(council.outcomes(tx))

    def grouped(
        key: Callable[[NominationRecord], str], choices: Iterable[Choice]
    ) -> tuple[ShownFunnelRow, ...]:
        rows = [
            _counted(
                choice.name.say(language), [one for one in records if key(one) == choice.id], voted
            )
            for choice in choices
        ]
        return _shown([row for row in rows if row.nominated])

    total = _counted("", records, voted)
    return ShownFunnel(
        total=ShownFunnelRow(
            group="", **{name: told_number(getattr(total, name)) for name in _COLUMNS}
        ),
        by_field=grouped(lambda one: one.field, tx.playbook.fields),
        by_subject_kind=grouped(lambda one: one.subject_kind, tx.playbook.subject_kinds),
    )


def _counted(group: str, records: Sequence[NominationRecord], voted: set[int]) -> FunnelRow:
    state = NominationState
    return FunnelRow(
        group=group,
        nominated=len(records),
        ineligible=sum(one.told == state.INELIGIBLE for one in records),
        on_hold=sum(one.told == state.ON_HOLD for one in records),
        voted=sum(one.told in RESULTS and one.id in voted for one in records),
        recognised=sum(one.told == state.RECOGNISED for one in records),
    )


def _shown(rows: Sequence[FunnelRow]) -> tuple[ShownFunnelRow, ...]:
    columns = {name: told_column([getattr(row, name) for row in rows]) for name in _COLUMNS}
    return tuple(
        ShownFunnelRow(group=row.group, **{name: columns[name][place] for name in _COLUMNS})
        for place, row in enumerate(rows)
    )
