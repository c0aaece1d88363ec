"""Why is mail still here that nobody holds, and until when? No mail waits without a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from campaigns.rules.mail.hours import quiet_until
from campaigns.services.registers.directory import local
from campaigns.store.mail import handover, pauses
from campaigns.store.transaction import Transaction

Why = Literal["paused", "limit", "quiet", "digest", "retry", "due"]
"""`paused`: our mail server takes none; `limit`: as many have left as may in an hour; `quiet`: the
playbook's quiet hours; `digest`: the recipient wants one mail a day; `retry`: it was put off, and
is tried again; `due`: nothing keeps it, it leaves with the next delivery."""


class Wait(NamedTuple):
    """So many messages wait for one reason."""

    why: Why
    number: int
    until: datetime | None
    """When the first of them may leave; None: now."""


def waiting(tx: Transaction, per_hour: int = 0) -> list[Wait]:
    """Return why the queued messages of the campaign have not left, the nearest reason first.

    Args:
        tx: A transaction that reads.
        per_hour: How many mails may leave in an hour, of all campaigns; 0: no limit.
    """
    urgent, others = handover.due_counts(tx, tx.playbook.messages.at_once)
    waits: list[Wait] = []
    paused = pauses.paused_until(tx)
    is_live = tx.campaign.clock_at is None
    quiet = quiet_until(tx.playbook.messages.quiet, local(tx, tx.now))
    if paused is not None:
        waits.append(Wait("paused", urgent + others, paused))
    elif per_hour > 0 and is_live and handover.counted_this_hour(tx) >= per_hour:
        waits.append(Wait("limit", urgent + others, handover.next_place(tx)))
    elif quiet is not None:
        waits += [Wait("due", urgent, None), Wait("quiet", others, quiet)]
    else:
        waits.append(Wait("due", urgent + others, None))
    for was_tried, number, first in handover.later(tx):
        waits.append(Wait("retry" if was_tried else "digest", number, first))
    return [one for one in waits if one.number]
