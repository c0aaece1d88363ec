"""Until when a nomination is taken back, and until when its hold is cleared."""

from __future__ import annotations

import pytest

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.nomination.acts import (
    ensure_hold_clearable,
    ensure_withdrawable,
    ensure_withdrawable_by_unit,
)
from campaigns.rules.nomination.errors import HoldTooLate, VotingBegun, WithdrawalTooLate


def test_withdrawal_before_the_vote_is_allowed():
    ensure_withdrawable("A", "shortlisted", voted=False)


def test_withdrawal_after_the_vote_is_refused():
    with pytest.raises(WithdrawalTooLate, match="voted on A"):
        ensure_withdrawable("A", "shortlisted", voted=True)


@pytest.mark.parametrize("known", ["ineligible", "not_recognised", "recognised", "withdrawn"])
def test_what_is_known_to_be_over_is_not_withdrawn(known: str):
    with pytest.raises(TransitionNotAllowed):
        ensure_withdrawable("A", known, voted=False)


def test_unit_withdraws_while_nothing_is_voted_on():
    ensure_withdrawable_by_unit("A", "eligible", voting=False)


def test_unit_withdraws_nothing_once_the_council_votes():
    with pytest.raises(VotingBegun, match="begun to vote"):
        ensure_withdrawable_by_unit("A", "eligible", voting=True)


@pytest.mark.parametrize("appraisal", ["pending", "open"])
def test_hold_is_cleared_while_others_are_appraised(appraisal: str):
    ensure_hold_clearable("A", {"appraisal": appraisal}, scored=True, convened=False)


@pytest.mark.parametrize("appraisal", ["awaiting_approval", "approved"])
def test_hold_is_not_cleared_once_the_appraisal_is_over(appraisal: str):
    with pytest.raises(HoldTooLate, match="A stays on hold"):
        ensure_hold_clearable("A", {"appraisal": appraisal}, scored=True, convened=False)


def test_hold_is_cleared_without_scores_until_the_council_is_convened():
    ensure_hold_clearable("A", {"appraisal": "approved"}, scored=False, convened=False)


@pytest.mark.parametrize(("recognition", "convened"), [("open", True), ("approved", False)])
def test_hold_is_not_cleared_without_scores_afterwards(recognition: str, convened: bool):
    with pytest.raises(HoldTooLate):
        ensure_hold_clearable("A", {"recognition": recognition}, scored=False, convened=convened)
