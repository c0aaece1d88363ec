"""What time is it, and do the other clocks agree?

PostgreSQL has a clock of its own, which is the same for all processes. With SQLite everybody is on
one machine, and each process tells by its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from campaigns.rules.clock import comparison
from campaigns.rules.clock.comparison import LEAD, Heard, Machine, Present
from campaigns.store.prepared import Prepared
from campaigns.store.surroundings import Clock
from campaigns.store.tables import process_beat

_TIME: Final = Prepared(select(func.clock_timestamp()))
_HEARD: Final = Prepared(
    select(
        process_beat.c.seen_at,
        process_beat.c.shown_at,
        process_beat.c.boot,
        process_beat.c.uptime,
    )
)


class Watch:
    """Tells the time of one installation.

    `machine` says where this process runs; without it the clock is believed as it is, as a test's
    or a bench's is.
    """

    def __init__(self, clock: Clock, machine: Callable[[], Machine | None] | None = None) -> None:
        self._clock = clock
        self._machine = machine

    def look(self, connection: Connection) -> Present:
        """Return the present."""
        own = self._clock.now()
        if self._machine is None:
            return Present(own, own)
        if connection.dialect.name != "postgresql":
            return Present(own, own, self._machine())
        told = _TIME.first(connection)
        return Present(told[0] if told else own, own, self._machine(), is_shared=True)

    def compare(self, connection: Connection) -> Present:
        """Return the present, and by how much it is ahead of every other clock that tells it."""
        present = self.look(connection)
        if self._machine is None or (present.is_shared and present.now - present.own <= LEAD):
            return present
        others = [
            shown
            for row in _HEARD.all(connection)
            if (shown := comparison.shown_now(heard(*row), present)) is not None
        ]
        if present.is_shared:
            others.append(present.own)
        return present._replace(lead=comparison.lead(present.now, others))


def heard(
    seen_at: datetime, shown_at: datetime | None, boot: str | None, uptime: int | None
) -> Heard:
    """Make of the columns of a beat what a process said."""
    known = boot is not None and uptime is not None
    return Heard(seen_at, shown_at, Machine(boot or "", uptime or 0) if known else None)
