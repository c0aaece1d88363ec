"""What may be wrong with a clock, and what to do then?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from campaigns.rules.engine.capacity import ComeAgain
from language import N_, Text, _
from language.errors import Kind, Refusal

_SOON: Final = 10
"""Seconds: by then all clocks of a machine that was set show the same."""
_DAY: Final = 86_400


class ClockAhead(ComeAgain):
    """The time that would be written is far ahead of what every other clock shows."""

    message = N_(
        "{whose} shows {now}, {lead} ahead of all other clocks of this installation; nothing was "
        "stored."
    )
    remedy = N_("Have the time synchronised (NTP) and try again.")

    def __init__(self, now: datetime, lead: timedelta, *, is_database: bool) -> None:
        self.now, self.lead = now, lead
        whose = (
            _("The clock of the database's server")
            if is_database
            else _("The clock of this process")
        )
        super().__init__(_SOON, whose=whose, now=_said(now), lead=_length(lead))


class LogAhead(Refusal):
    """The last event of a log lies far ahead of now: it cannot go on before that is repaired."""

    kind = Kind.CONFLICT
    message = N_(
        "The last event of {of} is dated {last}, {lead} ahead of now ({now}); nothing was stored."
    )
    remedy = N_(
        "If the clock is right now, have it repaired; if it is not, have the time synchronised "
        "(NTP)."
    )

    def __init__(self, of: str, last: datetime, now: datetime) -> None:
        self.of, self.last, self.now = of, last, now
        super().__init__(of=of, last=_said(last), lead=_length(last - now), now=_said(now))


class NothingAhead(Refusal):
    """A repair was asked for, and nothing is dated ahead of now."""

    kind = Kind.CONFLICT
    message = N_("Nothing is dated ahead of now: there is nothing to repair.")


def _said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _length(lead: timedelta) -> Text:
    """Say how long it is, in the unit that fits."""
    seconds = round(lead.total_seconds())
    for size, said in (
        (_DAY, _("{count} days")),
        (3_600, _("{count} hours")),
        (60, _("{count} minutes")),
    ):
        if seconds >= 2 * size:
            return said.with_values(count=seconds // size)
    return _("{count} seconds", count=seconds)
