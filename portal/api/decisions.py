"""`/decisions` of a campaign: what was decided under which number, and correct a signed one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, ClassVar

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from campaigns.rules.access.permissions import Sight
from campaigns.store import campaigns
from campaigns.store.nomination import nominations
from campaigns.store.recognition import decisions
from campaigns.store.recognition.decisions import DecisionRecord
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import (
    Act,
    Acted,
    Body,
    IdempotencyKey,
    IfMatch,
    ask,
    ensure_match,
    tag,
    told,
)
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Page
from portal.api.stages import stage_version
from schemas.commands.recognition import CorrectDecision, CorrectedResult
from schemas.outcomes import Done
from schemas.vocabulary import Stage

router = APIRouter(prefix=API + "/campaigns/{code}/decisions", tags=["decisions"])


class DecisionView(BaseModel):
    """A decision; the last one with a number is in force."""

    round: int = Field(description="Of the approval it is or was signed in.")
    state: str = Field(examples=["signed"])
    symbol: str | None = Field(description="Its number; none before it is signed.")
    signed_at: datetime | None
    reason: str | None = Field(description="Why it corrects the one before; null for the first.")
    corrected: dict[str, bool] = Field(
        description="What it corrects: recognised or not, by the nomination's code."
    )


class Result(Body):
    """What a decision should have said of a nomination."""

    former_names: ClassVar[Mapping[str, str]] = {"nomination_code": "nomination"}
    nomination: str = Field(
        min_length=1,
        max_length=100,
        examples=["BT-014"],
    )
    recognised: bool = Field(examples=[False])


class DecisionCorrection(Act):
    """A signed decision is to be replaced."""

    reason: str = Field(min_length=1, max_length=4_000, examples=["Kiểm phiếu sai"])
    results: list[Result] = Field(
        min_length=1,
        max_length=1_000,
        description="Those that change; all others stay as they were decided.",
    )


@router.get("", summary="The decisions of a campaign")
def list_decisions(
    caller: Annotated[Caller, looking(Sight.DECISIONS)], code: CampaignCode, response: Response
) -> Page[DecisionView]:
    """List the decisions, oldest first, with the ETag that a correction takes.

    For coordinators and leaders.
    """

    def query(tx: Transaction) -> list[DecisionView]:
        found = decisions.every(tx)
        if campaigns.find_stage(tx, Stage.RECOGNITION) is not None:
            tag(response, stage_version(tx, Stage.RECOGNITION))
        codes = {one.id: one.code for one in nominations.find(tx)} if len(found) > 1 else {}
        return [_shown(tx, one, codes) for one in found]

    return Page(items=caller.read(code, query))


def _shown(tx: Transaction, one: DecisionRecord, codes: dict[int, str]) -> DecisionView:
    fixed = decisions.correction_of(tx, one.id)
    return DecisionView(
        round=one.round,
        state=one.state,
        symbol=one.symbol,
        signed_at=one.signed_at,
        reason=fixed.reason if fixed else None,
        corrected={codes[key]: holds for key, holds in fixed.results.items()} if fixed else {},
    )


@router.post("/correct", summary="Ask for a decision that replaces the signed one")
def correct(
    caller: Annotated[Caller, acting(CorrectDecision)],
    code: CampaignCode,
    body: DecisionCorrection,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Acted:
    """Correct the decision in force, with a reason; a coordinator's act. `If-Match` is required.

    Its approvers are asked again, and it holds until they have signed the new one. Everything that
    cannot be corrected is named, and nothing is changed then.
    """
    asking = ask(caller, code, body, key, "correct decision")
    command = CorrectDecision(
        command_id=asking.command_id,
        results=tuple(
            CorrectedResult(nomination_code=one.nomination, recognised=one.recognised)
            for one in body.results
        ),
        reason=body.reason,
        person_id=caller.person_id,
    )

    def confirm(tx: Transaction) -> None:
        ensure_match(if_match, stage_version(tx, Stage.RECOGNITION), required=True)

    done = asking.carry_out_for(Done, command, confirm=confirm)
    changed = len(command.results) if done.changed else 0
    view = told(done.model_copy(update={"changed": changed}), caller.language)
    return asking.acted(view, done)
