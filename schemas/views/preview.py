"""What does a coordinator sign off before a launch? The calendar, every message, the doubts."""

from __future__ import annotations

from datetime import datetime

from schemas.base import Model


class PostedMail(Model):
    """One mail that would go out."""

    at: datetime
    """Local time in the zone of the campaign."""
    template: str
    to_name: str
    to_address: str
    subject: str
    text: str
    file: str
    """Where it lies, from the folder of the rehearsal; empty where it could not be addressed."""
    problem: str = ""


class DateLine(Model):
    """One date of the calendar."""

    at: datetime
    what: str
    remark: str = ""
    """The holiday or week-end it falls on."""
    working_days: int | None = None
    """Working days since the line before."""


class MailGroup(Model):
    """Mails of one kind that go out at one time."""

    at: datetime
    kind: str
    subject: str
    mails: tuple[PostedMail, ...]


class MailDay(Model):
    """What goes out on one day."""

    at: datetime
    remark: str
    count: int
    groups: tuple[MailGroup, ...]


class MailSample(Model):
    """One mail as an example of its kind."""

    kind: str
    count: int
    mail: PostedMail


class SignOff(Model):
    """All of it, as the page shows it."""

    identity: str
    """Names this rehearsal: the same inputs and the same result have the same."""
    campaign_code: str
    campaign_name: str
    timezone: str
    playbook: str
    playbook_version: int
    inputs: tuple[tuple[str, str, str], ...]
    """(what, file or value, sha256)."""
    warnings: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    dates: tuple[DateLine, ...]
    days: tuple[MailDay, ...]
    samples: tuple[MailSample, ...]
    mails: int
