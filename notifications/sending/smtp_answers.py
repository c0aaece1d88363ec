"""What does an answer of the server mean for the mail at hand (RFC 5321, 4.2.1)?

It is kept in the server's own words, on one line, without the recipient's address.
"""

from __future__ import annotations

import re
from typing import Final

from language.harmless import clipped, one_line
from notifications.returned.refusals import About, spoken_of, status_in
from schemas.messages.outgoing import DeliveryOutcome, Hindrance, OutgoingMail
from schemas.vocabulary import MessageState

RETRY_REFUSED: Final = 600
"""Seconds after a 4xx answer; greylisting lets most through after 5 minutes (RFC 6647, 5)."""

RETRY_UNREACHABLE: Final = 300
"""Seconds after a connection that could not be opened or broke."""

RETRY_SETTINGS: Final = 1800
"""Seconds where the settings are wrong: somebody has to correct them first."""

RETRY_UNWELCOME: Final = 3600
"""Seconds after the server refused us: a limit has to pass, or somebody has to speak with those who
run it."""

_ACCEPTED, _FOR_NOW, _FOR_GOOD = 2, 4, 5
_DETAIL_LIMIT: Final = 500


def is_refusal(code: int) -> bool:
    """Say whether the server said no, for now or for good."""
    return code // 100 in {_FOR_NOW, _FOR_GOOD}


def is_acceptance(code: int) -> bool:
    """Say whether the server said yes."""
    return code // 100 == _ACCEPTED


def about(code: int, message: str) -> About:
    """Return of whom or what an answer to a recipient or to a content speaks.

    What is put off without a word of us is put off for its own sake: greylisting says no more.
    """
    meant = spoken_of(status_in(message), message)
    return meant if meant != "policy" or code // 100 == _FOR_GOOD else "unclear"


def judged(mail: OutgoingMail, recipient: str, code: int, message: str) -> DeliveryOutcome:
    """Return what an answer means for the message."""
    said = words(code, message, recipient)
    if is_acceptance(code):
        return outcome(mail, MessageState.SENT, said)
    if code // 100 == _FOR_GOOD:
        return outcome(mail, MessageState.FAILED, said)
    return outcome(mail, MessageState.QUEUED, said, RETRY_REFUSED)


def words(code: int, message: str, recipient: str = "") -> str:
    """Return the server's own words, without the address they may repeat."""
    said = message
    if recipient and recipient.casefold() in said.casefold():
        said = re.sub(f"<?{re.escape(recipient)}>?", "<recipient>", said, flags=re.IGNORECASE)
    return clipped(one_line(f"{code} {said}"), _DETAIL_LIMIT)


def reason(problem: Exception) -> str:
    """Return what went wrong with a connection, with the server's words where there are any."""
    code, message = getattr(problem, "code", None), getattr(problem, "message", "")
    if isinstance(code, int):
        return words(code, str(message))
    return clipped(one_line(str(problem)), _DETAIL_LIMIT)


def outcome(
    mail: OutgoingMail,
    state: MessageState,
    detail: str,
    retry_in_seconds: int | None = None,
    hindrance: Hindrance = "",
) -> DeliveryOutcome:
    """Return what became of a mail, its reason on one line."""
    return DeliveryOutcome(
        message_id=mail.message_id,
        state=state,
        detail=clipped(detail, _DETAIL_LIMIT),
        retry_in_seconds=retry_in_seconds,
        hindrance=hindrance,
    )
