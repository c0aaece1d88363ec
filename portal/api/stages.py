"""`/api/v1/campaigns/{code}/stages`: approve, return, ask again, give more time."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Depends, Path, Response
from pydantic import Field

from campaigns.rules.access.permissions import Sight
from campaigns.store import campaigns
from campaigns.store.transaction import Transaction
from portal.api import API, waited_for
from portal.api.acts import (
    Act,
    Acted,
    IdempotencyKey,
    IfMatch,
    ask,
    ensure_match,
    etag,
    tag,
)
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Page
from portal.api.waited_for import StageShown
from schemas.bounds import Moment
from schemas.commands.approvals import AbstainFromStage, ApproveStage, AskApprovalAgain, ReturnStage
from schemas.commands.deadlines import ExtendDeadline
from schemas.vocabulary import Stage

router = APIRouter(prefix=API + "/campaigns/{code}/stages", tags=["stages"])
StageName = Annotated[Stage, Path(alias="stage", examples=["recognition"])]


Seen = Annotated[
    str | None,
    Field(
        default=None,
        max_length=64,
        description="The `basis` of the stage as it was read; where what is decided has changed "
        "since, nothing is (`figures-changed`). None: whatever it is now.",
    ),
]


class Verdict(Act):
    """An approval."""

    seen: Seen

    reason: str = Field(default="", max_length=4_000)


class Return(Act):
    """A stage is sent back."""

    seen: Seen

    reason: str = Field(min_length=1, max_length=4_000, examples=["Thiếu biên bản họp"])


class Abstention(Act):
    """No part is taken."""

    seen: Seen

    reason: str = Field(min_length=1, max_length=4_000, examples=["Người thân có hồ sơ"])


class Extension(Act):
    """More time, for all or for one unit."""

    matter: Literal["work", "approval"] = "work"
    unit_id: str | None = Field(default=None, max_length=80, examples=["ba-tri"])
    until: Moment = Field(examples=["2023-09-20T17:00:00+07:00"])
    reason: str = Field(min_length=1, max_length=4_000, examples=["Bão số 4"])


@router.get("", summary="The stages with their dates and signatures")
def list_stages(
    caller: Annotated[Caller, looking(Sight.CAMPAIGN)], code: CampaignCode
) -> Page[StageShown]:
    """List the stages of a campaign; none before its launch."""
    return Page(items=caller.read(code, waited_for.stages, caller))


@router.get("/{stage}", summary="One stage")
def get(
    caller: Annotated[Caller, looking(Sight.CAMPAIGN)],
    code: CampaignCode,
    stage: StageName,
    response: Response,
) -> StageShown:
    """Show one stage, with an ETag."""

    def query(tx: Transaction) -> StageShown:
        tag(response, stage_version(tx, stage))
        shown = waited_for.stages(tx, caller)
        return next(one for one in shown if one.name == stage)

    return caller.read(code, query)


def stage_version(tx: Transaction, stage: Stage) -> str:
    """Return the ETag of a stage."""
    record = campaigns.get_stage(tx, stage)
    return etag("s", record.version, record.round)


class Deciding(NamedTuple):
    """An approver before a stage, which they may have read in an older version."""

    caller: Caller
    code: str
    stage: Stage
    key: str | None
    if_match: str | None

    def carry_out(
        self,
        name: str,
        body: Verdict | Return | Abstention,
        command: type[ApproveStage | ReturnStage | AbstainFromStage],
    ) -> Acted:
        """Carry a verdict out once, on the version that was read."""
        asking = ask(self.caller, self.code, body, self.key, f"{name} {self.stage}")
        decision = command(
            command_id=asking.command_id,
            stage=self.stage,
            person_id=self.caller.person_id,
            reason=body.reason,
            seen=body.seen,
        )

        def confirm(tx: Transaction) -> None:
            ensure_match(self.if_match, stage_version(tx, self.stage))

        return asking.carry_out(decision, confirm=confirm)


def _deciding(
    caller: Annotated[Caller, acting(ApproveStage)],
    code: CampaignCode,
    stage: StageName,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Deciding:
    return Deciding(caller, code, stage, key, if_match)


@router.post("/{stage}/approve", summary="Approve what a stage has come to")
def approve(approving: Annotated[Deciding, Depends(_deciding)], body: Verdict) -> Acted:
    """Sign; `detail` is `approved` with the last signature needed, else `signed`."""
    return approving.carry_out("approve", body, ApproveStage)


@router.post("/{stage}/return", summary="Send a stage back, with a reason")
def return_stage(approving: Annotated[Deciding, Depends(_deciding)], body: Return) -> Acted:
    """Send the stage back for correction; its approval begins again."""
    return approving.carry_out("return", body, ReturnStage)


@router.post("/{stage}/abstain", summary="Take no part because of a conflict of interest")
def abstain(approving: Annotated[Deciding, Depends(_deciding)], body: Abstention) -> Acted:
    """Abstain from the present round, with a reason; others are asked where the policy says so."""
    return approving.carry_out("abstain", body, AbstainFromStage)


@router.post("/{stage}/submit", summary="Ask the approvers of a returned stage again")
def submit(
    caller: Annotated[Caller, acting(AskApprovalAgain)],
    code: CampaignCode,
    stage: StageName,
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Say that a returned stage is corrected; a coordinator's act."""
    asking = ask(caller, code, body, key, f"submit {stage}")
    command = AskApprovalAgain(
        command_id=asking.command_id, stage=stage, person_id=caller.person_id
    )
    return asking.carry_out(command)


@router.post("/{stage}/extensions", summary="Give more time")
def extend(
    caller: Annotated[Caller, acting(ExtendDeadline)],
    code: CampaignCode,
    stage: StageName,
    body: Extension,
    key: IdempotencyKey = None,
) -> Acted:
    """Move a deadline to a later time, for all or for one unit; a coordinator's act."""
    asking = ask(caller, code, body, key, f"extend {stage}")
    command = ExtendDeadline(
        command_id=asking.command_id,
        stage=stage,
        matter=body.matter,
        unit_id=body.unit_id,
        until=body.until,
        reason=body.reason,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)
