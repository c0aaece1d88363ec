"""How do others come to know the head of the log? It is noted once a day, and webhooks tell it.

Whoever keeps what they were told can say later whether the log was written anew (ADR 0040).
"""

from __future__ import annotations

from typing import Final

from campaigns.rules import keys
from campaigns.services.registers.directory import today
from campaigns.store import events
from campaigns.store.transaction import Transaction
from schemas.events import Facts
from schemas.outcomes import Done

NOTED: Final = "thidua.head.noted"


def note(tx: Transaction) -> Done:
    """Note the head of the log, once a day, where anything has happened since it was noted last."""
    if tx.campaign.clock_at is not None or tx.campaign.launched_at is None:
        return Done()
    head = tx.head()
    last = next(events.read(tx.connection, tx.campaign.id, head.number - 1, page_size=1), None)
    if last is not None and last.name == NOTED:
        return Done()
    command_id = keys.head_command(tx.campaign.code, today(tx))

    def act() -> Done:
        facts: Facts = {"number": head.number, "hash": head.hash}
        tx.record(NOTED, keys.subject("campaign", tx.campaign.code), facts)
        return Done(changed=1)

    return tx.once(command_id, "NoteHead", Done, act)[0]
