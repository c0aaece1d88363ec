"""When are those reminded who still owe something, and when is it given up?

Days are working days of the campaign's calendar, counted from the deadline's own day in the
campaign's zone. Of several moments that passed unused (the engine was away) only the last counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaigns.rules.deadlines.calendar import WorkingCalendar, vietnam
from schemas.playbook.deadlines import Reminders
from schemas.playbook.playbook import Playbook

_AROUND = 1
"""Years before and after a deadline that its working days may fall into."""


class Moment(NamedTuple):
    """A time at which something is said about a deadline."""

    offset: int
    """Working days from the deadline: below 0 before it, 0 on the day, above 0 after it."""
    at: datetime


def working_days(playbook: Playbook, around: Iterable[datetime]) -> WorkingCalendar:
    """Return the campaign's working days in the years of these times, and the years beside."""
    years = {moment.year + shift for moment in around for shift in range(-_AROUND, _AROUND + 1)}
    return vietnam(
        years,
        extra_holidays=playbook.calendar.extra_holidays,
        extra_working_days=playbook.calendar.extra_working_days,
    )


def moments(due_at: datetime, playbook: Playbook) -> tuple[Moment, ...]:
    """Return every moment of a deadline at which something may be said, in their order."""
    policy = playbook.reminders
    offsets = {-days for days in policy.before} | set(policy.after) | {policy.stop_after}
    if policy.escalate_after is not None:
        offsets.add(policy.escalate_after)
    if policy.on_the_day:
        offsets.add(0)
    found = [Moment(offset, at) for offset, at in _times(offsets, due_at, playbook)]
    return tuple(sorted(one for one in found if one.offset or one.at <= due_at))


def _times(
    offsets: Iterable[int], due_at: datetime, playbook: Playbook
) -> Iterator[tuple[int, datetime]]:
    if playbook.reminders.unit == "minutes":
        yield from ((offset, due_at + timedelta(minutes=offset)) for offset in offsets)
        return
    zone = ZoneInfo(playbook.timezone)
    local = due_at.astimezone(zone)
    calendar, hour = working_days(playbook, [local]), time(playbook.reminders.hour)
    for offset in offsets:
        day = calendar.add_working_days(local.date(), offset) if offset else local.date()
        yield offset, datetime.combine(day, hour, zone)


def reached(
    found: Iterable[Moment], due_at: datetime, since: datetime, now: datetime
) -> Moment | None:
    """Return the last moment that has come, of those since the matter is owed.

    Once the deadline is over, what was to be said before it is not said any more.
    """
    last = next((one for one in sorted(found, reverse=True) if since <= one.at <= now), None)
    return None if last is not None and last.offset <= 0 and now > due_at else last


def coming(found: Iterable[Moment], now: datetime) -> datetime | None:
    """Return when the next moment comes."""
    return min((one.at for one in found if one.at > now), default=None)


def is_reminder(offset: int, policy: Reminders) -> bool:
    """Say whether those who owe are written to at this moment."""
    if offset < 0:
        return -offset in policy.before
    return policy.on_the_day if offset == 0 else offset in policy.after


def days_left(due_at: datetime, now: datetime, playbook: Playbook) -> int:
    """Return the calendar days from today's to the deadline's; below 0: so many days overdue."""
    zone = ZoneInfo(playbook.timezone)
    return (due_at.astimezone(zone).date() - now.astimezone(zone).date()).days
