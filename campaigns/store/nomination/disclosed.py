"""Which states were told of, and how is another one let out? A column beside the state itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func, select, update

from campaigns.rules.access.disclosure import JUDGED, OF_THE_RULES, RESULTS, outcome_of
from campaigns.store.chunks import chunked
from campaigns.store.tables import nomination
from campaigns.store.transaction import Transaction
from schemas.vocabulary import NominationState


def outcomes(tx: Transaction) -> None:
    """Tell what the rules came to, of nominations of which it was not told."""
    unknown = nomination.c.told.not_in({*OF_THE_RULES, *RESULTS})
    for state in sorted({*OF_THE_RULES, *JUDGED}):
        tx.connection.execute(
            update(nomination)
            .where(nomination.c.campaign_id == tx.campaign.id, nomination.c.state == state, unknown)
            .values(told=outcome_of(state))
        )


def cleared_holds(tx: Transaction) -> None:
    """Tell of nominations that were on hold, and known to be, that they are judged with others."""
    tx.connection.execute(
        update(nomination)
        .where(
            nomination.c.campaign_id == tx.campaign.id,
            nomination.c.state.in_(JUDGED),
            nomination.c.told == NominationState.ON_HOLD,
        )
        .values(told=NominationState.ELIGIBLE.value)
    )


def first_results(tx: Transaction, states: Collection[str]) -> int:
    """Tell the results of nominations in these states of which none was told; return how many."""
    return tx.connection.execute(
        update(nomination)
        .where(
            nomination.c.campaign_id == tx.campaign.id,
            nomination.c.state.in_(states),
            nomination.c.told.not_in(RESULTS),
        )
        .values(told=nomination.c.state)
    ).rowcount


def outdated(tx: Transaction) -> list[tuple[int, str]]:
    """Return id and code of nominations that have another result than was told of them."""
    rows = tx.connection.execute(
        select(nomination.c.id, nomination.c.code)
        .where(
            nomination.c.campaign_id == tx.campaign.id,
            nomination.c.state.in_(RESULTS),
            nomination.c.told.in_(RESULTS),
            nomination.c.told != nomination.c.state,
        )
        .order_by(nomination.c.code)
    )
    return [(row.id, row.code) for row in rows]


def these(tx: Transaction, ids: Iterable[int]) -> int:
    """Tell of these nominations where they stand; return of how many it was not known."""
    told = 0
    for part in chunked(list(ids)):
        told += tx.connection.execute(
            update(nomination)
            .where(nomination.c.id.in_(part), nomination.c.told != nomination.c.state)
            .values(told=nomination.c.state)
        ).rowcount
    return told


def counts(tx: Transaction) -> dict[str, int]:
    """Count nominations by what was told of them; states without any are left out."""
    rows = tx.connection.execute(
        select(nomination.c.told, func.count())
        .where(nomination.c.campaign_id == tx.campaign.id)
        .group_by(nomination.c.told)
    )
    return {row[0]: row[1] for row in rows}
