"""How is a change written? Events, messages and edges in one transaction, or nothing.

A `Transaction` collects what its act wants; here that is written, below its lock on the log.
"""

from __future__ import annotations

from campaigns.store import events
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.transaction import ENGINE, Transaction, Wanted


def flush(tx: Transaction) -> None:
    """Write the events and messages wanted so far, so that a long command stays small.

    Raises:
        LogAhead: The last event of the campaign's log lies far ahead of now.
    """
    wanted = tx.wanted
    wanted.has_events |= bool(wanted.events)
    if wanted.messages:
        noted_in = tx.head().number + max(1, len(wanted.events))
        written = messages.insert(tx, wanted.messages, noted_in)
        if written.first is not None:
            tx.wake(edges.DELIVER, written.first)
        wanted.events = events.with_mails(wanted.events, tx.campaign.code, written.facts)
    if wanted.events:
        tx.ensure_log_goes_on()
        head = events.append(
            tx.connection,
            tx.campaign.id,
            tx.campaign.code,
            tx.head(),
            wanted.events,
            tx.actor,
            tx.now,
        )
        tx.go_on_after(head)
    wanted.events, wanted.messages = [], []


def commit(tx: Transaction) -> None:
    """Write events, messages and edges, and commit once.

    Raises:
        LogAhead: As `flush` does; nothing is stored.
    """
    flush(tx)
    if tx.wanted.has_events and tx.actor != ENGINE:
        # What the engine does itself needs no further run: its own run sees it.
        tx.wake(edges.CYCLE)
    for topic, at in tx.wanted.topics.items():
        edges.add(tx.connection, tx.campaign.code, topic, tx.head().number, at)
    tx.wanted = Wanted()
    tx.connection.commit()
