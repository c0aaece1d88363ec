"""Which clock is believed, and for how long has a process been silent?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from campaigns.rules.clock import comparison
from campaigns.rules.clock.comparison import LEAD, Heard, Machine, Present
from campaigns.rules.clock.errors import ClockAhead, LogAhead

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)


def heard(ago: float, *, shown: timedelta = timedelta(), boot: str = "a") -> Heard:
    """Return what a process said so many seconds ago, its clock by `shown` ahead of ours."""
    at = NOW - timedelta(seconds=ago) + shown
    return Heard(at, at, Machine(boot, 1_000_000 - round(ago * 1e3)))


HERE = Present(NOW, NOW, Machine("a", 1_000_000))


@pytest.mark.parametrize("step", [-YEAR, YEAR])
def test_silence_is_counted_by_the_machine_however_its_clock_was_set(step: timedelta):
    assert comparison.silence(heard(4, shown=step), HERE) == timedelta(seconds=4)


def test_silence_of_another_machine_is_counted_by_the_time():
    assert comparison.silence(heard(4, shown=timedelta(hours=1), boot="b"), HERE) < timedelta()


@pytest.mark.parametrize(("ago", "lives"), [(0, True), (20, True), (21, False), (-21, False)])
def test_process_lives_that_spoke_in_the_last_twenty_seconds(ago: float, lives: bool):
    assert comparison.is_living(heard(ago, boot="b"), HERE) is lives


def test_clock_of_a_living_process_has_gone_on_since():
    assert comparison.shown_now(heard(4, shown=-YEAR), HERE) == NOW - YEAR


@pytest.mark.parametrize(
    "silent",
    [
        heard(21),
        heard(4, boot="b"),
        heard(4)._replace(shown_at=None),
        heard(4)._replace(machine=None),
        heard(4)._replace(machine=Machine("a", 2_000_000)),
    ],
    ids=["dead", "another start", "not believed", "of a version before", "counted elsewhere"],
)
def test_clock_that_cannot_be_compared_tells_nothing(silent: Heard):
    assert comparison.shown_now(silent, HERE) is None


def test_clocks_of_other_machines_are_compared_by_the_time_of_the_database():
    shared = HERE._replace(is_shared=True)

    assert comparison.shown_now(heard(4, boot="b"), shared) == NOW


@pytest.mark.parametrize(
    ("others", "lead"),
    [
        ([], timedelta()),
        ([NOW + YEAR], timedelta()),
        ([NOW - YEAR], YEAR),
        ([NOW - YEAR, NOW - SECOND], SECOND),
    ],
)
def test_lead_is_what_every_other_clock_confirms(others: list[datetime], lead: timedelta):
    assert comparison.lead(NOW, others) == lead


@pytest.mark.parametrize(
    ("last", "dated"),
    [
        (None, NOW),
        (NOW - YEAR, NOW),
        (NOW + LEAD, NOW + LEAD),
        (NOW + LEAD + SECOND, NOW),
    ],
)
def test_event_is_dated_after_the_last_where_the_clock_was_set_back_a_little(
    last: datetime | None, dated: datetime
):
    assert comparison.never_before(NOW, last) == dated


def test_log_goes_on_from_an_end_that_is_two_minutes_ahead():
    comparison.ensure_not_ahead("X", NOW, NOW + LEAD)

    with pytest.raises(LogAhead, match="2 minutes"):
        comparison.ensure_not_ahead("X", NOW, NOW + LEAD + SECOND)


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (timedelta(days=365), "365 ngày"),
        (timedelta(hours=47), "47 giờ"),
        (timedelta(minutes=119), "119 phút"),
        (timedelta(seconds=119), "119 giây"),
    ],
)
def test_lead_is_told_in_the_unit_that_fits(lead: timedelta, said: str):
    assert said in ClockAhead(NOW, lead, is_database=False).say("vi")
