"""Which units replicate which recognised models, how far are they, what is due when?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, update

from campaigns.store.bulk import insert_numbered, insert_rows
from campaigns.store.chunks import chunked
from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.records import AdoptionRecord, FollowUpRecord
from campaigns.store.tables import adoption, follow_up
from campaigns.store.transaction import Transaction
from schemas.vocabulary import FollowUpState

_COLUMNS = tuple(adoption.c[name] for name in AdoptionRecord._fields)
_OF_CAMPAIGN: Final = (
    select(*_COLUMNS)
    .where(adoption.c.campaign_id == bindparam("campaign"))
    .order_by(adoption.c.code)
)
_ALL: Final = Prepared(_OF_CAMPAIGN)
_BY_CODE: Final = PreparedList(lambda codes: _OF_CAMPAIGN.where(adoption.c.code.in_(codes)))
_BY_ID: Final = PreparedList(lambda ids: select(*_COLUMNS).where(adoption.c.id.in_(ids)))
_STEPS: Final = ("started_on", "evidenced_on", "sustained_on", "abandoned_on")
_DATES: Final = Prepared(
    update(adoption)
    .where(adoption.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in _STEPS})
)
_FOLLOW_UP_COLUMNS = tuple(follow_up.c[name] for name in FollowUpRecord._fields)


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
    names = (*NewAdoption._fields, "campaign_id", "version")
    rows = [(*one, tx.campaign.id, 1) for one in new]
    return list(insert_numbered(tx.connection, adoption, names, rows))


def plan_follow_ups(tx: Transaction, new: Sequence[NewFollowUp]) -> None:
    """Insert follow-up dates."""
    names = (*NewFollowUp._fields, "version", "reason")
    insert_rows(tx.connection, follow_up, names, [(*one, 1, "") for one in new])


def set_dates(tx: Transaction, dates: Mapping[int, Mapping[str, date | None]]) -> None:
    """Write newly known dates of steps; the state is moved by `transitions`."""
    if len(dates) == 1:
        [(adoption_id, known)] = dates.items()
        _DATES.write(tx.connection, row=adoption_id, **known)
        return
    # Reports come in by days: those of one day have their dates in common.
    alike: dict[tuple[tuple[str, date | None], ...], list[int]] = defaultdict(list)
    for adoption_id, known in dates.items():
        alike[tuple(known.items())].append(adoption_id)
    for values, ids in alike.items():
        for part in chunked(ids):
            tx.connection.execute(
                update(adoption).where(adoption.c.id.in_(part)).values(dict(values))
            )


def by_code(tx: Transaction, codes: Sequence[str] | None = None) -> dict[str, AdoptionRecord]:
    """Return replications by code: all of the campaign's, or those named."""
    rows = (
        _ALL.all(tx.connection, campaign=tx.campaign.id)
        if codes is None
        else _BY_CODE.all(tx.connection, codes, campaign=tx.campaign.id)
    )
    return {one.code: one for one in map(AdoptionRecord._make, rows)}


def by_id(tx: Transaction, ids: Sequence[int]) -> dict[int, AdoptionRecord]:
    """Return replications by row id."""
    return {one.id: one for one in map(AdoptionRecord._make, _BY_ID.all(tx.connection, ids))}


_NOTES: Final = PreparedList(
    lambda ids: select(adoption.c.id, adoption.c.note).where(adoption.c.id.in_(ids))
)


def notes(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """Return what was noted about replications, by row id."""
    return {row[0]: row[1] for row in _NOTES.all(tx.connection, ids)}


def set_note(tx: Transaction, adoption_id: int, note: str) -> None:
    """Write what is noted about a replication anew."""
    step = update(adoption).where(adoption.c.id == adoption_id)
    tx.connection.execute(step.values(note=note))


def count(tx: Transaction) -> int:
    """Count the campaign's replications."""
    return tx.connection.execute(
        select(func.count()).select_from(adoption).where(adoption.c.campaign_id == tx.campaign.id)
    ).scalar_one()


def _follow_ups(tx: Transaction, *conditions: ColumnElement[bool]) -> list[FollowUpRecord]:
    rows = tx.connection.execute(
        select(*_FOLLOW_UP_COLUMNS)
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(adoption.c.campaign_id == tx.campaign.id, *conditions)
        .order_by(follow_up.c.due_on, follow_up.c.id)
    ).all()
    return [FollowUpRecord(*row) for row in rows]


def _touched() -> ColumnElement[bool]:
    """Say of a follow-up that a report may answer it, or an abandonment drop it."""
    earlier = follow_up.alias()
    before = (
        select(func.max(earlier.c.due_on))
        .where(earlier.c.adoption_id == follow_up.c.adoption_id)
        .where(earlier.c.months < follow_up.c.months)
        .scalar_subquery()
    )
    # The last step taken; first asked whether there is one, because most rows end there.
    reported = func.coalesce(
        adoption.c.sustained_on, adoption.c.evidenced_on, adoption.c.started_on
    )
    since = func.coalesce(before, adoption.c.committed_on)
    return or_(
        adoption.c.abandoned_on < follow_up.c.due_on,
        and_(reported.is_not(None), reported > since),
    )


_TOUCHED: Final = _touched()


def unsettled(tx: Transaction, states: Sequence[str], day: date) -> list[FollowUpRecord]:
    """Return the follow-ups in these states that may come to another one on `day`, by due date.

    Their date has come, a report was given since the one before, or the replication was abandoned
    before they were due. All others are as they were, and most are: they need not be looked at.
    """
    is_over = and_(follow_up.c.state == FollowUpState.OPEN, follow_up.c.due_on < day)
    return _follow_ups(tx, follow_up.c.state.in_(states), or_(is_over, _TOUCHED))


def unasked(tx: Transaction, states: Sequence[str], day: date) -> list[FollowUpRecord]:
    """Return the follow-ups in these states due by `day` that nobody was asked for, by due date."""
    return _follow_ups(
        tx,
        follow_up.c.state.in_(states),
        follow_up.c.due_on <= day,
        follow_up.c.asked_at.is_(None),
    )


def next_due(tx: Transaction, states: Sequence[str], since: date) -> date | None:
    """Return the first day, from `since` on, on which a follow-up in these states is due."""
    found: date | None = tx.connection.execute(
        select(func.min(follow_up.c.due_on))
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(
            adoption.c.campaign_id == tx.campaign.id,
            follow_up.c.state.in_(states),
            follow_up.c.due_on >= since,
        )
    ).scalar_one()
    return found


def set_answered(tx: Transaction, answered: Mapping[int, date]) -> None:
    """Write the date of the report that answered a follow-up; the due date stays."""
    by_day: dict[date, list[int]] = defaultdict(list)
    for row_id, day in answered.items():
        by_day[day].append(row_id)
    for day, ids in by_day.items():
        for part in chunked(ids):
            tx.connection.execute(
                update(follow_up).where(follow_up.c.id.in_(part)).values(answered_on=day)
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
