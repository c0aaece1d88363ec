"""Has anybody touched the registers, or their log? Verified, compared with the rows, handed out."""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.store.registers import log
from campaigns.store.transaction import Transaction
from schemas.events import EventRecord
from schemas.views.audit import AuditResult

_SHOWN = 20


def verify(tx: Transaction) -> AuditResult:
    """Recompute the chain of the registers' log, and compare people and units with what it says.

    A register without a log is one from before it was kept: nothing can be said of it yet, and
    `reason` says so.
    """
    end = log.head(tx)
    broken = log.first_break(tx)
    differing: list[str] = []
    reason = broken.reason if broken else ""
    if broken is None and end is not None:
        differing = log.differing(tx)
        reason = "rows differ from the log" if differing else ""
    return AuditResult(
        campaign=log.SCOPE,
        events=end.number if end else 0,
        intact=not reason,
        broken_at=broken.number if broken else None,
        differing=tuple(differing[:_SHOWN]),
        reason=reason if end or reason else "not begun",
    )


def events(tx: Transaction, of_id: str | None = None) -> Iterator[EventRecord]:
    """Hand out the log in its order; what concerns one person or unit where one is named."""
    yield from log.read(tx, of_id)
