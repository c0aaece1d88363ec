"""Which campaigns and stages are there, and where do they stand?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from campaigns.rules.launch.errors import StageNotFound
from campaigns.rules.lifecycle import Thing
from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.prepared import Prepared
from campaigns.store.records import StageRecord
from campaigns.store.tables import campaign, campaign_playbook, cancellation, stage
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import first_state
from schemas.vocabulary import STAGES, CampaignState, Stage

SALT_BYTES: Final = 16


def codes(tx: Transaction) -> list[str]:
    """Return the codes of all campaigns, oldest first."""
    return list(tx.connection.execute(select(campaign.c.code).order_by(campaign.c.id)).scalars())


def running(tx: Transaction) -> list[str]:
    """Return the codes of campaigns under way, oldest first; rehearsals are not."""
    found = select(campaign.c.code).where(
        campaign.c.state == CampaignState.RUNNING, campaign.c.clock_at.is_(None)
    )
    return list(tx.connection.execute(found.order_by(campaign.c.id)).scalars())


def create(
    tx: Transaction,
    code: str,
    name: str,
    snapshot: str,
    digest: str,
    clock_at: datetime | None,
) -> None:
    """Insert a campaign with its playbook snapshot and go on with it in this transaction."""
    campaign_id = tx.connection.execute(
        insert(campaign)
        .values(
            code=code,
            name=name,
            state=first_state(Thing.CAMPAIGN, "create"),
            version=1,
            playbook_version=1,
            created_at=clock_at or tx.wall,
            clock_at=clock_at,
            salt=secrets.token_hex(SALT_BYTES),
        )
        .returning(campaign.c.id)
    ).scalar_one()
    tx.connection.execute(
        insert(campaign_playbook).values(
            campaign_id=campaign_id,
            version=1,
            snapshot=snapshot,
            hash=digest,
            reason="",
            recorded_at=clock_at or tx.wall,
            actor=tx.actor,
        )
    )
    tx.adopt(find_campaign(tx.connection, code))
    tx.start_log()


def set_clock(tx: Transaction, now: datetime) -> None:
    """Move a rehearsal's own clock; it never goes back."""
    tx.connection.execute(
        update(campaign)
        .where(campaign.c.id == tx.campaign.id, campaign.c.clock_at < now)
        .values(clock_at=now)
    )
    tx.adopt(replace(tx.campaign, clock_at=now))


def mark_launched(tx: Transaction, launched_by: str) -> None:
    """Note who launched the campaign, and when."""
    _set(tx, launched_by=launched_by, launched_at=tx.now)


def mark_announced(tx: Transaction) -> None:
    """Note that every unit was told."""
    _set(tx, announced_at=tx.now)


def mark_results_released(tx: Transaction) -> None:
    """Note that results were told, the first time."""
    if tx.campaign.results_released_at is None:
        _set(tx, results_released_at=tx.now)


def keep_cancellation(tx: Transaction, reason: str, person_id: str) -> None:
    """Keep who gave the campaign up, and why."""
    tx.connection.execute(
        insert(cancellation).values(
            campaign_id=tx.campaign.id, reason=reason, person_id=person_id, cancelled_at=tx.now
        )
    )
    tx.adopt(find_campaign(tx.connection, tx.campaign.code))


def _set(tx: Transaction, **columns: object) -> None:
    tx.connection.execute(update(campaign).where(campaign.c.id == tx.campaign.id).values(**columns))
    tx.adopt(find_campaign(tx.connection, tx.campaign.code))


def playbook_recorded_at(tx: Transaction) -> datetime:
    """Return since when the playbook in force is."""
    found: datetime = tx.connection.execute(
        select(campaign_playbook.c.recorded_at).where(
            campaign_playbook.c.campaign_id == tx.campaign.id,
            campaign_playbook.c.version == tx.campaign.playbook_version,
        )
    ).scalar_one()
    return found


def plan_stages(
    tx: Transaction, dates: Sequence[tuple[Stage, datetime, datetime, datetime]]
) -> None:
    """Insert the campaign's stages: (stage, opens, closes, approval due)."""
    tx.connection.execute(
        insert(stage),
        [
            {
                "campaign_id": tx.campaign.id,
                "name": name.value,
                "position": STAGES.index(name),
                "state": first_state(Thing.STAGE, "plan"),
                "version": 1,
                "round": 1,
                "opens_at": opens,
                "due_at": closes,
                "approval_due_at": approval_due,
            }
            for name, opens, closes, approval_due in dates
        ],
    )


_STAGES_OF: Final = select(*(stage.c[name] for name in StageRecord.__slots__)).where(
    stage.c.campaign_id == bindparam("campaign")
)
_STAGES: Final = Prepared(_STAGES_OF.order_by(stage.c.position))
_STAGE: Final = Prepared(_STAGES_OF.where(stage.c.name == bindparam("stage")))


def stages(tx: Transaction) -> list[StageRecord]:
    """Return the campaign's stages in their order."""
    rows = _STAGES.all(tx.connection, campaign=tx.campaign.id)
    return [StageRecord(*row) for row in rows]


def find_stage(tx: Transaction, name: str) -> StageRecord | None:
    """Return one stage; None where the campaign has none of this name (yet)."""
    row = _STAGE.first(tx.connection, campaign=tx.campaign.id, stage=name)
    return StageRecord(*row) if row else None


def get_stage(tx: Transaction, name: str) -> StageRecord:
    """Return one stage.

    Raises:
        StageNotFound: The campaign has none of this name, or is not launched yet.
    """
    found = find_stage(tx, name)
    if found is None:
        raise StageNotFound(name, [row.name for row in stages(tx)])
    return found
