"""What can be chosen from in a table of judgements or replications? People and nominations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from campaigns.services.registers.directory import Directory
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from schemas.vocabulary import RECEIVED, NominationState, Role

NOT_JUDGED: Final = RECEIVED | {
    NominationState.DRAFT,
    NominationState.INELIGIBLE,
    NominationState.ON_HOLD,
    NominationState.WITHDRAWN,
}
"""A nomination in one of these states takes no review."""
VOTED_ON: Final = (
    NominationState.SHORTLISTED,
    NominationState.RECOGNISED,
    NominationState.NOT_RECOGNISED,
    NominationState.REVOKED,
)
"""Votes on these may come again; whether new ones are taken is the service's to say."""
ONCE_RECOGNISED: Final = (NominationState.RECOGNISED, NominationState.REVOKED)


class Lists(NamedTuple):
    """Names by id or code."""

    people: Mapping[str, str]
    nominations: Mapping[str, str]


def of_scores(tx: Transaction) -> Lists:
    """Return the reviewers, and the nominations that take reviews."""
    return _lists(tx, Role.REVIEWER, lambda state: state not in NOT_JUDGED)


def of_votes(tx: Transaction) -> Lists:
    """Return the members of the council, and the nominations before it."""
    return _lists(tx, Role.COUNCIL, lambda state: state in VOTED_ON)


def of_adoptions(tx: Transaction) -> Lists:
    """Return the models that can be replicated; no people."""
    return _lists(tx, None, lambda state: state == NominationState.RECOGNISED)


def _lists(tx: Transaction, role: Role | None, stands: Callable[[str], bool]) -> Lists:
    people = Directory(tx).holding(role) if role else ()
    return Lists(
        {one.id: one.full_name for one in people},
        {one.code: one.name for one in nominations.find(tx) if stands(one.state)},
    )
