"""Whose registration concerns a signature: which roles and people sign in some campaign?

A campaign that was cancelled, or is rehearsed, asks nobody. The role of leaders counts even where
there is no campaign yet: whoever holds it will be asked.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import select

from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.tables import appointment, campaign, delegation, person
from campaigns.store.transaction import Transaction
from schemas.vocabulary import CampaignState, Role

_ALWAYS: Final = frozenset({Role.LEADER.value})


class Signing(NamedTuple):
    """Who may come to sign."""

    roles: frozenset[str]
    people: frozenset[str]
    """Named in a playbook, or a substitute of somebody."""
    until: datetime | None
    """When a right that is given now begins to count; None: nobody has one that could be lost."""

    def concerns(self, person_id: str, roles: Collection[str]) -> bool:
        """Say whether a person with these roles may come to sign."""
        return person_id in self.people or not self.roles.isdisjoint(roles)


def codes(tx: Transaction) -> list[str]:
    """Return the codes of campaigns in which somebody may be asked to sign."""
    return list(
        tx.connection.execute(
            select(campaign.c.code)
            .where(campaign.c.clock_at.is_(None), campaign.c.state != CampaignState.CANCELLED)
            .order_by(campaign.c.code)
        ).scalars()
    )


def newest_first(tx: Transaction) -> list[str]:
    """Return the same, the one that was created last first."""
    return list(
        tx.connection.execute(
            select(campaign.c.code)
            .where(campaign.c.clock_at.is_(None), campaign.c.state != CampaignState.CANCELLED)
            .order_by(campaign.c.id.desc())
        ).scalars()
    )


def of(tx: Transaction) -> Signing:
    """Return who may come to sign, and from when on a right given now counts."""
    roles, people = set(_ALWAYS), set(_substitutes(tx))
    for code in codes(tx):
        approvals = find_campaign(tx.connection, code).playbook.approvals
        for policy in (
            approvals.launch,
            approvals.nomination,
            approvals.appraisal,
            approvals.recognition,
            approvals.replication,
        ):
            for step in policy.chain:
                roles.update(role.value for role in step.roles)
                people.update(step.people)
    is_first = not _anybody(tx, roles, people)
    return Signing(frozenset(roles), frozenset(people), None if is_first else tx.wall + tx.rest)


def _substitutes(tx: Transaction) -> list[str]:
    today = tx.wall.date()
    return list(
        tx.connection.execute(
            select(delegation.c.substitute_id).where(
                delegation.c.revoked_at.is_(None), delegation.c.last_on >= _day_before(today)
            )
        ).scalars()
    )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)  # the zone of some campaign may lie behind


def _anybody(tx: Transaction, roles: Collection[str], people: Collection[str]) -> bool:
    """Say whether anybody has, or ever had, a right to sign."""
    held = select(appointment.c.person_id).where(appointment.c.role.in_(sorted(roles))).limit(1)
    if tx.connection.execute(held).first() is not None:
        return True
    named = select(person.c.id).where(person.c.id.in_(sorted(people))).limit(1)
    return tx.connection.execute(named).first() is not None
