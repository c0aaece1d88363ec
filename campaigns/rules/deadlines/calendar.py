"""Which days are worked, and which day is n working days or n months away?

Periods are counted as in the Civil Code 2015 (91/2015/QH13), articles 147 and 148: the first day
is not counted, a period in months ends on the same day of the last month or, where that month has
no such day, on its last. Public holidays follow the Labour Code 2019, article 112, as the library
`holidays` keeps them, with the days that the Government swaps for a week-end day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

from campaigns.rules.deadlines.errors import (
    CalendarDayAmbiguous,
    CalendarYearMissing,
    DateUnreachable,
)
from language import _

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)

_SWAPPED: Final = ((date(2026, 1, 2), date(2026, 1, 10)),)
"""(day off, day worked for it) that the library does not know: Government's consent, 25/12/2025."""


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days of some whole years; a `datetime` counts as its day.

    Days are kept as ordinals (`date.toordinal`). Asked about a year it does not cover, every
    method raises `CalendarYearMissing` instead of taking the year for one without holidays.
    """

    years: frozenset[int]
    days_off: frozenset[int]
    """Public holidays, days given in lieu, and days swapped for a week-end day."""
    worked: frozenset[int]
    """Week-end days and holidays that are worked all the same."""

    def is_working_day(self, day: date) -> bool:
        """Say whether offices work on `day`: Monday to Friday, holidays and swaps considered."""
        if day.year not in self.years:
            known = ", ".join(str(year) for year in sorted(self.years))
            raise CalendarYearMissing(day.year, known or _("no year"))
        ordinal = day.toordinal()
        if ordinal in self.worked:
            return True
        return day.weekday() < _SATURDAY and ordinal not in self.days_off

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, or before it where n is negative.

        The day itself is not counted (Civil Code, article 147, 2). With 0: the day itself, or the
        next working day where it is a day off (article 148, 5).
        """
        if n == 0:
            while not self.is_working_day(day):
                day += _DAY
            return day
        step, left = (_DAY, n) if n > 0 else (-_DAY, -n)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Count the working days after `first` up to and with `last`; negative backwards.

        It undoes `add_working_days`: `working_days_between(d, add_working_days(d, n)) == n` for
        every n but 0.
        """
        step = _DAY if first.toordinal() <= last.toordinal() else -_DAY
        sign = step.days
        count = 0
        while first.toordinal() != last.toordinal():
            first += step
            count += self.is_working_day(first)
        return sign * count


def vietnam(
    years: Iterable[int],
    *,
    extra_holidays: Iterable[date] = (),
    extra_working_days: Iterable[date] = (),
) -> WorkingCalendar:
    """Build the calendar of Vietnam's public offices for whole years, 1901 to 2100.

    Give as extra what the Government or the province decided after the library was published;
    what is given wins over what is known. Holidays of coming years are as the law fixes them:
    the Government may still swap days.

    Raises `CalendarYearMissing` for a year the library does not know, `CalendarDayAmbiguous`
    where a day is given as both.
    """
    from holidays import country_holidays  # noqa: PLC0415 - only where days are counted

    covered = frozenset(years)
    library = country_holidays("VN")
    for year in sorted(covered):
        if not library.start_year <= year <= library.end_year:
            raise CalendarYearMissing(
                year, _("{first} to {last}", first=library.start_year, last=library.end_year)
            )
    known = country_holidays("VN", years=covered)
    free = frozenset(day.toordinal() for day in extra_holidays)
    worked = frozenset(day.toordinal() for day in extra_working_days)
    if both := free & worked:
        raise CalendarDayAmbiguous([str(date.fromordinal(day)) for day in sorted(both)])
    swapped_off = {off.toordinal() for off, _ in _SWAPPED}
    swapped_on = {day.toordinal() for _, day in _SWAPPED}
    return WorkingCalendar(
        years=covered,
        days_off=frozenset({day.toordinal() for day in known} | swapped_off | free),
        worked=(frozenset({day.toordinal() for day in known.weekend_workdays} | swapped_on) - free)
        | worked,
    )


def add_months(day: date, months: int) -> date:
    """Return the same day `months` calendar months later (earlier where negative).

    Where that month has no such day, its last day: 31 August and six months is 29 February 2024
    (Civil Code, article 148, 3). Raises `DateUnreachable` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise DateUnreachable(str(day), months)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
