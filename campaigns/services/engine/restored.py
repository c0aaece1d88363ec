"""What must not happen again after a restore? Mail that left after the backup was made."""

from __future__ import annotations

from datetime import datetime

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.store.mail import messages
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.outcomes import Done
from schemas.vocabulary import MessageState


def distrust_queue(tx: Transaction, backed_up_at: datetime) -> Done:
    """Have a person look at messages that were to leave: they may have left since the backup.

    They become uncertain; `retry` with uncertain ones sends them again.
    """
    rows = messages.find(tx, states=[MessageState.QUEUED, MessageState.CLAIMED])
    changes = [Change(row.id, row.key, row.state) for row in rows]
    write(tx, Thing.MESSAGE, "doubt", changes, claimed_until=None)
    tx.record(
        "thidua.campaign.restored",
        keys.subject("campaign", tx.campaign.code),
        {"backed_up_at": backed_up_at.isoformat(), "uncertain": len(changes)},
    )
    return Done(changed=len(changes))
