"""Has anybody touched the record? The event log, verified and handed out."""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.store import events
from campaigns.store.transaction import Transaction
from schemas.events import EventRecord
from schemas.views import AuditResult


def verify(tx: Transaction) -> AuditResult:
    """Recompute the hash chain of the campaign's log; name the first record that does not fit."""
    broken = events.first_break(tx.connection, tx.campaign.id, tx.campaign.code)
    return AuditResult(
        campaign=tx.campaign.code,
        events=events.count(tx.connection, tx.campaign.id),
        intact=broken is None,
        broken_at=broken.number if broken else None,
        reason=broken.reason if broken else "",
    )


def export(tx: Transaction) -> Iterator[EventRecord]:
    """Hand out the whole log in its order."""
    return events.read(tx.connection, tx.campaign.id)
