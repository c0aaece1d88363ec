"""A campaign in which everything happens that decides anything."""

from __future__ import annotations

from datetime import date

from campaigns.services.appraisal import corrections, reviews
from campaigns.services.approvals import delegations, verdicts
from campaigns.services.nomination import acts, checking
from campaigns.services.recognition import council, sessions, vote_corrections
from campaigns.services.replication import adoptions
from schemas.commands.appraisal import CorrectReviews
from schemas.commands.approvals import AskApprovalAgain, RevokeDelegation
from schemas.commands.nomination import WithdrawNomination
from schemas.commands.recognition import (
    CloseSession,
    CorrectDecision,
    CorrectedResult,
    CorrectVotes,
)
from schemas.imports import AdoptionRow, ScoreRow
from schemas.vocabulary import Stage, Vote
from tests.extending import extend
from tests.store.log.test_golden_history import amend
from tests.world import DISTRICT, World, votes


def play(world: World) -> None:
    """Go through a campaign in which everything happens that decides anything."""
    world.delegate("hung", "thu", "2023-02-06", "2023-02-28", stage=Stage.LAUNCH)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.approve(Stage.LAUNCH, "thu", "Đồng ý")
    world.act(
        delegations.revoke, RevokeDelegation(command_id="r", delegation_id=1, person_id="hung")
    )
    world.open(Stage.NOMINATION)
    for rank, code in enumerate(("A", "B", "D"), 1):
        world.nominate(code, rank=rank)
    world.nominate("C", rank=4, party_opinion=False)
    world.nominate("A", rank=1, name="Mô hình A, bản 2")
    out = WithdrawNomination(command_id="w", nomination_code="D", reason="Trùng", person_id="binh")
    world.act(acts.withdraw, out)
    extend(world, "2023-09-16T17:00:00", unit_id=DISTRICT)
    amend(world, 1, messages={"silent": ["stage-returned"]})
    world.at("2023-09-16T17:00:01")
    world.act(checking.check_batch, world.read(checking.ready_to_close))
    world.ask_approval(Stage.NOMINATION)
    world.send_back(Stage.NOMINATION, "hung")
    again = AskApprovalAgain(command_id="again", stage=Stage.NOMINATION, person_id="mai")
    world.act(verdicts.ask_again, again)
    world.approve(Stage.NOMINATION, "hung")
    appraise_with_a_correction(world)
    world.vote(*votes("A", written=("thu",)), *votes("B", absent=("thu",)))
    recount = CorrectVotes(command_id="recount", reason="Kiểm lại", person_id="mai")
    world.act(vote_corrections.correct_votes, recount, votes("B", Vote.NO, absent=("thu",)))
    over = CloseSession(command_id="over", session=1, reason="Đã đủ phiếu", person_id="mai")
    world.act(sessions.close, over)
    world.act(council.draft_decision)
    world.finish(Stage.RECOGNITION)
    fixed = CorrectDecision(
        command_id="correct",
        person_id="mai",
        reason="Kiểm phiếu sai",
        results=(CorrectedResult(nomination_code="B", recognised=True),),
    )
    world.act(verdicts.correct_decision, fixed)
    for person in ("hung", "lan"):
        world.approve(Stage.RECOGNITION, person)
    world.open(Stage.REPLICATION)
    row = AdoptionRow(
        row=2,
        id="A-1",
        model_code="A",
        adopting_unit_id=DISTRICT,
        state="committed",
        committed_on=date(2023, 10, 16),
    )
    world.act(adoptions.record_adoptions, [row])
    world.at("2024-12-31T17:00:00")
    world.act(adoptions.sweep_follow_ups)
    world.ask_approval(Stage.REPLICATION)
    world.abstain(Stage.REPLICATION, "lan")


def appraise_with_a_correction(world: World) -> None:
    """Go on from the approved nominations to the sitting council; one review is corrected."""
    world.open(Stage.APPRAISAL)
    first = [*_review("thu", "A"), *_review("lan", "A"), *_review("thu", "B")]
    world.act(reviews.record_reviews, [*first, *_review("lan", "B", 700)])
    slip = CorrectReviews(command_id="slip", reason="Nhập nhầm", person_id="lan")
    world.act(corrections.correct_reviews, slip, _review("lan", "B"))
    world.act(reviews.appraise_batch, world.read(reviews.to_appraise))
    world.finish(Stage.APPRAISAL)
    world.open(Stage.RECOGNITION)
    world.act(council.convene)


def _review(reviewer: str, code: str, first: int = 800) -> list[ScoreRow]:
    lines = (("C1", first), ("C5", 1650))
    return [ScoreRow(2, reviewer, code, line, points) for line, points in lines]
