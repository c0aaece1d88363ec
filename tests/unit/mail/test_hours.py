"""Quiet hours and the daily digest, by the clock of the campaign's zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from campaigns.rules.mail.hours import next_time, quiet_until
from schemas.playbook.playbook import QuietHours

NIGHT = QuietHours(begins="21:00", ends="06:30")
NOON = QuietHours(begins="11:30", ends="13:30")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, "2023-09-15T20:59:59", None),
        (NIGHT, "2023-09-15T21:00", "2023-09-16T06:30"),
        (NIGHT, "2023-09-16T00:00", "2023-09-16T06:30"),
        (NIGHT, "2023-09-16T06:29:59", "2023-09-16T06:30"),
        (NIGHT, "2023-09-16T06:30", None),
        (NOON, "2023-09-15T11:29:59", None),
        (NOON, "2023-09-15T11:30", "2023-09-15T13:30"),
        (NOON, "2023-09-15T13:30", None),
        (QuietHours(begins="12:00", ends="12:00"), "2023-09-15T12:00", None),
        (None, "2023-09-15T23:00", None),
    ],
)
def test_quiet_hours_end_when_they_say(quiet: QuietHours | None, now: str, until: str | None):
    assert quiet_until(quiet, at(now)) == (until and at(until))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2023-09-15T07:29:59", "2023-09-15T07:30"),
        ("2023-09-15T07:30", "2023-09-16T07:30"),
        ("2023-12-31T22:00", "2024-01-01T07:30"),
    ],
)
def test_next_time_is_the_next_one(now: str, wanted: str):
    assert next_time("07:30", at(now)) == at(wanted)
