"""Does the mail server take mail from us now, and if not: since when, why, and until when not?

One row for the whole installation: whatever is in the mails, it is we who are refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import delete, insert, select, update

from campaigns.store.tables import mail_pause
from campaigns.store.transaction import Transaction

_ONLY: Final = 1


class Pause(NamedTuple):
    """Nothing is handed over for a time."""

    hindrance: str
    said: str
    times: int
    since: datetime
    until: datetime


_COLUMNS = tuple(mail_pause.c[name] for name in Pause._fields)


def present(tx: Transaction) -> Pause | None:
    """Return the pause that began last and has not ended by a mail that was taken."""
    row = tx.connection.execute(select(*_COLUMNS)).one_or_none()
    return None if row is None else Pause(*row)


def in_force(tx: Transaction) -> Pause | None:
    """Return the pause where it still keeps mail from being tried."""
    found = present(tx)
    return found if found is not None and found.until > tx.wall else None


def paused_until(tx: Transaction) -> datetime | None:
    """Return until when nothing is handed over; None where mail may leave."""
    if tx.campaign.clock_at is not None:
        return None  # a rehearsal's mail goes nowhere
    found = in_force(tx)
    return None if found is None else found.until


def put(tx: Transaction, pause: Pause) -> None:
    """Store a pause, in place of the one before."""
    values = pause._asdict()
    done = tx.connection.execute(update(mail_pause).values(**values))
    if not done.rowcount:
        tx.connection.execute(insert(mail_pause).values(id=_ONLY, **values))


def end(tx: Transaction) -> bool:
    """Forget the pause; False where there is none."""
    return tx.connection.execute(delete(mail_pause)).rowcount > 0
