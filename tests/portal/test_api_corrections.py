"""Reviews and votes are corrected over the API: by whom, with a reason, once, until when."""

from __future__ import annotations

import pytest

from campaigns.services.appraisal import reviews
from campaigns.store.appraisal import corrections as records
from schemas.imports import ScoreRow, VoteRow
from schemas.vocabulary import Stage, Vote
from tests.portal_client import API, People
from tests.world import World, votes

REVIEWS, VOTES = f"{API}/reviews/corrections", f"{API}/votes/corrections"


def review(points: int = 9, reason: str = "Nhập nhầm cột", **more: object) -> dict[str, object]:
    scores = [{"criterion": "C1", "points": points}, {"criterion": "C5", "points": 16}]
    return {"nomination": "A", "scores": scores, "reason": reason, **more}


def roll(rows: list[VoteRow], reason: str = "Kiểm phiếu lại", **more: object) -> dict[str, object]:
    said = [
        {
            "nomination": row.nomination_code,
            "session": row.session,
            "member_id": row.member_id,
            "attendance": row.attendance,
            "vote": row.vote,
        }
        for row in rows
    ]
    return {"votes": said, "reason": reason, **more}


@pytest.fixture
def panel(receiving: People, world: World) -> People:
    """Thu has reviewed A."""
    world.nominate("A")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    rows = [ScoreRow(2, "thu", "A", "C1", 800), ScoreRow(3, "thu", "A", "C5", 1600)]
    world.act(reviews.record_reviews, rows)
    return receiving


@pytest.fixture
def sitting(receiving: People, world: World) -> People:
    """The council has voted on A."""
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    return receiving


def test_reviewer_corrects_their_own_review(panel: People) -> None:
    answer = panel.post("thu", REVIEWS, review())
    assert (answer.status_code, answer.json().get("changed")) == (201, 1), answer.text


def test_correction_of_a_review_that_says_what_is_stored_is_known(panel: People) -> None:
    said = panel.post("thu", REVIEWS, review(8)).json()
    assert (said["changed"], said["known"], said["detail"]) == (0, 1, "known")


def test_correction_sent_twice_is_one(panel: People, world: World) -> None:
    first, second = (panel.post("thu", REVIEWS, review(command_id="x")).json() for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert len(world.read(records.every)) == 1


def test_same_id_with_other_scores_is_a_conflict(panel: People, world: World) -> None:
    panel.post("thu", REVIEWS, review(command_id="x"))
    answer = panel.post("thu", REVIEWS, review(10, command_id="x"))
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")
    assert len(world.read(records.every)) == 1


def test_review_that_is_not_there_is_not_corrected(panel: People) -> None:
    answer = panel.post("lan", REVIEWS, review())
    assert (answer.status_code, answer.json()["code"]) == (422, "correction-not-possible")


@pytest.mark.parametrize("person", ["mai", "hung", "binh"])
def test_who_is_no_reviewer_corrects_no_review(panel: People, world: World, person: str) -> None:
    assert panel.post(person, REVIEWS, review()).status_code == 403
    assert world.read(records.every) == []


def test_coordinator_corrects_votes_by_the_whole_roll(sitting: People, world: World) -> None:
    answer = sitting.post("mai", VOTES, roll(votes("A", Vote.NO)))
    assert (answer.status_code, answer.json().get("changed")) == (201, 1), answer.text
    assert len(world.read(records.every)) == 1


def test_part_of_a_roll_corrects_nothing(sitting: People, world: World) -> None:
    assert sitting.post("mai", VOTES, roll(votes("A", Vote.NO)[:3])).status_code == 422
    assert world.read(records.every) == []


@pytest.mark.parametrize("person", ["hung", "thu", "binh"])
def test_who_is_no_coordinator_corrects_no_votes(sitting: People, person: str) -> None:
    assert sitting.post(person, VOTES, roll(votes("A", Vote.NO))).status_code == 403


def test_correction_without_reason_is_refused(sitting: People) -> None:
    assert sitting.post("mai", VOTES, roll(votes("A", Vote.NO), " ")).status_code == 422


def test_votes_are_not_corrected_once_the_decision_is_asked_for(
    sitting: People, world: World
) -> None:
    world.decide()
    assert sitting.post("mai", VOTES, roll(votes("A", Vote.NO))).status_code == 409


def test_list_says_who_corrected_what_and_no_score(panel: People) -> None:
    panel.post("thu", REVIEWS, review())
    [one] = panel.get("mai", f"{API}/corrections").json()["items"]
    kept = (one["nomination"], one["reviewer_id"], one["person_id"], one["reason"])
    assert kept == ("A", "thu", "thu", "Nhập nhầm cột")
    assert set(one) == {"nomination", "reviewer_id", "person_id", "reason", "corrected_at"}


@pytest.mark.parametrize("person", ["thu", "hung", "binh"])
def test_list_of_corrections_is_for_coordinators(panel: People, person: str) -> None:
    assert panel.get(person, f"{API}/corrections").status_code == 403
