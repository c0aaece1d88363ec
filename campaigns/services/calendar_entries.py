"""Which entry of a calendar does a mail bring along for a date?"""

from __future__ import annotations

from datetime import datetime

from campaigns.rules.deadlines import date_words
from campaigns.rules.deadlines.date_words import DateMatter
from campaigns.store.transaction import Transaction
from schemas.messages.outgoing import Recipient
from schemas.messages.payload import CalendarEntry
from schemas.vocabulary import Stage


def entry(
    tx: Transaction,
    recipient: Recipient,
    uid: str,
    sequence: int,
    at: datetime,
    *,
    stage: str = Stage.RECOGNITION,
    matter: DateMatter = "work",
    number: int = 0,
) -> CalendarEntry:
    """Return an entry that says what it is, in the reader's language.

    Args:
        tx: The transaction of the campaign.
        recipient: Whose calendar it is for.
        uid: Stable per matter, see `keys.calendar_uid`.
        sequence: Goes up each time the date moves.
        at: The deadline, or when the session begins.
        stage: Of which stage the deadline is.
        matter: What date it is.
        number: Of the session.
    """
    return CalendarEntry(
        uid=uid,
        sequence=sequence,
        summary=date_words.title(tx.campaign.code, matter, stage, number, recipient.language),
        starts_at=at,
        ends_at=date_words.ends_at(matter, at),
    )
