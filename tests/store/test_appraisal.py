"""Reviews are taken in whole, from people who may judge, and put nominations in their order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from campaigns.rules.errors import ReviewerConflicted, ReviewIncomplete
from campaigns.services import appraisal
from campaigns.store import reviews
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

    assert panel.read(appraisal.places) == {"B": (1, Decimal(19)), "A": (2, Decimal(15))}


def test_equal_totals_are_told_apart_by_the_heaviest_line(panel: World) -> None:
    rows = [
        row
        for code, need, result in (("A", 8, 10), ("B", 6, 12))
        for reviewer in ("thu", "lan")
        for row in review(reviewer, code, need, result)
    ]
    panel.act(appraisal.record_reviews, rows)
    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))

    assert {code: place for code, (place, _total) in panel.read(appraisal.places).items()} == {
        "B": 1,
        "A": 2,
    }


def test_nomination_without_all_its_reviews_waits(panel: World) -> None:
    panel.act(appraisal.record_reviews, review("thu", "A", 8, 16))

    panel.act(appraisal.appraise_batch, panel.read(appraisal.to_appraise))

    assert panel.state_of("A") == "eligible"
    assert panel.read(appraisal.missing_reviews) == 3
