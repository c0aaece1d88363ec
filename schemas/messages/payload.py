"""What has every message to people in common, before and after it is rendered?"""

from __future__ import annotations

from typing import ClassVar

from schemas.base import Code, Instant, Model, Text


class CalendarEntry(Model):
    """A deadline or meeting sent along as an `.ics` attachment."""

    uid: str
    """Stable per matter, so that a moved date replaces the old entry in the reader's calendar."""
    sequence: int = 0
    """Goes up by one each time the date moves (RFC 5545, 3.8.7.4)."""
    summary: Text
    starts_at: Instant
    ends_at: Instant | None = None
    """None for a deadline, which is an instant (RFC 5545, 3.6.1)."""
    location: Text = ""


class Payload(Model):
    """Base of every payload: what all mails of a campaign show."""

    template: ClassVar[str]
    campaign_code: Code
    campaign_name: Text
    coordinator_name: Text
    """The unit that coordinates, as named on this date; it signs the mail."""
    coordinator_address: str = ""
    """Where to ask, shown in the mail and in the calendar file; empty: the reader just replies."""
    recipient_name: Text
    timezone: str = "Asia/Ho_Chi_Minh"
    """IANA name; every time in the mail is shown in it, with its name."""
    calendar: CalendarEntry | None = None
    attached: Text = ""
    """Name of the file that goes with the mail; empty: none does."""
    attached_kb: int = 0
    """Its size, in 1,024 octets."""
    left_out: Text = ""
    """Name of a file that is too large to go with it."""


class Enclosure(Model):
    """A file that goes with a mail."""

    name: Text
    media_type: str
    body: bytes


class RenderedMessage(Model):
    """What a template made of a payload."""

    subject: str
    """One line, begins with `[<campaign code>]`."""
    text: str
    html: str
    ics: str | None = None
