"""What did each unit nominate, in which order, and what of it was above its quota?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import bindparam, select

from campaigns.store.prepared import PreparedList
from campaigns.store.records import NominationRecord
from campaigns.store.tables import finding, nomination
from campaigns.store.transaction import Transaction
from schemas.vocabulary import NominationState

_OF_UNITS: Final = PreparedList(
    lambda ids: (
        select(*(nomination.c[name] for name in NominationRecord._fields))
        .where(
            nomination.c.campaign_id == bindparam("campaign"),
            nomination.c.nominated_by_id.in_(ids),
        )
        .order_by(nomination.c.code)
    )
)
_FOUND: Final = PreparedList(
    lambda ids: select(finding.c.nomination_id, finding.c.rule_id).where(
        finding.c.nomination_id.in_(ids)
    )
)


class Rank(NamedTuple):
    """The rank a nomination has in its unit."""

    code: str
    unit_id: str
    rank: int | None


def of_nominators(tx: Transaction, unit_ids: Collection[str]) -> list[NominationRecord]:
    """Return all that these units have nominated, by code."""
    rows = _OF_UNITS.all(tx.connection, sorted(unit_ids), campaign=tx.campaign.id)
    return [NominationRecord(*row) for row in rows]


def found_by(tx: Transaction, ids: Sequence[int], rules: Collection[str]) -> set[int]:
    """Return on which of these nominations one of the rules found something."""
    return {row[0] for row in _FOUND.all(tx.connection, ids) if row[1] in rules}


def ranks(tx: Transaction, unit_ids: Collection[str] | None = None) -> list[Rank]:
    """Return the ranks that units have given, of what is not withdrawn; None: of all units."""
    out = {NominationState.DRAFT, NominationState.WITHDRAWN}
    if unit_ids is not None:
        records = of_nominators(tx, unit_ids)
        return [
            Rank(one.code, one.nominated_by_id, one.rank) for one in records if one.state not in out
        ]
    rows = tx.connection.execute(
        select(nomination.c.code, nomination.c.nominated_by_id, nomination.c.rank)
        .where(nomination.c.campaign_id == tx.campaign.id, nomination.c.state.not_in(out))
        .order_by(nomination.c.id)
    )
    return [Rank(*row) for row in rows]
