"""Which clock is believed, where two of them differ?

The one that is not ahead. An event that lies far ahead would put every deadline into the past, so
a clock that leads all others by more than `LEAD` writes nothing (ADR 0041). How long ago a process
of the same machine spoke is counted by the time since the machine was started, which nobody sets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from campaigns.rules.clock.errors import LogAhead
from schemas.events import EventRecord

LEAD: Final = timedelta(minutes=2)
"""By so much clocks may differ: machines that are synchronised stay far below it."""
REPAIRED: Final = "thidua.clock.repaired"
"""The one event that may be dated before the one before it."""
FRESH: Final = timedelta(seconds=20)
"""What said nothing for longer is taken for dead."""


class Machine(NamedTuple):
    """A machine that runs, and for how long."""

    boot: str
    """Names this start of it."""
    uptime: int
    """Milliseconds since then, sleep included."""


class Present(NamedTuple):
    """The present as a transaction sees it."""

    now: datetime
    """The time that counts: the database's where it has a clock, else this process's."""
    own: datetime
    """What the clock of this process shows."""
    machine: Machine | None = None
    """Where it runs; None: not known here."""
    is_shared: bool = False
    """`now` is the database's, the same for all processes."""
    lead: timedelta = timedelta()
    """By how much `now` is ahead of every other clock, where that was asked."""

    @property
    def is_believed(self) -> bool:
        """Say whether the time that counts is not far ahead of every other clock."""
        return self.lead <= LEAD


class Heard(NamedTuple):
    """What a process said when it last spoke."""

    seen_at: datetime
    shown_at: datetime | None
    """What its own clock showed then; None: it was not to be believed, or is of a version before.
    """
    machine: Machine | None


def silence(heard: Heard, present: Present) -> timedelta:
    """Return for how long a process has said nothing."""
    counted = _counted(heard.machine, present.machine)
    return present.now - heard.seen_at if counted is None else counted


def is_living(heard: Heard, present: Present) -> bool:
    """Say whether a process was heard of just now.

    What was heard of later than now spoke before the clock was set back. It says when it speaks
    again whether it lives.
    """
    return -FRESH <= silence(heard, present) <= FRESH


def _counted(there: Machine | None, here: Machine | None) -> timedelta | None:
    if there is None or here is None or there.boot != here.boot:
        return None
    passed = here.uptime - there.uptime
    # Where each container counts for itself, the counts are not comparable.
    return timedelta(milliseconds=passed) if passed >= 0 else None


def shown_now(heard: Heard, present: Present) -> datetime | None:
    """Return what the clock of a living process must show by now; None where nothing tells."""
    comparable = present.is_shared or _counted(heard.machine, present.machine) is not None
    if heard.shown_at is None or not comparable or not is_living(heard, present):
        return None
    return heard.shown_at + silence(heard, present)


def is_ahead(at: datetime | None, now: datetime) -> bool:
    """Say whether a time lies further ahead of now than clocks may differ."""
    return at is not None and at > now + LEAD


def lead(now: datetime, others: Iterable[datetime]) -> timedelta:
    """Return by how much a time is ahead of every other clock; zero where there is none."""
    return max(timedelta(), min((now - one for one in others), default=timedelta()))


def never_before(now: datetime, last: datetime | None) -> datetime:
    """Return the time of what happens now, after the last event of a log.

    Where the clock was set back a little, it is the time of that event: a log's times do not run
    backwards.
    """
    return last if last is not None and last > now and not is_ahead(last, now) else now


def runs_back(record: EventRecord, before: datetime | None) -> bool:
    """Say whether an event is dated before the one before it, and is no repair."""
    return before is not None and record.occurred_at < before and record.name != REPAIRED


def ensure_not_ahead(of: str, now: datetime, last: datetime | None) -> None:
    """Refuse an event where the last one of its log lies far ahead of now (`LogAhead`).

    Either the clock that wrote it was wrong, or today's is: which, a person says.
    """
    if last is not None and is_ahead(last, now):
        raise LogAhead(of, last, now)
