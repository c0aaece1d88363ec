"""Which versions has a campaign's playbook had, and what is planned anew under another one?"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import insert, select, update

from campaigns.rules.playbook.reading import from_snapshot
from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.tables import (
    campaign,
    campaign_playbook,
    council_session,
    nomination,
    stage,
)
from campaigns.store.transaction import Transaction
from schemas.playbook.approvals import ApprovalPolicy
from schemas.vocabulary import Stage


class PlaybookVersion(NamedTuple):
    """A version of a campaign's playbook as it was recorded."""

    version: int
    snapshot: str
    hash: str
    reason: str
    recorded_at: datetime
    actor: str
    rests_until: datetime | None = None
    """Other approvers sign from then on; None: at once."""
    confirmed_by: str | None = None


def approval_at_rest(tx: Transaction, stage: str) -> tuple[str, datetime] | None:
    """Return who changed the rules of a stage's approval and until when they rest; None: none."""
    resting = select(campaign_playbook.c.version).where(
        campaign_playbook.c.campaign_id == tx.campaign.id,
        campaign_playbook.c.rests_until > tx.now,
    )
    numbers = set(tx.connection.execute(resting).scalars())
    if not numbers:
        return None
    found = versions(tx)
    for before, after in pairwise(found):
        if after.version in numbers and _policy(before, stage) != _policy(after, stage):
            until = after.rests_until
            return (after.actor, until) if until is not None else None
    return None


def _policy(one: PlaybookVersion, stage: str) -> ApprovalPolicy:
    return from_snapshot(one.snapshot).approvals.of(Stage(stage))


def confirm(tx: Transaction, version: int, by: str) -> None:
    """Let a version's rules of approval count from now on."""
    tx.connection.execute(
        update(campaign_playbook)
        .where(
            campaign_playbook.c.campaign_id == tx.campaign.id,
            campaign_playbook.c.version == version,
        )
        .values(rests_until=tx.now, confirmed_by=by)
    )


def versions(tx: Transaction) -> list[PlaybookVersion]:
    """Return every version of the campaign's playbook, the first one first."""
    rows = tx.connection.execute(
        select(*(campaign_playbook.c[name] for name in PlaybookVersion._fields))
        .where(campaign_playbook.c.campaign_id == tx.campaign.id)
        .order_by(campaign_playbook.c.version)
    )
    return [PlaybookVersion(*row) for row in rows]


def add_version(
    tx: Transaction,
    version: int,
    name: str,
    snapshot: str,
    digest: str,
    reason: str,
    rests_until: datetime | None = None,
) -> None:
    """Record another version of the playbook and go on with it in this transaction."""
    tx.connection.execute(
        insert(campaign_playbook).values(
            campaign_id=tx.campaign.id,
            version=version,
            snapshot=snapshot,
            hash=digest,
            reason=reason,
            recorded_at=tx.now,
            actor=tx.actor,
            rests_until=rests_until,
        )
    )
    tx.connection.execute(
        update(campaign)
        .where(campaign.c.id == tx.campaign.id)
        .values(playbook_version=version, name=name, version=campaign.c.version + 1)
    )
    tx.adopt(find_campaign(tx.connection, tx.campaign.code))


def replan_stage(tx: Transaction, stage_id: int, **dates: datetime) -> None:
    """Set dates of a stage: `opens_at`, `due_at`, `approval_due_at`."""
    tx.connection.execute(
        update(stage).where(stage.c.id == stage_id).values(**dates, version=stage.c.version + 1)
    )


def move_session(tx: Transaction, number: int, starts_at: datetime) -> None:
    """Set the start of a session of the council."""
    tx.connection.execute(
        update(council_session)
        .where(council_session.c.campaign_id == tx.campaign.id, council_session.c.number == number)
        .values(starts_at=starts_at)
    )


def used(tx: Transaction) -> tuple[frozenset[str], frozenset[str]]:
    """Return the subject kinds and the fields that nominations of the campaign use."""
    kinds, fields = (
        frozenset(
            tx.connection.execute(
                select(column).where(nomination.c.campaign_id == tx.campaign.id).distinct()
            ).scalars()
        )
        for column in (nomination.c.subject_kind, nomination.c.field)
    )
    return kinds, fields
