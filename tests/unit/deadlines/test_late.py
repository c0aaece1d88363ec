"""What being late costs: days begun, by the campaign's calendar, up to a maximum."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from campaigns.rules.deadlines.late import days_late, deduction, stays_open_for
from campaigns.rules.nomination.receiving import CheckContext, is_acceptable
from schemas.playbook.deadlines import LatePolicy
from schemas.playbook.playbook import Playbook
from tests.unit.samples import CLOSES, ZONE, playbook


def late(**changes: Any) -> LatePolicy:
    return LatePolicy.model_validate({"policy": "penalty", "penalty_per_day": "0.5"} | changes)


def with_policy(policy: LatePolicy) -> Playbook:
    return playbook(late=policy.model_dump())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("submitted", "days"),
    [
        ("2023-09-15T17:00:00", 0),  # the last second
        ("2023-09-15T17:00:01", 1),
        ("2023-09-15T23:59:59", 1),  # the day of the deadline is not counted
        ("2023-09-16T00:00:00", 1),
        ("2023-09-16T23:59:59", 1),
        ("2023-09-17T00:00:00", 2),
        ("2023-09-22T08:00:00", 7),
    ],
)
def test_days_are_those_begun_after_the_day_of_the_deadline(submitted: str, days: int):
    assert days_late(at(submitted), CLOSES, with_policy(late())) == days


def test_days_are_counted_in_the_campaigns_zone():
    """16 September, 00:30 in Vietnam is still the 15th in UTC."""
    deadline = at("2023-09-15T00:10:00")

    assert days_late(at("2023-09-16T00:30:00"), deadline, with_policy(late())) == 1


def test_nobody_is_late_within_the_hidden_grace():
    policy = with_policy(late(grace_minutes=30))

    assert days_late(at("2023-09-15T17:30:00"), CLOSES, policy) == 0


@pytest.mark.parametrize(
    ("days", "maximum", "centipoints"),
    [(0, None, 0), (1, None, 50), (5, None, 250), (6, "3", 300), (7, "3", 300), (9, None, 450)],
)
def test_points_come_off_per_day_up_to_the_maximum(
    days: int, maximum: str | None, centipoints: int
):
    assert deduction(days, late(penalty_maximum=maximum)) == centipoints


@pytest.mark.parametrize("policy", ["reject", "accept_and_flag"])
def test_no_points_come_off_under_another_policy(policy: str):
    assert deduction(5, LatePolicy.model_validate({"policy": policy})) == 0


def test_late_nominations_are_received_as_long_as_the_policy_says():
    assert stays_open_for(late(accept_days=6, grace_minutes=30)) == timedelta(days=6)
    assert stays_open_for(LatePolicy(grace_minutes=30)) == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("policy", "submitted", "taken"),
    [
        (LatePolicy(), "2023-09-15T17:00:00", True),
        (LatePolicy(), "2023-09-15T17:00:01", False),
        (LatePolicy(grace_minutes=30), "2023-09-15T17:30:00", True),
        (LatePolicy(grace_minutes=30), "2023-09-15T17:30:01", False),
        (LatePolicy(policy="accept_and_flag"), "2023-12-01T00:00:00", True),
        (late(accept_days=2), "2023-09-17T17:00:00", True),
        (late(accept_days=2), "2023-09-17T17:00:01", False),
    ],
)
def test_nomination_is_taken_as_late_as_the_policy_allows(
    policy: LatePolicy, submitted: str, taken: bool
):
    context = CheckContext(closes_at=CLOSES)

    assert is_acceptable(at(submitted), "ba-tri", with_policy(policy), context) is taken


def test_penalty_is_kept_exactly():
    assert deduction(3, late(penalty_per_day=Decimal("0.15"))) == 45
