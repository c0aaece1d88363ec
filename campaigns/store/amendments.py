"""Which versions has a campaign's playbook had, and what is planned anew under another one?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select, update

from campaigns.store.tables import (
    campaign,
    campaign_playbook,
    council_session,
    nomination,
    stage,
)
from campaigns.store.transaction import find_campaign

if TYPE_CHECKING:
    from campaigns.store.transaction import Transaction


class PlaybookVersion(NamedTuple):
    """A version of a campaign's playbook as it was recorded."""

    version: int
    snapshot: str
    hash: str
    reason: str
    recorded_at: datetime
    actor: str


def versions(tx: Transaction) -> list[PlaybookVersion]:
    """Return every version of the campaign's playbook, the first one first."""
    rows = tx.connection.execute(
        select(*(campaign_playbook.c[name] for name in PlaybookVersion._fields))
        .where(campaign_playbook.c.campaign_id == tx.campaign.id)
        .order_by(campaign_playbook.c.version)
    )
    return [PlaybookVersion(*row) for row in rows]


def add_version(
    tx: Transaction, version: int, name: str, snapshot: str, digest: str, reason: str
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
