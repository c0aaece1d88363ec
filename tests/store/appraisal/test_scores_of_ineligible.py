"""Scores of what is not eligible are refused by every door: service, API, files, corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from campaigns.intake import Request, import_scores
from campaigns.rules.appraisal.errors import ReviewNotWanted
from campaigns.services.appraisal import reviews
from campaigns.store.tables import review
from schemas.actors import at_console
from schemas.imports import ScoreRow
from schemas.vocabulary import NominationState, Stage
from tests.portal_client import API, People
from tests.world import CODE, World

NOT_JUDGED: dict[str, tuple[NominationState, dict[str, Any]]] = {
    "OUT": (NominationState.INELIGIBLE, {"registered": False}),
    "HELD": (NominationState.ON_HOLD, {"case_opened": "2023-06-01"}),
}


@pytest.fixture
def reviewing(world: World) -> World:
    """GOOD is eligible, OUT is not, and HELD is on hold."""
    world.receive_nominations()
    world.nominate("GOOD")
    for code, (_state, changes) in NOT_JUDGED.items():
        world.nominate(code, rank=2, nominated_by_id="an-thuy", unit_id="an-thuy", **changes)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    for code, (state, _changes) in NOT_JUDGED.items():
        assert world.state_of(code) == state
    return world


def scores(code: str) -> list[ScoreRow]:
    return [ScoreRow(2, "thu", code, "C1", 800), ScoreRow(3, "thu", code, "C5", 1650)]


@pytest.mark.parametrize("code", NOT_JUDGED)
def test_service_refuses_them_with_all_others_that_came_along(reviewing: World, code: str) -> None:
    with pytest.raises(ReviewNotWanted, match=code):
        reviewing.act(reviews.record_reviews, scores("GOOD") + scores(code))
    assert reviewing.count(review) == 0


@pytest.mark.parametrize("code", NOT_JUDGED)
def test_api_takes_none_of_what_reviewers_may_not_see(
    reviewing: World, tmp_path: Path, code: str
) -> None:
    lines = [{"criterion": "C1", "points": 8}, {"criterion": "C5", "points": 16.5}]
    people = People(reviewing, tmp_path)
    answer = people.post("thu", f"{API}/reviews", {"nomination": code, "scores": lines})

    assert (answer.status_code, answer.json()["code"]) == (404, "thing-not-found")
    assert reviewing.count(review) == 0


def score_file(folder: Path) -> Path:
    path = folder / "scores.csv"
    lines = [
        f"{code},thu,{criterion},{points},"
        for code in ("GOOD", *NOT_JUDGED)
        for criterion, points in (("C1", "8"), ("C5", "16.5"))
    ]
    head = "nomination_code,reviewer_id,criterion,score,comment"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_file_is_refused_and_its_rows_are_named(reviewing: World, tmp_path: Path) -> None:
    people = People(reviewing, tmp_path)
    report = import_scores(people.app, CODE, Request(score_file(tmp_path), at_console("mai")))

    assert {one.code for one in report.problems if one.level == "error"} == {
        "nomination_not_judged"
    }
    assert reviewing.count(review) == 0


def test_good_rows_of_a_file_are_taken_without_them(reviewing: World, tmp_path: Path) -> None:
    people = People(reviewing, tmp_path)
    wanted = Request(score_file(tmp_path), at_console("mai"), accept_valid=True)
    import_scores(people.app, CODE, wanted)

    assert reviewing.count(review) == 1
