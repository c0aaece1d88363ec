"""What does the `.ics` file of a deadline or meeting hold?

One published event (RFC 5545; RFC 5546, 3.2.1, METHOD:PUBLISH: the reader need not answer). Times
are in UTC, which every calendar shows in its owner's zone. The same entry always makes the same
file: DTSTAMP is the entry's own start and not the wall clock, and a moved date is told from the old
one by SEQUENCE (RFC 5545, 3.8.7.4), which goes before DTSTAMP (RFC 5546, 2.1.5).
"""

from __future__ import annotations

from datetime import UTC
from functools import lru_cache

from icalendar import Calendar, Event, vCalAddress, vText

from language.harmless import one_line
from schemas.messages.payload import CalendarEntry

_NO_ADDRESS = "invalid:nomail"
"""RFC 5546, 3.2.1 demands an ORGANIZER; this form of one without address is read everywhere."""


@lru_cache(maxsize=1024)
def calendar_file(
    entry: CalendarEntry, campaign: str, organizer: str, address: str, *, meeting: bool
) -> str:
    r"""Return the iCalendar text of an entry, lines ended by `\r\n` (RFC 5545, 3.1).

    A deadline leaves the reader's time free, a meeting takes it (TRANSP; RFC 5545, 3.8.2.7).
    """
    event = Event()
    event.add("UID", one_line(entry.uid))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.starts_at.astimezone(UTC))
    event.add("DTSTART", entry.starts_at.astimezone(UTC))
    if entry.ends_at is not None and entry.ends_at > entry.starts_at:
        # What ends as it begins has no DTEND: that must be later (RFC 5545, 3.8.2.2).
        event.add("DTEND", entry.ends_at.astimezone(UTC))
    event.add("SUMMARY", one_line(entry.summary))
    event.add("DESCRIPTION", one_line(campaign))
    if entry.location:
        event.add("LOCATION", one_line(entry.location))
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE" if meeting else "TRANSPARENT")
    event.add("ORGANIZER", _organizer(organizer, address))
    calendar = Calendar()
    calendar.add("PRODID", "-//thidua//notifications//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add_component(event)
    octets: bytes = calendar.to_ical(sorted=False)
    return octets.decode("utf-8")


def _organizer(name: str, address: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{address}" if address else _NO_ADDRESS)
    # RFC 5545, 3.2: a parameter value may not hold a double quote.
    organizer.params["CN"] = vText(one_line(name).replace('"', "'"))
    return organizer
