"""Who is waited for, and who has decided, by name: as much of it as the caller may be told."""

from __future__ import annotations

from pydantic import Field

from campaigns.services import standing
from campaigns.services.approvals import signers
from campaigns.store import campaigns
from campaigns.store.records import StageRecord
from campaigns.store.transaction import Transaction
from campaigns.views import board, shown
from portal.api.caller import Caller, sees_names
from schemas.views.approvals import AskedPerson, SignatureView, StageSigners
from schemas.views.board import StageView, Waiting
from schemas.vocabulary import Role, StageState


class WaitedFor(Waiting):
    """What a campaign waits for now."""

    people: tuple[AskedPerson, ...] = Field(
        default=(),
        description="Who is asked to approve, by name and unit: for coordinators, leaders and "
        "those who are asked, with the scope `approve` or `coordinate`.",
    )


class StageShown(StageView):
    """A stage, and by name who has decided on it and for whom it waits."""

    signatures: tuple[SignatureView, ...] = Field(
        default=(),
        description="Who has decided in this round, shown as `asked` is; reasons are for "
        "coordinators.",
    )
    asked: tuple[AskedPerson, ...] = Field(
        default=(),
        description="Who is asked to approve, by name and unit: for coordinators, leaders and "
        "those who are asked or have decided, with the scope `approve` or `coordinate`.",
    )
    basis: str = Field(
        default="",
        description="Stands for the figures that are decided on now, shown as `asked` is; sent "
        "back as `seen` with a verdict, it decides on these figures and no others.",
    )


def waiting(tx: Transaction, caller: Caller) -> WaitedFor | None:
    """Say what the campaign waits for; None once it is over."""
    found = shown.standing(caller.sight(tx), standing.waiting(tx))
    if found is None:
        return None
    stages = [one for one in campaigns.stages(tx) if one.state == StageState.AWAITING_APPROVAL]
    people = [one for stage in stages for one in _signers(tx, caller, stage).asked]
    return WaitedFor(**found.model_dump(), people=tuple(people))


def stages(tx: Transaction, caller: Caller) -> list[StageShown]:
    """Show the stages of a campaign."""
    rows = {one.name: one for one in campaigns.stages(tx)}
    return [_stage(tx, caller, rows[one.name], one) for one in board.view(tx).stages]


def _stage(tx: Transaction, caller: Caller, row: StageRecord, view: StageView) -> StageShown:
    named = _signers(tx, caller, row)
    told = view if named.signatures or named.asked else shown.without_names(view)
    return StageShown(**told.model_dump(), **named.model_dump())


def _signers(tx: Transaction, caller: Caller, stage: StageRecord) -> StageSigners:
    """Return as much of the names as the caller may be told: none at all, or all."""
    found = signers.of_stage(tx, stage)
    concerned = {one.person_id for one in found.asked}
    concerned |= {one.person_id for one in found.signatures}
    if not sees_names(tx, caller, concerned):
        return StageSigners()
    if Role.COORDINATOR in caller.roles(tx):
        return found
    silent = tuple(one.model_copy(update={"reason": ""}) for one in found.signatures)
    return found.model_copy(update={"signatures": silent})
