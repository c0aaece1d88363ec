from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.deadlines.calendar import WorkingCalendar, add_months, vietnam
from campaigns.rules.deadlines.errors import (
    CalendarDayAmbiguous,
    CalendarYearMissing,
    DateUnreachable,
)

CALENDAR = vietnam(range(2022, 2027))
DAYS = st.dates(date(2023, 1, 1), date(2025, 12, 31))
FEW = st.integers(-120, 120)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 9, 15), True),  # a Friday
        (date(2023, 9, 16), False),  # Saturday
        (date(2023, 9, 17), False),  # Sunday
        (date(2023, 9, 18), True),  # Monday
        (date(2023, 1, 2), False),  # New Year fell on a Sunday: day in lieu
        (date(2023, 1, 26), False),  # fifth day of Tết
        (date(2023, 1, 27), True),
        (date(2023, 9, 1), False),  # National Day, the day before
        (date(2023, 9, 4), False),  # National Day fell on a Saturday: day in lieu
        (date(2024, 4, 29), False),  # swapped for the Saturday below
        (date(2024, 5, 4), True),
        (date(2025, 5, 2), False),
        (date(2025, 4, 26), True),
        (date(2026, 1, 2), False),  # swapped in December 2025
        (date(2026, 1, 10), True),
    ],
)
def test_working_day_of_vietnam(day, worked):
    assert CALENDAR.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("year", "day", "worked"),
    [
        (2014, date(2014, 12, 27), True),  # worked for 2 January 2015
        (2019, date(2019, 1, 5), True),  # worked for 31 December 2018
        (2018, date(2018, 12, 31), False),
    ],
)
def test_working_day_swapped_over_the_turn_of_the_year(year, day, worked):
    assert vietnam([year]).is_working_day(day) is worked


def test_working_day_takes_a_datetime_as_its_day():
    assert CALENDAR.is_working_day(datetime(2023, 9, 4, 9, 30)) is False  # noqa: DTZ001 - no zone
    assert CALENDAR.is_working_day(datetime(2024, 5, 4, 9, 30)) is True  # noqa: DTZ001 - no zone


def test_extra_days_win_over_what_is_known():
    calendar = vietnam(
        [2024, 2026],
        extra_holidays=[date(2024, 3, 1), date(2024, 5, 4), date(2026, 1, 10)],
        extra_working_days=[date(2024, 3, 2), date(2024, 4, 29)],
    )
    days = [
        date(2024, 3, 1),
        date(2024, 3, 2),
        date(2024, 4, 29),
        date(2024, 5, 4),
        date(2026, 1, 10),
    ]
    assert [calendar.is_working_day(day) for day in days] == [False, True, True, False, False]


def test_extra_day_named_twice_refused():
    with pytest.raises(CalendarDayAmbiguous, match="2024-03-01, 2024-03-02: named both"):
        vietnam(
            [2024],
            extra_holidays=[date(2024, 3, 2), date(2024, 3, 1), date(2024, 3, 4)],
            extra_working_days=[date(2024, 3, 1), date(2024, 3, 2)],
        )


@pytest.mark.parametrize("year", [1, 1900, 2101, 9999])
def test_calendar_refuses_years_the_library_does_not_know(year):
    with pytest.raises(CalendarYearMissing, match=f"knows 1901 to 2100, not {year};"):
        vietnam([2023, year])


def test_calendar_knows_first_and_last_year_of_the_library():
    assert vietnam([1901, 2100]).is_working_day(date(2100, 1, 1)) is False


def test_calendar_names_its_years_when_asked_about_another():
    with pytest.raises(CalendarYearMissing, match=r"knows 2022, 2023, not 2024;.*build"):
        vietnam([2023, 2022]).add_working_days(date(2023, 12, 29), 1)


def test_empty_calendar_knows_no_year():
    with pytest.raises(CalendarYearMissing, match="knows no year, not 2024"):
        vietnam([]).is_working_day(date(2024, 1, 2))


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        (date(2023, 9, 14), 1, date(2023, 9, 15)),
        (date(2023, 9, 15), 1, date(2023, 9, 18)),
        (date(2023, 9, 16), 1, date(2023, 9, 18)),
        (date(2023, 8, 31), 1, date(2023, 9, 5)),  # over the National Day
        (date(2023, 9, 5), -1, date(2023, 8, 31)),
        (date(2023, 9, 15), -3, date(2023, 9, 12)),
        (date(2023, 1, 19), 2, date(2023, 1, 30)),  # over Tết
        (date(2024, 5, 3), 1, date(2024, 5, 4)),  # onto a swapped Saturday
        (date(2023, 9, 15), 0, date(2023, 9, 15)),
        (date(2023, 9, 2), 0, date(2023, 9, 5)),  # a period never ends on a day off
    ],
)
def test_add_working_days(day, n, then):
    assert CALENDAR.add_working_days(day, n) == then


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2023, 9, 15), date(2023, 9, 15), 0),
        (date(2023, 9, 15), date(2023, 9, 18), 1),
        (date(2023, 9, 18), date(2023, 9, 15), -1),
        (date(2023, 9, 11), date(2023, 9, 15), 4),
        (date(2023, 8, 31), date(2023, 9, 4), 0),
        (date(2023, 9, 17), date(2023, 10, 1), 10),  # public notice of ten working days
    ],
)
def test_working_days_between(first, last, count):
    assert CALENDAR.working_days_between(first, last) == count


def test_working_days_between_a_datetime_and_a_date():
    start = datetime(2023, 9, 14, 16, 0)  # noqa: DTZ001 - the calendar looks at the day only
    assert CALENDAR.working_days_between(start, date(2023, 9, 18)) == 2


@given(DAYS, FEW.filter(bool))
def test_adding_working_days_is_undone_by_counting_them(day, n):
    then = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working_day(then)
    assert CALENDAR.working_days_between(day, then) == n


@given(DAYS, FEW)
def test_adding_working_days_is_undone_by_taking_them_away(day, n):
    day = CALENDAR.add_working_days(day, 0)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(day, n), -n) == day


def test_calendar_is_a_value():
    assert vietnam([2023]) == vietnam([2023])
    assert isinstance(hash(CALENDAR), int)
    assert WorkingCalendar(frozenset([2023]), frozenset(), frozenset()).is_working_day(
        date(2023, 9, 4)
    )


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2023, 9, 15), -6, date(2023, 3, 15)),
        (date(2024, 1, 8), 3, date(2024, 4, 8)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 8, 31), 18, date(2025, 2, 28)),
        (date(2024, 10, 31), 1, date(2024, 11, 30)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 1, 15), 11, date(2024, 12, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
        (date(2024, 2, 15), -24276, date(1, 2, 15)),
        (date(2024, 2, 15), 95700, date(9999, 2, 15)),
    ],
)
def test_add_months(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(("day", "months"), [(date(1, 1, 31), -1), (date(9999, 12, 1), 1)])
def test_add_months_beyond_the_calendar_refused(day, months):
    with pytest.raises(DateUnreachable, match=f"^{months} months from {day} is no date"):
        add_months(day, months)


@given(DAYS, st.integers(-60, 60))
def test_add_months_keeps_the_day_or_ends_the_month(day, months):
    then = add_months(day, months)
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (
        then.day < day.day and (then + timedelta(days=1)).month != then.month
    )
