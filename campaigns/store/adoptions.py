"""Which units replicate which recognised models, how far are they, what is due when?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, insert, select, update

from campaigns.store.chunks import chunked
from campaigns.store.records import AdoptionRecord, FollowUpRecord
from campaigns.store.tables import adoption, follow_up

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction

_COLUMNS = tuple(adoption.c[name] for name in AdoptionRecord.__slots__)
_FOLLOW_UP_COLUMNS = tuple(follow_up.c[name] for name in FollowUpRecord.__slots__)


class NewAdoption(NamedTuple):
    """A replication to insert, in the state it begins in."""

    code: str
    nomination_id: int
    unit_id: str
    parent_id: int | None
    generation: int
    state: str
    committed_on: date
    note: str


class NewFollowUp(NamedTuple):
    """A follow-up date to insert, in the state it begins in."""

    adoption_id: int
    months: int
    due_on: date
    state: str


def add(tx: Transaction, new: Sequence[NewAdoption]) -> list[int]:
    """Insert replications; return their ids in order."""
    if not new:
        return []
    return list(
        tx.connection.execute(
            insert(adoption).returning(adoption.c.id, sort_by_parameter_order=True),
            [{**one._asdict(), "campaign_id": tx.campaign.id, "version": 1} for one in new],
        ).scalars()
    )


def plan_follow_ups(tx: Transaction, new: Sequence[NewFollowUp]) -> None:
    """Insert follow-up dates."""
    if new:
        tx.connection.execute(
            insert(follow_up), [{**one._asdict(), "version": 1, "reason": ""} for one in new]
        )


def set_dates(tx: Transaction, dates: Mapping[int, Mapping[str, date | None]]) -> None:
    """Write newly known dates of steps; the state is moved by `transitions`."""
    for adoption_id, known in dates.items():
        tx.connection.execute(update(adoption).where(adoption.c.id == adoption_id).values(**known))


def by_code(tx: Transaction) -> dict[str, AdoptionRecord]:
    """Return the campaign's replications by code."""
    rows = tx.connection.execute(
        select(*_COLUMNS).where(adoption.c.campaign_id == tx.campaign.id).order_by(adoption.c.code)
    )
    return {row.code: AdoptionRecord(*row) for row in rows}


def follow_ups(
    tx: Transaction, *, adoption_ids: Sequence[int] | None = None, states: Sequence[str] = ()
) -> list[FollowUpRecord]:
    """Return follow-ups by adoption or state, by due date."""
    base = (
        select(*_FOLLOW_UP_COLUMNS)
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(adoption.c.campaign_id == tx.campaign.id)
        .order_by(follow_up.c.due_on, follow_up.c.id)
    )
    if states:
        base = base.where(follow_up.c.state.in_(states))
    if adoption_ids is None:
        return [FollowUpRecord(*row) for row in tx.connection.execute(base)]
    return [
        FollowUpRecord(*row)
        for part in chunked(adoption_ids)
        for row in tx.connection.execute(base.where(follow_up.c.adoption_id.in_(part)))
    ]


def set_answered(tx: Transaction, answered: Mapping[int, date]) -> None:
    """Write the date of the report that answered a follow-up; the due date stays."""
    for follow_up_id, day in answered.items():
        tx.connection.execute(
            update(follow_up).where(follow_up.c.id == follow_up_id).values(answered_on=day)
        )


def mark_asked(tx: Transaction, ids: Sequence[int]) -> None:
    """Note that the unit was asked for this follow-up."""
    for part in chunked(ids):
        tx.connection.execute(
            update(follow_up).where(follow_up.c.id.in_(part)).values(asked_at=tx.now)
        )


def count_follow_ups(tx: Transaction) -> dict[str, int]:
    """Count follow-ups by state."""
    rows = tx.connection.execute(
        select(follow_up.c.state, func.count())
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(adoption.c.campaign_id == tx.campaign.id)
        .group_by(follow_up.c.state)
    )
    return {row[0]: row[1] for row in rows}
