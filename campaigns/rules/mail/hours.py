"""When may a message leave: quiet hours, and the time of the daily digest.

Times are those of the campaign's zone; what comes in and goes out is aware of its zone.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from schemas.playbook.playbook import QuietHours

_DAY: Final = timedelta(days=1)


def quiet_until(quiet: QuietHours | None, now: datetime) -> datetime | None:
    """Return when the quiet hours end that it is `now`, or None outside of them.

    They may pass midnight; where both ends are the same time there are none.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return None
    begins, ends = (_on(now, said) for said in (quiet.begins, quiet.ends))
    if begins <= ends:
        return ends if begins <= now < ends else None
    if now < ends:
        return ends
    return ends + _DAY if now >= begins else None


def next_time(said: str, now: datetime) -> datetime:
    """Return the next moment after `now` that the clock shows `said` (`07:30`)."""
    today = _on(now, said)
    return today if today > now else today + _DAY


def _on(now: datetime, said: str) -> datetime:
    return datetime.combine(now.date(), time.fromisoformat(said), tzinfo=now.tzinfo)
