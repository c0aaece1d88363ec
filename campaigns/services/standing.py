"""What does a campaign wait for, and which stages still have something to do?

The engine decides by it, and the board shows it.
"""

from __future__ import annotations

from campaigns.services.approvals.signers import Chain
from campaigns.services.stage_work import WORK
from campaigns.store import approvals, campaigns
from campaigns.store.mail import messages
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from schemas.views.board import Waiting
from schemas.vocabulary import (
    CampaignState,
    Role,
    Stage,
    StageState,
)


def waiting(tx: Transaction) -> Waiting | None:
    """Say what the campaign waits for, from whom and until when; None once all is over and told."""
    if tx.campaign.state == CampaignState.DRAFT:
        return Waiting(stage=Stage.LAUNCH, roles=(Role.COORDINATOR,), what="launch")
    if tx.campaign.state != CampaignState.RUNNING:
        return _waiting_for_release(tx)
    for stage in campaigns.stages(tx):
        if stage.state != StageState.APPROVED:
            return _waiting(tx, stage)
    return None


def _waiting_for_release(tx: Transaction) -> Waiting | None:
    """Say that letters of a campaign that is over are held: nothing lets them go but a person."""
    held = messages.count_held(tx)
    if not held:
        return None
    return Waiting(
        stage=campaigns.stages(tx)[-1].name,
        roles=(Role.COORDINATOR,),
        what="release",
        count=held,
    )


def stages_to_run(tx: Transaction) -> list[str]:
    """Return the stages that still have something to do, in their order."""
    if tx.campaign.state != CampaignState.RUNNING:
        return []
    stages = campaigns.stages(tx)
    return [
        stage.name
        for stage in stages
        if stage.state != StageState.APPROVED
        or (stage.name == Stage.LAUNCH and tx.campaign.announced_at is None)
        # Approved last, and the campaign not closed yet: the run was cut off in between.
        or stage is stages[-1]
    ]


def _waiting(tx: Transaction, stage: StageRecord) -> Waiting:
    if stage.state == StageState.PENDING:
        return Waiting(stage=stage.name, roles=(), what="opening", until=stage.opens_at)
    if stage.state == StageState.AWAITING_APPROVAL:
        chain = Chain(tx, stage)
        return Waiting(
            stage=stage.name,
            roles=chain.status.waiting_for,
            what="approval",
            count=chain.status.missing,
            until=stage.approval_due_at,
            since=chain.since,
            short=chain.short,
        )
    if stage.round > 1:
        given = approvals.verdicts(tx, stage, rounds=True)
        returned = [one.decided_at for one in given if one.verdict == "return"]
        return Waiting(
            stage=stage.name,
            roles=(Role.COORDINATOR,),
            what="correction",
            until=stage.approval_due_at,
            since=max(returned, default=None),
        )
    return _waiting_for_work(tx, stage)


def _waiting_for_work(tx: Transaction, stage: StageRecord) -> Waiting:
    work = WORK[Stage(stage.name)]
    return Waiting(
        stage=stage.name,
        roles=work.roles,
        what=work.what,
        count=work.count(tx),
        until=stage.due_at,
        since=stage.opened_at if work.roles else None,
    )
