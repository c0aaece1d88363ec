"""Which decisions were drafted and signed, under which number, and what do they recognise?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.rules.log import seals
from campaigns.store.bulk import insert_rows
from campaigns.store.dialects import insert_where_new
from campaigns.store.tables import (
    corrected_result,
    correction,
    decision,
    nomination,
    number_series,
    recognition,
)
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import first_state


class DecisionRecord(NamedTuple):
    """A decision; it has no number before it is signed."""

    id: int
    round: int
    state: str
    version: int
    series: str
    symbol: str | None
    signed_at: datetime | None
    issuer_unit_id: str


class Correction(NamedTuple):
    """What a decision corrects in the one it replaces."""

    replaces_id: int
    reason: str
    person_id: str
    results: dict[int, bool]
    """Recognised or not, by the nomination's id."""


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


def every(tx: Transaction) -> list[DecisionRecord]:
    """Return the campaign's decisions, oldest first."""
    rows = tx.connection.execute(
        select(*(decision.c[name] for name in DecisionRecord._fields))
        .where(decision.c.campaign_id == tx.campaign.id)
        .order_by(decision.c.round)
    )
    return [DecisionRecord(*row) for row in rows]


def latest(tx: Transaction) -> DecisionRecord | None:
    """Return the campaign's newest decision."""
    return next(reversed(every(tx)), None)


def signed(tx: Transaction) -> list[DecisionRecord]:
    """Return the decisions that were signed, oldest first; the last one is in force."""
    return [one for one in every(tx) if one.signed_at is not None]


def in_force(tx: Transaction) -> DecisionRecord | None:
    """Return the decision that holds today."""
    return next(reversed(signed(tx)), None)


def get(tx: Transaction, decision_id: int) -> DecisionRecord:
    """Return one decision of the campaign."""
    return next(one for one in every(tx) if one.id == decision_id)


def results(tx: Transaction, decision_id: int) -> dict[int, bool]:
    """Return what a decision says: recognised or not, by the nomination's id."""
    rows = tx.connection.execute(
        select(recognition.c.nomination_id, recognition.c.recognised).where(
            recognition.c.decision_id == decision_id
        )
    )
    return {row.nomination_id: row.recognised for row in rows}


def save_correction(
    tx: Transaction,
    decision_id: int,
    replaces_id: int,
    reason: str,
    person_id: str,
    wanted: dict[int, bool],
) -> None:
    """Store what a draft corrects, in place of what it was to correct before."""
    for table in (corrected_result, correction):
        tx.connection.execute(delete(table).where(table.c.decision_id == decision_id))
    tx.connection.execute(
        insert(correction).values(
            decision_id=decision_id, replaces_id=replaces_id, reason=reason, person_id=person_id
        )
    )
    insert_rows(
        tx.connection,
        corrected_result,
        ("decision_id", "nomination_id", "recognised"),
        [(decision_id, nomination_id, holds) for nomination_id, holds in wanted.items()],
    )


def correction_of(tx: Transaction, decision_id: int) -> Correction | None:
    """Return what a decision corrects; None where it is the first."""
    row = tx.connection.execute(
        select(correction.c.replaces_id, correction.c.reason, correction.c.person_id).where(
            correction.c.decision_id == decision_id
        )
    ).one_or_none()
    if row is None:
        return None
    changed = tx.connection.execute(
        select(corrected_result.c.nomination_id, corrected_result.c.recognised).where(
            corrected_result.c.decision_id == decision_id
        )
    )
    results = {one.nomination_id: one.recognised for one in changed}
    return Correction(row.replaces_id, row.reason, row.person_id, results)


def next_number(tx: Transaction, series: str, year: int) -> int:
    """Take the next number of a series: from 1 each year, never reused, never left out."""
    # Two campaigns may sign the first decisions of a year at once: neither has a row to lock yet.
    first = {"series": series, "year": year, "last_number": 0}
    dialect = tx.connection.dialect.name
    tx.connection.execute(insert_where_new(dialect, number_series).values(first))
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


def listed(tx: Transaction, decision_id: int) -> Iterator[tuple[str, bool, str]]:
    """Yield the rows of a decision, by nomination: (its code, recognised, its unit's name then)."""
    rows = tx.connection.execute(
        select(nomination.c.code, recognition.c.recognised, recognition.c.unit_name)
        .join(nomination, nomination.c.id == recognition.c.nomination_id)
        .where(recognition.c.decision_id == decision_id)
        .order_by(nomination.c.code)
    )
    for code, recognised, unit_name in rows:
        yield code, bool(recognised), unit_name


def vouch_for_results(tx: Transaction, decision_id: int, approval_round: int) -> None:
    """Have the log vouch for the list of a decision, as it was signed."""
    counted: Counter[bool] = Counter()

    def counting() -> Iterator[tuple[str, bool, str]]:
        for one in listed(tx, decision_id):
            counted[one[1]] += 1
            yield one

    sealed = seals.of_results(tx.campaign.salt, counting())
    tx.record(
        "thidua.decision.listed",
        keys.subject(Thing.DECISION.value, str(approval_round)),
        {"results": counted.total(), "recognised": counted[True], seals.SEAL: sealed},
    )
