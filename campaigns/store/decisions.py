"""Which decisions were drafted and signed, under which number, and what do they recognise?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from campaigns.rules.lifecycle import Thing
from campaigns.store.bulk import insert_rows
from campaigns.store.tables import decision, number_series, recognition
from campaigns.store.transitions import first_state

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction


class DecisionRecord(NamedTuple):
    """A decision; it has no number before it is signed."""

    id: int
    round: int
    state: str
    version: int
    series: str
    symbol: str | None
    signed_at: datetime | None


def draft(tx: Transaction, approval_round: int, issuer_unit_id: str, series: str) -> int:
    """Insert a draft for a round of approval and return its id."""
    decision_id: int = tx.connection.execute(
        insert(decision)
        .values(
            campaign_id=tx.campaign.id,
            round=approval_round,
            state=first_state(Thing.DECISION, "draft"),
            version=1,
            issuer_unit_id=issuer_unit_id,
            series=series,
            drafted_at=tx.now,
        )
        .returning(decision.c.id)
    ).scalar_one()
    return decision_id


def latest(tx: Transaction) -> DecisionRecord | None:
    """Return the campaign's newest decision."""
    row = tx.connection.execute(
        select(*(decision.c[name] for name in DecisionRecord._fields))
        .where(decision.c.campaign_id == tx.campaign.id)
        .order_by(decision.c.round.desc())
        .limit(1)
    ).one_or_none()
    return DecisionRecord(*row) if row else None


def next_number(tx: Transaction, series: str, year: int) -> int:
    """Take the next number of a series: from 1 each year, never reused, never left out."""
    # Two campaigns may sign the first decisions of a year at once: neither has a row to lock yet.
    insert_new = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    tx.connection.execute(
        insert_new(number_series)
        .values(series=series, year=year, last_number=0)
        .on_conflict_do_nothing()
    )
    number: int = tx.connection.execute(
        update(number_series)
        .where(number_series.c.series == series, number_series.c.year == year)
        .values(last_number=number_series.c.last_number + 1)
        .returning(number_series.c.last_number)
    ).scalar_one()
    return number


def add_results(
    tx: Transaction, decision_id: int, results: Sequence[tuple[int, bool, str]]
) -> None:
    """Store the rows of a decision: (nomination id, recognised, unit name on its date)."""
    insert_rows(
        tx.connection,
        recognition,
        ("decision_id", "nomination_id", "recognised", "unit_name"),
        [(decision_id, *result) for result in results],
    )
