"""What follows where the mail server refuses us? Mail waits, and the coordinators are told once.

The next try is made with a few mails. The pause is longer each time, and ends with the first mail
that is taken, or when a coordinator has mail tried again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from campaigns.rules import keys
from campaigns.services.registers.directory import Directory
from campaigns.store.database import lock_registers
from campaigns.store.engine import edges
from campaigns.store.mail import messages, pauses
from campaigns.store.mail.pauses import Pause
from campaigns.store.transaction import Transaction
from schemas.messages.mail import MailAlert, MailMatter
from schemas.messages.outgoing import DeliveryOutcome
from schemas.vocabulary import MessageState, Role

PROBE: Final = 5
"""Mails of a batch that tries whether the server takes mail again."""
_LONGEST: Final = timedelta(hours=6)
_LEAST: Final = timedelta(minutes=5)
_MATTERS: Final[dict[str, MailMatter]] = {
    "refused": "refused",
    "login": "login",
    "encryption": "encryption",
}
PAUSING: Final = frozenset(_MATTERS)
"""What says nothing of a message, and does not pass within minutes."""
_SUBJECT: Final = keys.subject("mail", "server")


def fitting(tx: Transaction, limit: int) -> int:
    """Return how many messages a batch may hold: a few, as long as the last one was refused."""
    is_doubtful = tx.campaign.clock_at is None and pauses.present(tx) is not None
    return min(limit, PROBE) if is_doubtful else limit


def learn(tx: Transaction, outcomes: Sequence[DeliveryOutcome]) -> None:
    """Begin, lengthen or end the pause by what a batch came to.

    While the log cannot go on, a batch that was under way is recorded, and nothing leaves after it:
    what is to be told of the server is learned from the next.
    """
    if tx.is_log_ahead:
        return
    kept = [one for one in outcomes if one.hindrance in PAUSING]
    if kept:
        _begin(tx, kept[0])
    elif any(one.state is MessageState.SENT for one in outcomes):
        _end(tx)


def _begin(tx: Transaction, one: DeliveryOutcome) -> None:
    lock_registers(tx.connection)
    before = pauses.present(tx)
    if before is not None and before.until > tx.wall:
        return  # another batch, begun before the pause, has come back as well
    times = before.times + 1 if before else 1
    first = max(timedelta(seconds=one.retry_in_seconds or 0), _LEAST)
    pause = Pause(
        hindrance=one.hindrance,
        said=one.detail,
        times=times,
        since=before.since if before else tx.wall,
        until=tx.wall + min(first * (1 << min(times - 1, 10)), _LONGEST),
    )
    pauses.put(tx, pause)
    tx.wake(edges.DELIVER, max(pause.until, tx.now))
    if before is None:
        _tell(tx, pause)


def _tell(tx: Transaction, pause: Pause) -> None:
    number = tx.record("thidua.mail.paused", _SUBJECT, {"hindrance": pause.hindrance})
    directory = Directory(tx)
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = MailAlert(
            **directory.heading(recipient),
            matter=_MATTERS[pause.hindrance],
            said=pause.said,
            since=pause.since,
            count=messages.count_due(tx),
        )
        tx.notify(recipient, payload, about=_SUBJECT, cause=number)


def _end(tx: Transaction) -> None:
    if pauses.present(tx) is not None and pauses.end(tx):
        tx.record("thidua.mail.resumed", _SUBJECT, {})


def resume(tx: Transaction, person_id: str) -> bool:
    """Have mail tried at once, as a coordinator says; False where nothing kept it.

    The pause is remembered until a mail is taken, so that nobody is told of it twice.
    """
    found = pauses.in_force(tx)
    if found is None or tx.campaign.clock_at is not None:
        return False
    pauses.put(tx, found._replace(until=tx.wall))
    tx.record("thidua.mail.tried_again", _SUBJECT, {"person": person_id})
    tx.wake(edges.DELIVER)
    return True
