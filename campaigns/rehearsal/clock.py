"""What time is it in a rehearsal? Its own: it moves from date to date and never goes back."""

from __future__ import annotations

from datetime import datetime

from campaigns.store import campaigns
from campaigns.store.mail import handover
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done


def advance_clock(tx: Transaction, now: datetime) -> Done:
    """Move the rehearsal's clock on to `now`; an earlier time changes nothing."""
    if tx.campaign.clock_at is None:
        msg = f"campaign {tx.campaign.code} is no rehearsal: its clock is the real one"
        raise RuntimeError(msg)
    if tx.campaign.clock_at >= now:
        return Done()
    campaigns.set_clock(tx, now)
    return Done(changed=1)


def resume(tx: Transaction) -> None:
    """Take up a rehearsal that was interrupted: what its dead process had claimed is free again."""
    handover.end_leases(tx)
