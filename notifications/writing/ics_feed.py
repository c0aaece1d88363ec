"""What does a person's calendar hold, as their calendar program reads it again and again?

RFC 5545. Times are in the campaign's own zone, defined in the file (VTIMEZONE), so that a program
shows both zone and time. An entry is told from an older one of the same UID by SEQUENCE; DTSTAMP
is the time at which the date was last set, so that the same dates always make the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from language.harmless import one_line

_REFRESH = timedelta(hours=1)
_YEARS = timedelta(days=366)


class DatedEntry(NamedTuple):
    """One date, in words."""

    uid: str
    sequence: int
    summary: str
    description: str
    at: datetime
    timezone: str
    changed_at: datetime
    ends_at: datetime | None
    """None for a deadline, which is an instant."""
    meeting: bool
    """A meeting takes the reader's time, a deadline leaves it free."""


def feed_file(name: str, entries: Sequence[DatedEntry]) -> bytes:
    r"""Return the iCalendar file of a person's dates, lines ended by `\r\n`."""
    calendar = Calendar()
    calendar.add("PRODID", "-//thidua//feeds//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    for zone in sorted({entry.timezone for entry in entries}):
        times = [entry.at for entry in entries if entry.timezone == zone]
        first, last = min(times) - _YEARS, max(times) + _YEARS
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=first.date(), last_date=last.date())
        )
    for entry in entries:
        calendar.add_component(_event(entry))
    octets: bytes = calendar.to_ical(sorted=False)
    return octets


def _event(entry: DatedEntry) -> Event:
    event, local = Event(), entry.at.astimezone(ZoneInfo(entry.timezone))
    event.add("UID", one_line(entry.uid))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", entry.changed_at.astimezone(UTC))
    event.add("DTSTART", local)
    if entry.ends_at is not None:
        event.add("DTEND", entry.ends_at.astimezone(ZoneInfo(entry.timezone)))
    event.add("SUMMARY", one_line(entry.summary))
    event.add("DESCRIPTION", one_line(entry.description))
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if entry.meeting else "TRANSPARENT")
    return event
