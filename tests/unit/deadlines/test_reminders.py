"""When somebody is reminded: working days before, on the day, after; and when it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from campaigns.rules.deadlines.reminders import (
    Moment,
    coming,
    days_left,
    is_reminder,
    moments,
    reached,
)
from schemas.playbook.deadlines import Reminders
from schemas.playbook.playbook import Playbook
from tests.unit.samples import CLOSES, ZONE, playbook


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def reminding(**changes: Any) -> Playbook:
    return playbook(reminders=changes)


def days(found: tuple[Moment, ...]) -> dict[int, str]:
    return {one.offset: f"{one.at:%d/%m %H:%M}" for one in found}


def test_moments_are_working_days_around_the_deadline():
    """15 September 2023 is a Friday."""
    assert days(moments(CLOSES, reminding())) == {
        -7: "06/09 08:00",
        -3: "12/09 08:00",
        -1: "14/09 08:00",
        0: "15/09 08:00",
        1: "18/09 08:00",
        2: "19/09 08:00",
        3: "20/09 08:00",
    }


def test_public_holidays_are_not_counted():
    """National Day 2023 was free from Friday, 1 September, to Monday, the 4th."""
    found = days(moments(at("2023-09-06T17:00:00"), reminding(before=[3, 1])))

    assert (found[-3], found[-1]) == ("30/08 08:00", "05/09 08:00")


def test_days_the_campaign_knows_beside_are_counted():
    calendar = playbook().calendar.model_dump() | {
        "extra_holidays": ["2023-09-14"],
        "extra_working_days": ["2023-09-16"],
    }
    found = days(moments(CLOSES, playbook(calendar=calendar)))

    assert (found[-1], found[1]) == ("13/09 08:00", "16/09 08:00")


def test_nobody_is_reminded_on_the_day_of_a_deadline_before_the_hour():
    assert 0 not in days(moments(at("2023-09-15T07:59:00"), reminding()))


def test_moments_are_in_the_campaigns_zone():
    """00:00 in Vietnam is the day before in UTC."""
    assert days(moments(at("2023-09-15T00:00:00"), reminding()))[-1] == "14/09 08:00"


def test_minutes_replace_days_where_a_campaign_is_tried_out():
    found = moments(CLOSES, reminding(before=[2], after=[1], unit="minutes", stop_after=1))

    assert days(found) == {-2: "15/09 16:58", 0: "15/09 17:00", 1: "15/09 17:01"}


def test_only_the_last_of_several_passed_moments_counts():
    found = moments(CLOSES, reminding())

    moment = reached(found, CLOSES, at("2023-08-21T00:00:00"), at("2023-09-14T09:00:00"))

    assert moment is not None
    assert moment.offset == -1


def test_moments_before_the_matter_was_owed_do_not_count():
    found = moments(CLOSES, reminding())

    assert reached(found, CLOSES, at("2023-09-12T08:00:01"), at("2023-09-13T00:00:00")) is None


def test_moment_counts_from_its_second_on():
    found = moments(CLOSES, reminding())
    since = at("2023-08-21T00:00:00")

    assert reached(found, CLOSES, since, at("2023-09-06T07:59:59")) is None
    assert reached(found, CLOSES, since, at("2023-09-06T08:00:00")) == Moment(
        -7, at("2023-09-06T08:00:00")
    )


def test_what_was_to_be_said_before_the_deadline_is_not_said_after_it():
    found = moments(CLOSES, reminding())

    assert reached(found, CLOSES, at("2023-08-21T00:00:00"), at("2023-09-15T17:00:01")) is None


def test_next_moment_is_the_one_after_now():
    found = moments(CLOSES, reminding())

    assert coming(found, at("2023-09-06T08:00:00")) == at("2023-09-12T08:00:00")
    assert coming(found, at("2023-09-20T08:00:00")) is None


@pytest.mark.parametrize(
    ("offset", "wanted"), [(-7, True), (-2, False), (0, True), (1, True), (3, False)]
)
def test_who_owes_is_written_to_on_the_days_that_are_named(offset: int, wanted: bool):
    assert is_reminder(offset, Reminders()) is wanted


def test_nobody_is_written_to_on_the_day_where_that_is_off():
    assert is_reminder(0, Reminders(on_the_day=False)) is False


@pytest.mark.parametrize(
    ("now", "left"),
    [("2023-09-14T23:59:59", 1), ("2023-09-15T08:00:00", 0), ("2023-09-18T08:00:00", -3)],
)
def test_days_left_are_calendar_days(now: str, left: int):
    assert days_left(CLOSES, at(now), playbook()) == left
