"""Does the benchmark say which goals were reached, and which were not?"""

from __future__ import annotations

from bench.goals import Results, goals


def measured(*figures: dict[str, object]) -> dict[str, bool]:
    results = Results()
    for one in figures:
        results.add(one)
    return {goal.text: goal.is_reached for goal in goals(results)}


def test_goal_is_reached_at_its_bound():
    said = measured({"case": "cycle", "n": 2_000, "ms_per_item": 1.2})

    assert said == {"a nomination of 2,000: 1.20 ms, at most 1.2": True}


def test_goal_is_missed_beyond_its_bound():
    said = measured({"case": "cycle", "n": 20_000, "ms_per_item": 1.31})

    assert said == {"a nomination of 20,000: 1.31 ms, at most 1.2": False}


def test_cycle_is_compared_with_the_floor_of_the_same_size():
    said = measured(
        {"case": "cycle", "n": 2_000, "ms_per_item": 1.0},
        {"case": "floor", "n": 2_000, "ms_per_item": 0.25},
    )

    assert said["beside the floor: 4.00 times, at most 3.2"] is False


def test_what_was_not_measured_is_neither_reached_nor_missed():
    assert measured({"case": "bare aiosmtplib loop", "n": 5_000, "ms_per_item": 0.5}) == {}


def test_rate_has_to_be_at_least_the_goal():
    said = measured({"case": "door", "n": 2_000, "ms_per_item": 7.0, "per_second": 143.0})

    assert said == {"door: 143 a second, at least 150": False}
