"""Reviews are taken in whole, from people who may judge, and put nominations in their order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from campaigns.rules.appraisal.errors import ReviewerConflicted, ReviewIncomplete
from campaigns.services.appraisal import reviews as appraisal
from campaigns.services.nomination import checking
from campaigns.store.appraisal import reviews
from campaigns.store.nomination import nominations
from schemas.imports import ScoreRow
from schemas.vocabulary import Stage
from tests.world import World


def review(reviewer: str, code: str, need: int, result: int) -> list[ScoreRow]:
    return [
        ScoreRow(2, reviewer, code, "C1", need * 100),
        ScoreRow(3, reviewer, code, "C5", result * 100),
    ]


@pytest.fixture
def panel(world: World) -> World:
    """Two nominations wait for their reviews."""
    world.receive_nominations()
    for rank, code in enumerate("AB", start=1):
        world.nominate(code, rank=rank)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


def test_review_that_lacks_a_line_is_refused_and_nothing_stored(panel: World) -> None:
    rows = [*review("thu", "A", 8, 16), review("lan", "A", 8, 16)[0]]

    with pytest.raises(ReviewIncomplete, match="lan on A: C5"):
        panel.act(appraisal.record_reviews, rows)

    assert panel.read(reviews.counts).reviews == 0


def test_review_by_the_nominating_unit_is_refused(panel: World) -> None:
    with pytest.raises(ReviewerConflicted, match="tam on A"):
        panel.act(appraisal.record_reviews, review("tam", "A", 10, 20))


def test_highest_total_has_the_first_place(panel: World) -> None:
    rows = [
        row
        for code, need in (("A", 5), ("B", 9))
        for reviewer in ("thu", "lan")
        for row in review(reviewer, code, need, 10)
    ]
    panel.act(appraisal.record_reviews, rows)
    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))

    found = panel.read(appraisal.places)
    assert {code: (one.place, one.total) for code, one in found.items()} == {
        "B": (1, Decimal(19)),
        "A": (2, Decimal(15)),
    }


def test_equal_totals_are_told_apart_by_the_heaviest_line(panel: World) -> None:
    rows = [
        row
        for code, need, result in (("A", 8, 10), ("B", 6, 12))
        for reviewer in ("thu", "lan")
        for row in review(reviewer, code, need, result)
    ]
    panel.act(appraisal.record_reviews, rows)
    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))

    assert {code: one.place for code, one in panel.read(appraisal.places).items()} == {
        "B": 1,
        "A": 2,
    }


def test_nomination_without_all_its_reviews_waits(panel: World) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A", 8, 16))

    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))

    assert panel.state_of("A") == "eligible"
    assert panel.read(appraisal.missing_reviews) == 3


# --- Late, with points taken off -----------------------------------------------------------------


@pytest.fixture
def late_panel(world_with: Callable[..., World]) -> World:
    """A came two days late, B in time; the reviewers gave both the same."""
    late = {"policy": "penalty", "penalty_per_day": "0.5", "accept_days": 2}
    world = world_with(late=late)
    world.receive_nominations()
    world.at("2023-09-15T17:00:00")
    world.nominate("B")
    world.at("2023-09-17T09:00:00")
    world.nominate("A", rank=2)
    world.at("2023-09-17T17:00:00")
    world.act(checking.check_batch, world.read(checking.ready_to_close))
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    rows = [
        row
        for code in ("A", "B")
        for reviewer in ("thu", "lan")
        for row in review(reviewer, code, 8, 16)
    ]
    world.act(appraisal.record_reviews, rows)
    world.act(appraisal.appraise_batch, world.read(appraisal.to_appraise))
    return world


def test_late_nomination_keeps_its_mean_and_loses_points(late_panel: World) -> None:
    standing = late_panel.read(appraisal.places)["A"]

    assert (standing.total, standing.deduction) == (Decimal(24), Decimal("1.0"))


def test_late_nomination_comes_after_an_equal_one_in_time(late_panel: World) -> None:
    found = late_panel.read(appraisal.places)

    assert (found["B"].place, found["A"].place) == (1, 2)


def test_late_nomination_is_received_and_marked(late_panel: World) -> None:
    found = late_panel.read(nominations.by_code, ["A", "B"])

    assert (found["A"].late, found["B"].late) == (True, False)
