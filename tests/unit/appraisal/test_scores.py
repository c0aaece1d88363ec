from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.appraisal.errors import CriterionNotFound, ReviewRepeated, ScoreNotValid
from campaigns.rules.appraisal.scores import (
    Appraisal,
    Place,
    Review,
    aggregate,
    ensure_score_valid,
    is_shortlisted,
    ranking,
)
from tests.unit.samples import expected, rows, rubric

TWO = {
    "criteria": [
        {"code": "A", "name": {"vi": "A"}, "maximum": 10},
        {"code": "B", "name": {"vi": "B"}, "maximum": 20},
    ],
    "reviews_per_nomination": 3,
}


def review(reviewer_id: str, *points: int) -> Review:
    return Review(reviewer_id, dict(zip("AB", points, strict=False)))


def appraisal(total: int, **lines: int) -> Appraisal:
    return Appraisal(total, lines, 5, complete=True, disagreements=())


@pytest.mark.parametrize("centipoints", [0, 50, 450, 500])
def test_score_in_range_and_on_a_step_accepted(centipoints):
    ensure_score_valid("C9", centipoints, rubric())


@pytest.mark.parametrize(
    ("criterion", "centipoints", "step", "message"),
    [
        ("C9", -50, "0.5", "-0.5 points are not possible for C9: give 0 to 5 in steps of 0.5."),
        ("C9", 550, "0.5", "5.5 points are not possible for C9: give 0 to 5 in steps of 0.5."),
        ("C9", 525, "0.5", "5.25 points"),
        ("C9", 425, "0.5", "4.25 points"),
        ("C1", 210, "0.25", "2.1 points are not possible for C1: give 0 to 10 in steps of 0.25."),
    ],
)
def test_score_out_of_range_or_between_steps_refused(criterion, centipoints, step, message):
    with pytest.raises(ScoreNotValid) as refused:
        ensure_score_valid(criterion, centipoints, rubric(step=step))
    assert message in str(refused.value)


def test_score_on_a_finer_step_accepted():
    ensure_score_valid("C1", 225, rubric(step="0.25"))


def test_score_of_unknown_criterion_refused():
    with pytest.raises(CriterionNotFound, match=r"no criterion 'C10'; criteria: C1, .*C9\."):
        ensure_score_valid("C10", 0, rubric())


def test_aggregate_takes_the_mean_and_rounds_half_up():
    found = aggregate([review("P1", 100, 150), review("P2", 101, 151)], rubric(**TWO))
    assert found == Appraisal(
        total=251, lines={"A": 101, "B": 151}, reviews=2, complete=False, disagreements=()
    )


def test_aggregate_of_three_rounds_to_the_nearest():
    found = aggregate(
        [review("P1", 100, 0), review("P2", 100, 0), review("P3", 101, 2)], rubric(**TWO)
    )
    assert (found.total, found.lines, found.complete) == (101, {"A": 100, "B": 1}, True)


def test_aggregate_without_reviews_is_nothing():
    assert aggregate([], rubric(**TWO)) == Appraisal(
        total=0, lines={"A": 0, "B": 0}, reviews=0, complete=False, disagreements=()
    )


def test_aggregate_leaves_out_a_review_halfway():
    whole = [review("P1", 400, 800), review("P2", 600, 1000), review("P3", 500, 900)]
    found = aggregate([*whole, review("P4", 0)], rubric(**TWO))
    assert found == aggregate(whole, rubric(**TWO))
    assert found.reviews == 3


def test_aggregate_is_incomplete_below_the_wanted_reviews():
    found = aggregate([review("P1", 400, 800), review("P2", 1, 2), review("P3", 9)], rubric(**TWO))
    assert (found.reviews, found.complete) == (2, False)


@pytest.mark.parametrize(
    ("trim_from", "total", "lines"),
    [
        (4, 500, {"A": 200, "B": 300}),  # P1 and P4 left out
        (5, 575, {"A": 275, "B": 300}),
        (None, 575, {"A": 275, "B": 300}),
    ],
)
def test_aggregate_trims_the_highest_and_the_lowest_total(trim_from, total, lines):
    reviews = [
        review("P4", 500, 400),
        review("P2", 200, 300),
        review("P1", 200, 200),
        review("P3", 200, 300),
    ]
    found = aggregate(reviews, rubric(**TWO, trim_from=trim_from))
    assert (found.total, found.lines, found.reviews) == (total, lines, 4)


def test_aggregate_trims_equal_totals_by_reviewer():
    reviews = [review("P3", 300, 0), review("P2", 250, 50), review("P1", 100, 200)]
    found = aggregate(reviews, rubric(**TWO, trim_from=3))
    assert found.lines == {"A": 250, "B": 50}


@pytest.mark.parametrize("trim_from", [1, 2])
def test_aggregate_never_trims_everything(trim_from):
    found = aggregate(
        [review("P1", 100, 0), review("P2", 300, 0)], rubric(**TWO, trim_from=trim_from)
    )
    assert found.total == 200


@pytest.mark.parametrize(
    ("low", "high", "flagged"),
    [
        ((100, 0), (500, 800), ()),  # exactly 40 % of 10 and of 20 points
        ((100, 0), (501, 800), ("A",)),
        ((100, 0), (500, 801), ("B",)),
        ((0, 0), (1000, 2000), ("A", "B")),
    ],
)
def test_aggregate_flags_lines_whose_scores_are_far_apart(low, high, flagged):
    found = aggregate([review("P1", *high), review("P2", *low)], rubric(**TWO))
    assert found.disagreements == flagged


def test_aggregate_flags_disagreement_with_a_trimmed_review():
    reviews = [review("P1", 0, 0), *(review(f"P{n}", 500, 500) for n in range(2, 9))]
    assert aggregate(reviews, rubric(**TWO)).disagreements == ("A",)


def test_aggregate_refuses_a_reviewer_twice():
    reviews = [review(who, 100, 200) for who in ("P9", "P5", "P1", "P9")] + [review("P5", 0)]
    with pytest.raises(ReviewRepeated, match="Reviewer P5 stands twice"):
        aggregate(reviews, rubric(**TWO))


POINTS = st.tuples(st.integers(0, 20), st.integers(0, 40))


@given(st.lists(POINTS, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_aggregate_stays_between_the_extremes_in_any_order(points, random):
    reviews = [review(f"P{n:02}", a * 50, b * 50) for n, (a, b) in enumerate(points)]
    found = aggregate(reviews, rubric(**TWO))
    totals = [sum(each.points.values()) for each in reviews]
    assert min(totals) <= found.total <= max(totals)
    for code in "AB":
        scores = [each.points[code] for each in reviews]
        assert min(scores) <= found.lines[code] <= max(scores)
    shuffled = list(reviews)
    random.shuffle(shuffled)
    assert aggregate(shuffled, rubric(**TWO)) == found


@pytest.mark.parametrize(
    ("minimum", "total", "complete", "listed"),
    [
        (None, 0, True, True),
        (None, 9000, False, False),
        (Decimal(80), 8000, True, True),
        (Decimal(80), 7999, True, False),
        (Decimal(80), 8000, False, False),
    ],
)
def test_shortlisted_when_complete_and_at_the_cut_off(minimum, total, complete, listed):
    found = Appraisal(total, {}, 5, complete=complete, disagreements=())
    assert is_shortlisted(found, rubric(minimum_total=minimum)) is listed


def test_ranking_puts_the_highest_total_first():
    found = {"N1": appraisal(100, A=0, B=0), "N2": appraisal(300, A=0, B=0)}
    assert ranking(found, rubric(**TWO)) == (Place(1, "N2"), Place(2, "N1"))


def test_ranking_breaks_ties_by_the_heaviest_line():
    found = {"N1": appraisal(300, A=200, B=100), "N2": appraisal(300, A=100, B=200)}
    assert ranking(found, rubric(**TWO)) == (Place(1, "N2"), Place(2, "N1"))


def test_ranking_breaks_ties_in_the_given_order():
    found = {"N1": appraisal(300, A=200, B=100), "N2": appraisal(300, A=100, B=200)}
    assert ranking(found, rubric(**TWO), ("A",)) == (Place(1, "N1"), Place(2, "N2"))


def test_ranking_of_equals_shares_the_place():
    found = {
        "N4": appraisal(300, A=100, B=200),
        "N1": appraisal(500, A=0, B=0),
        "N2": appraisal(400, A=0, B=0),
        "N3": appraisal(300, A=100, B=200),
        "N5": appraisal(1, A=0, B=0),
    }
    places = [(each.place, each.code) for each in ranking(found, rubric(**TWO))]
    assert places == [(1, "N1"), (2, "N2"), (3, "N3"), (3, "N4"), (5, "N5")]


def test_ranking_keeps_the_rubrics_order_among_equally_heavy_lines():
    lines = dict.fromkeys((f"C{number}" for number in range(1, 10)), 0)
    first = appraisal(100, **(lines | {"C3": 100}))
    second = appraisal(100, **(lines | {"C6": 100}))
    assert [place.code for place in ranking({"X": second, "Y": first}, rubric())] == ["Y", "X"]
    by_domain = ranking({"X": second, "Y": first}, rubric(), ("C5", "C7", "C6"))
    assert [place.code for place in by_domain] == ["X", "Y"]


@pytest.mark.parametrize("codes", [("N1",), ("N1", "N2")])
def test_ranking_of_equals_alone_gives_the_first_place_to_all(codes):
    found = {code: appraisal(300, A=100, B=200) for code in codes}
    assert ranking(found, rubric(**TWO)) == tuple(Place(1, code) for code in codes)


def test_ranking_of_nothing_is_empty():
    assert ranking({}, rubric()) == ()


def test_ranking_refuses_an_unknown_tie_line():
    with pytest.raises(CriterionNotFound, match="no criterion 'C'; criteria: A, B"):
        ranking({}, rubric(**TWO), ("A", "C"))


def test_scores_of_the_example_are_valid_and_complete():
    points: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows("ben-tre-2023/scores-2023.csv"):
        centipoints = int(Decimal(row["score"]) * 100)
        ensure_score_valid(row["criterion_code"], centipoints, rubric())
        points[row["nomination_code"]][row["reviewer_id"]][row["criterion_code"]] = centipoints
    found = {
        code: aggregate([Review(who, scores) for who, scores in reviews.items()], rubric())
        for code, reviews in points.items()
    }
    assert all(each.complete for each in found.values())
    assert (
        sum(each.reviews for each in found.values())
        == (expected("ben-tre-2023.json")["scores"]["reviews"])
    )
