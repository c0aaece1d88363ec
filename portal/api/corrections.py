"""How is a session closed, a review or a vote corrected? By an act with a reason."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from campaigns.intake import review_reader, vote_reader
from campaigns.rules.access.permissions import Sight
from campaigns.rules.repeats import said_by_votes
from campaigns.store.appraisal import corrections as records
from campaigns.store.recognition import council
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.forms import read_rows
from portal.api.judging import BallotRow, Score, as_score_rows, plain
from portal.api.pages import Page
from schemas.commands.appraisal import CorrectOwnReview
from schemas.commands.recognition import CloseSession, CorrectVotes

router = APIRouter(prefix=API + "/campaigns/{code}", tags=["reviews, votes, adoptions"])
Reason = Annotated[
    str, Field(min_length=1, max_length=4_000, examples=["Nhập nhầm cột điểm khi tổng hợp"])
]


class Closing(Act):
    """A session of the council is over."""

    reason: str = Field(
        default="",
        max_length=4_000,
        description="Why it is closed although votes are missing, where some are.",
    )


class SessionView(BaseModel):
    """A session of the council."""

    number: int
    starts_at: datetime
    members: int = Field(description="All members, present or not.")
    closed_at: datetime | None = Field(description="No more votes are taken since; null: open.")


class ReviewCorrection(Act):
    """A review as it should have been, on every line of the rubric."""

    nomination: str = Field(max_length=100, examples=["BT-014"])
    scores: list[Score] = Field(min_length=1, max_length=100)
    reason: Reason


class VoteCorrection(Act):
    """The whole rolls of nominations as they should have been; absent members too."""

    votes: list[BallotRow] = Field(min_length=1, max_length=10_000)
    reason: Reason


class CorrectionView(BaseModel):
    """A review or the votes on a nomination were corrected."""

    nomination: str
    reviewer_id: str | None = Field(description="Whose review; null: the votes.")
    person_id: str = Field(description="Who corrected it.")
    reason: str
    corrected_at: datetime


@router.get("/sessions", summary="The sessions of the council")
def list_sessions(
    caller: Annotated[Caller, looking(Sight.SESSIONS)], code: CampaignCode
) -> Page[SessionView]:
    """List the sessions, and since when they are closed."""
    found = caller.read(code, council.sessions)
    return Page(
        items=[
            SessionView(
                number=one.number,
                starts_at=one.starts_at,
                members=one.members,
                closed_at=one.closed_at,
            )
            for one in found
        ]
    )


@router.post("/sessions/{number}/close", summary="Close a session of the council")
def close_session(
    caller: Annotated[Caller, acting(CloseSession)],
    code: CampaignCode,
    number: Annotated[int, Path(ge=1, le=1_000_000)],
    body: Closing,
    key: IdempotencyKey = None,
) -> Acted:
    """Take no more votes in it and count what it voted on: who has no vote was absent."""
    asking = ask(caller, code, body, key, f"close session {number}")
    command = CloseSession(
        command_id=asking.command_id,
        session=number,
        reason=body.reason,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)


@router.get("/corrections", summary="Reviews and votes that were corrected")
def list_corrections(
    caller: Annotated[Caller, looking(Sight.CORRECTIONS)], code: CampaignCode
) -> Page[CorrectionView]:
    """List who corrected what before the decision, and why; scores are not shown."""
    found = caller.read(code, records.every)
    return Page(
        items=[
            CorrectionView(
                nomination=one.nomination_code,
                reviewer_id=one.reviewer_id,
                person_id=one.person_id,
                reason=one.reason,
                corrected_at=one.corrected_at,
            )
            for one in found
        ]
    )


@router.post("/reviews/corrections", summary="Correct a review that is stored", status_code=201)
def correct_review(
    caller: Annotated[Caller, acting(CorrectOwnReview)],
    code: CampaignCode,
    body: ReviewCorrection,
    key: IdempotencyKey = None,
) -> Acted:
    """Replace your own review of one nomination while the appraisal is open, with a reason.

    A coordinator corrects reviews of others by importing scores with `correct`.
    """
    caller.ensure_may(code)
    keys, given = as_score_rows(caller.person_id, body.nomination, body.scores)
    reader = review_reader(caller.app, code, caller.language)
    rows, warnings = read_rows(reader, keys, given, caller.language, "/scores/{}")
    asking = ask(caller, code, body, key, "correct review")
    command = CorrectOwnReview(
        command_id=asking.command_id,
        nomination_code=body.nomination,
        reason=body.reason,
        person_id=caller.person_id,
    )
    done = asking.carry_out(command, rows)
    return done.model_copy(update={"warnings": warnings})


@router.post("/votes/corrections", summary="Correct votes that are stored", status_code=201)
def correct_votes(
    caller: Annotated[Caller, acting(CorrectVotes)],
    code: CampaignCode,
    body: VoteCorrection,
    key: IdempotencyKey = None,
) -> Acted:
    """Replace the votes on nominations by their whole rolls while the council sits."""
    caller.ensure_may(code)
    keys = tuple(BallotRow.model_fields)
    reader = vote_reader(caller.app, code, caller.language)
    rows, warnings = read_rows(reader, keys, plain(body.votes), caller.language, "/votes/{}")
    said = json.dumps([body.reason, said_by_votes(rows)])
    asking = ask(caller, code, body, key, "correct votes", said)
    command = CorrectVotes(
        command_id=asking.command_id, reason=body.reason, person_id=caller.person_id
    )
    done = asking.carry_out(command, rows)
    return done.model_copy(update={"warnings": warnings})
