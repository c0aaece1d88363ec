"""A review or a vote is corrected before the decision by an act with a reason, on record."""

from __future__ import annotations

import json

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.appraisal.errors import (
    CorrectionNotPossible,
    ReviewContradicted,
    ReviewerConflicted,
    ReviewIncomplete,
    ReviewNotWanted,
)
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.launch.errors import StageNotOpen
from campaigns.services.appraisal import reviews as appraisal
from campaigns.store.appraisal import corrections as records
from campaigns.store.appraisal import reviews
from campaigns.store.commit import commit
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.tables import event, nomination
from language.errors import Refusal
from schemas.commands.appraisal import CorrectReviews
from schemas.commands.recognition import CorrectVotes
from schemas.imports import ScoreRow, VoteRow
from schemas.outcomes import Done
from schemas.vocabulary import NominationState, Stage, Vote
from tests.world import World, votes


def review(
    reviewer: str, code: str, c1: int = 8, c5: int = 16, comment: str = ""
) -> list[ScoreRow]:
    return [
        ScoreRow(2, reviewer, code, "C1", c1 * 100, comment),
        ScoreRow(3, reviewer, code, "C5", c5 * 100, ""),
    ]


@pytest.fixture
def panel(world: World) -> World:
    """Thu and Lan appraise A; nobody has yet."""
    return to_the_panel(world)


def to_the_panel(world: World) -> World:
    world.receive_nominations()
    world.nominate("A")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


@pytest.fixture
def sitting(world: World) -> World:
    """The council has voted on A, and B is before it."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"))
    return world


def total_of(world: World, code: str) -> list[int]:
    record = world.read(nominations.by_code, [code])[code]
    return sorted(
        sum(one.points.values()) for one in world.read(reviews.of, [record.id])[record.id]
    )


def correct(
    world: World, *rows: ScoreRow, person: str = "mai", reason: str = "Nhập nhầm cột"
) -> Done:
    world.commands += 1
    command = CorrectReviews(command_id=f"c-{world.commands}", reason=reason, person_id=person)
    return world.do(command, rows)


def correct_votes(
    world: World, *rows: VoteRow, person: str = "mai", reason: str = "Kiểm phiếu lại"
) -> Done:
    world.commands += 1
    command = CorrectVotes(command_id=f"v-{world.commands}", reason=reason, person_id=person)
    return world.do(command, rows)


# --- Reviews: known, contradicting, unwanted -----------------------------------------------------


def test_review_again_is_known(panel: World) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A"))
    before = panel.count(event)

    done = panel.act(appraisal.record_reviews, review("thu", "A"))

    assert (done.changed, done.known, panel.count(event)) == (0, 1, before)


@pytest.mark.parametrize(
    "again", [review("thu", "A", 9), review("thu", "A", comment="khác"), review("thu", "A")[:1]]
)
def test_review_that_says_otherwise_is_a_conflict(panel: World, again: list[ScoreRow]) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A"))

    with pytest.raises(ReviewContradicted, match="thu - A: C"):
        panel.act(appraisal.record_reviews, [*again, *review("lan", "A")])

    assert total_of(panel, "A") == [2400]


def appraised(world: World) -> World:
    """Both reviews are there, and A is appraised."""
    world.act(appraisal.record_reviews, review("thu", "A") + review("lan", "A"))
    world.act(appraisal.appraise_batch, world.read(appraisal.to_appraise))
    return world


def test_review_again_after_the_appraisal_is_known(panel: World) -> None:
    appraised(panel)
    panel.ask_approval(Stage.APPRAISAL)

    done = panel.act(appraisal.record_reviews, review("thu", "A"))

    assert (done.changed, done.known) == (0, 1)


@pytest.mark.parametrize(
    "state", sorted(set(NominationState) - {NominationState.ELIGIBLE, NominationState.DRAFT})
)
def test_review_of_what_is_not_before_the_panel_is_refused(panel: World, state: str) -> None:
    with panel.store.writing("system:test") as tx:
        tx.connection.execute(nomination.update().values(state=state))
        commit(tx)

    with pytest.raises(ReviewNotWanted, match="A"):
        panel.act(appraisal.record_reviews, review("thu", "A"))


# --- Reviews: corrected --------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["mai", "thu"])
def test_review_is_corrected_by_a_coordinator_or_its_reviewer(panel: World, person: str) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A"))

    done = correct(panel, *review("thu", "A", 10), person=person)

    [kept] = panel.read(records.every)
    assert (done.changed, total_of(panel, "A")) == (1, [2600])
    assert (kept.nomination_code, kept.reviewer_id, kept.person_id) == ("A", "thu", person)
    assert (kept.reason, json.loads(kept.before)["C1"]) == ("Nhập nhầm cột", [800, ""])


def test_correction_that_says_what_is_stored_is_known(panel: World) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A"))

    done = correct(panel, *review("thu", "A"))

    assert (done.changed, done.known, panel.read(records.every)) == (0, 1, [])


def test_appraisal_of_a_corrected_review_is_reckoned_anew(world_with) -> None:
    """Whether it was short-listed before or not: the total follows the correction."""
    panel = appraised(to_the_panel(world_with(rubric={"minimum_total": 15})))
    before = panel.state_of("A")

    correct(panel, *review("thu", "A", 0, 0), person="thu")
    assert panel.state_of("A") == NominationState.ELIGIBLE
    ids = panel.read(appraisal.to_appraise)
    panel.act(appraisal.appraise_batch, ids)

    assert before == NominationState.SHORTLISTED
    assert panel.state_of("A") == NominationState.NOT_RECOGNISED
    correct(panel, *review("thu", "A", 10, 20), person="thu")
    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))
    assert panel.state_of("A") == NominationState.SHORTLISTED


@pytest.mark.parametrize(
    ("rows", "person", "reason", "error"),
    [
        (review("thu", "A", 9), "mai", " ", ReasonMissing),
        (review("thu", "A", 9), "lan", "x", None),
        (review("thu", "A", 9), "hung", "x", PersonNotAppointed),
        (review("thu", "A", 9), "binh", "x", PersonNotAppointed),
        (review("lan", "A", 9), "thu", "x", PersonNotAppointed),
        (review("thu", "A", 9) + review("lan", "A"), "thu", "x", PersonNotAppointed),
        (review("lan", "A", 9), "mai", "x", CorrectionNotPossible),
        (review("tam", "A", 9), "mai", "x", CorrectionNotPossible),
        (review("thu", "A", 9)[:1], "mai", "x", ReviewIncomplete),
    ],
)
def test_correction_of_a_review_is_refused_where_it_may_not_be(
    panel: World,
    rows: list[ScoreRow],
    person: str,
    reason: str,
    error: type[Refusal] | None,
) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A"))

    if error is None:
        assert correct(panel, *rows, person=person, reason=reason).changed == 1
        return
    with pytest.raises(error):
        correct(panel, *rows, person=person, reason=reason)
    assert (total_of(panel, "A"), panel.read(records.every)) == ([2400], [])


def test_review_is_not_corrected_once_the_appraisal_is_over(panel: World) -> None:
    appraised(panel).ask_approval(Stage.APPRAISAL)

    with pytest.raises(StageNotOpen):
        correct(panel, *review("thu", "A", 0, 0))


def test_conflicted_reviewer_is_refused_in_a_correction_too(panel: World) -> None:
    with pytest.raises((ReviewerConflicted, CorrectionNotPossible)):
        correct(panel, *review("tam", "A"))


# --- Votes ---------------------------------------------------------------------------------------


def test_votes_are_corrected_by_the_whole_roll(sitting: World) -> None:
    done = correct_votes(sitting, *votes("A", Vote.NO))

    record = sitting.read(nominations.by_code, ["A"])["A"]
    found = sitting.read(council.tallies)[record.id]
    [kept] = sitting.read(records.every)
    assert done.changed == 1
    assert (found.yes, found.no, found.blank, found.passed) == (0, 3, 1, False)
    assert (kept.reviewer_id, kept.person_id, kept.before) == (None, "mai", "")


def test_correction_says_nothing_of_who_voted_what(sitting: World) -> None:
    correct_votes(sitting, *votes("A", hung=Vote.NO))

    [kept] = sitting.read(records.every)
    assert "hung" not in repr(kept)


def test_votes_that_are_the_same_are_known(sitting: World) -> None:
    done = correct_votes(sitting, *votes("A"))

    assert (done.changed, done.known, sitting.read(records.every)) == (0, 1, [])


@pytest.mark.parametrize(
    ("rows", "person", "reason", "error"),
    [
        (votes("A", Vote.NO), "mai", "", ReasonMissing),
        (votes("A", Vote.NO), "hung", "x", PersonNotAppointed),
        (votes("A", Vote.NO), "thu", "x", PersonNotAppointed),
        (votes("A", Vote.NO)[:3], "mai", "x", CorrectionNotPossible),
        (votes("B", Vote.NO), "mai", "x", CorrectionNotPossible),
    ],
)
def test_correction_of_votes_is_refused_where_it_may_not_be(
    sitting: World, rows: list[VoteRow], person: str, reason: str, error: type[Refusal]
) -> None:
    with pytest.raises(error):
        correct_votes(sitting, *rows, person=person, reason=reason)

    record = sitting.read(nominations.by_code, ["A"])["A"]
    assert sitting.read(council.tallies)[record.id].yes == 3
    assert sitting.read(records.every) == []


def test_votes_are_not_corrected_once_the_decision_is_asked_for(sitting: World) -> None:
    sitting.vote(*votes("B"))
    sitting.decide()

    with pytest.raises(StageNotOpen):
        correct_votes(sitting, *votes("A", Vote.NO))
