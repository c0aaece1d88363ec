"""What is told of a nomination to whom, and which numbers are too small to be told."""

from __future__ import annotations

import pytest

from campaigns.rules.access.disclosure import (
    AT_ONCE,
    SEALED,
    known_state,
    large_enough,
    told_column,
)
from campaigns.rules.lifecycle import LIFECYCLES, Thing


def test_every_step_of_a_nomination_is_told_at_once_or_sealed_or_says_nothing():
    """A step added later must be put into one of them, or it is named here."""
    said = {
        arrow.command: f"thidua.nomination.{arrow.event}" for arrow in LIFECYCLES[Thing.NOMINATION]
    }

    open_ = {command for command, event in said.items() if event not in SEALED} - AT_ONCE
    assert open_ == {"appraise"}  # every eligible one is, at the same time


@pytest.mark.parametrize("state", ["shortlisted", "not_recognised", "recognised", "appraised"])
def test_who_judges_knows_only_that_it_is_eligible(state: str):
    assert known_state(state, "submitted", knows_all=False, knows_outcomes=True) == "eligible"


@pytest.mark.parametrize("state", ["shortlisted", "ineligible", "recognised", "on_hold"])
def test_others_know_what_was_told(state: str):
    assert known_state(state, "submitted", knows_all=False, knows_outcomes=False) == "submitted"


def test_numbers_below_three_are_left_out():
    assert large_enough({"a": 7, "b": 3, "c": 2, "d": 2}) == {"a": 7, "b": 3}


def test_what_is_left_out_cannot_be_computed_from_the_sum():
    assert large_enough({"a": 7, "b": 3, "c": 1}) == {"a": 7}
    assert large_enough({"a": 7, "b": 0}) == {}


def test_columns_of_large_numbers_are_told_whole():
    assert told_column([7, 3, 4]) == [7, 3, 4]
