"""`/reviews`, `/votes`, `/adoptions` of a campaign: what people record of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Final, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from campaigns.intake import adoption_reader, review_reader, vote_reader
from campaigns.rules.access.permissions import Sight
from campaigns.rules.repeats import said_by_votes
from campaigns.store.appraisal import reviews
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, Body, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.forms import Value, read_rows
from portal.api.pages import Page
from schemas.bounds import Day, Place, Points
from schemas.commands.nomination import RecordAdoptions, RecordReview, RecordVotes
from schemas.vocabulary import NominationState

router = APIRouter(prefix=API + "/campaigns/{code}", tags=["reviews, votes, adoptions"])


_FORMER: Final = {"nomination_code": "nomination", "criterion_code": "criterion"}
"""One name at every operation; those of tables, and of votes before, are taken as well."""


class Score(Body):
    """Points on one line of the rubric."""

    former_names: ClassVar[Mapping[str, str]] = _FORMER
    criterion: str = Field(
        max_length=20,
        examples=["C1"],
        description="Its code; `criterion_code` is taken as well.",
    )
    points: Points = Field(examples=[8.5])
    comment: str = Field(default="", max_length=4_000)


class Review(Act):
    """A reviewer's scores on one nomination, on every line of the rubric."""

    former_names: ClassVar[Mapping[str, str]] = _FORMER
    nomination: str = Field(
        max_length=100,
        examples=["BT-014"],
        description="Its code; `nomination_code` is taken as well.",
    )
    scores: list[Score] = Field(min_length=1, max_length=100)


class OwnReview(BaseModel):
    """A nomination to review, and whether the caller has."""

    nomination: str
    reviewed: bool


class BallotRow(Body):
    """How one member took part in the vote on one nomination."""

    former_names: ClassVar[Mapping[str, str]] = _FORMER
    nomination: str = Field(
        max_length=100,
        examples=["BT-014"],
        description="Its code; `nomination_code` is taken as well.",
    )
    session: Place = 1
    member_id: str = Field(max_length=80)
    attendance: Literal["present", "written", "absent"] = "present"
    vote: Literal["yes", "no", "blank"] | None = None


class Votes(Act):
    """Votes of the council, as its secretary has them."""

    votes: list[BallotRow] = Field(min_length=1, max_length=10_000)


class Adoption(Body):
    """A replication, with the dates of the steps taken."""

    id: str = Field(max_length=100, examples=["NR-001"])
    model_code: str = Field(max_length=100, examples=["BT-014"])
    adopting_unit_id: str = Field(max_length=80)
    parent_adoption_id: str | None = Field(default=None, max_length=100)
    state: str = Field(default="committed", max_length=20)
    committed_on: Day
    started_on: Day | None = None
    evidenced_on: Day | None = None
    sustained_on: Day | None = None
    abandoned_on: Day | None = None
    note: str = Field(default="", max_length=4_000)


class Adoptions(Act):
    """Replications as known today: new ones, and steps taken since."""

    adoptions: list[Adoption] = Field(min_length=1, max_length=5_000)


def as_score_rows(
    reviewer_id: str, nomination: str, scores: Sequence[Score]
) -> tuple[tuple[str, ...], list[dict[str, Value]]]:
    """Return the columns and the rows of one review, as the reader of score files takes them."""
    keys = ("reviewer_id", "nomination", "criterion", "score", "comment")
    rows: list[dict[str, Value]] = [
        dict(
            zip(
                keys,
                (reviewer_id, nomination, one.criterion, one.points, one.comment),
                strict=True,
            )
        )
        for one in scores
    ]
    return keys, rows


@router.get("/reviews", summary="Your own reviews: what is done and what is missing")
def list_reviews(
    caller: Annotated[Caller, looking(Sight.OWN_REVIEWS)], code: CampaignCode
) -> Page[OwnReview]:
    """List the nominations to review; nobody's scores are handed out."""

    def query(tx: Transaction) -> list[OwnReview]:
        sight = caller.sight(tx)
        found = [one for one in nominations.find(tx) if sight.reviews(one)]
        have = reviews.recorded(tx, [one.id for one in found])
        listed = ((one, (one.id, caller.person_id) in have) for one in found)
        return [
            OwnReview(nomination=one.code, reviewed=done)
            for one, done in listed
            if done or one.state == NominationState.ELIGIBLE
        ]

    return Page(items=caller.read(code, query))


@router.post("/reviews", summary="Submit your scores for one nomination", status_code=201)
def review(
    caller: Annotated[Caller, acting(RecordReview)],
    code: CampaignCode,
    body: Review,
    key: IdempotencyKey = None,
) -> Acted:
    """Record a whole review. The same again is known; another one is a conflict.

    A review that is stored is corrected with a reason (`/reviews/corrections`).
    """
    caller.ensure_may(code)
    keys, given = as_score_rows(caller.person_id, body.nomination, body.scores)
    reader = review_reader(caller.app, code, caller.language)
    rows, warnings = read_rows(reader, keys, given, caller.language, "/scores/{}")
    asking = ask(caller, code, body, key, "review")
    command = RecordReview(
        command_id=asking.command_id,
        nomination_code=body.nomination,
        person_id=caller.person_id,
    )
    done = asking.carry_out(command, rows)
    return done.model_copy(update={"warnings": warnings})


@router.post("/votes", summary="Record votes of the council", status_code=201)
def record_votes(
    caller: Annotated[Caller, acting(RecordVotes)],
    code: CampaignCode,
    body: Votes,
    key: IdempotencyKey = None,
) -> Acted:
    """Store who took part and, apart from it, the ballots; a coordinator's act as secretary.

    Votes may come in parts. A nomination is counted once every member of the session has a vote,
    absent ones too, or the session is closed (`/sessions/{number}/close`); `remarks` say what is
    missing. Votes that say otherwise than what is stored are a conflict.
    """
    caller.ensure_may(code)
    keys = tuple(BallotRow.model_fields)
    given = plain(body.votes)
    reader = vote_reader(caller.app, code, caller.language)
    rows, warnings = read_rows(reader, keys, given, caller.language, "/votes/{}")
    asking = ask(caller, code, body, key, "vote", said_by_votes(rows))
    command = RecordVotes(command_id=asking.command_id, person_id=caller.person_id)
    done = asking.carry_out(command, rows)
    return done.model_copy(update={"warnings": warnings})


@router.post("/adoptions", summary="Record replications", status_code=201)
def record_adoptions(
    caller: Annotated[Caller, acting(RecordAdoptions)],
    code: CampaignCode,
    body: Adoptions,
    key: IdempotencyKey = None,
) -> Acted:
    """Take in replications and their steps; a coordinator's act.

    What is dated after today is left out, and `remarks` say so. A replication that is stored with
    other facts is a conflict.
    """
    caller.ensure_may(code)
    keys = tuple(Adoption.model_fields)
    given = plain(body.adoptions)
    reader = adoption_reader(caller.app, code, caller.language)
    rows, warnings = read_rows(reader, keys, given, caller.language, "/adoptions/{}")
    asking = ask(caller, code, body, key, "adopt")
    command = RecordAdoptions(command_id=asking.command_id, person_id=caller.person_id)
    done = asking.carry_out(command, rows)
    return done.model_copy(update={"warnings": warnings})


def plain(rows: Sequence[Body]) -> list[dict[str, Value]]:
    """Return rows of a body as a reader takes them."""
    return [row.model_dump(mode="json") for row in rows]
