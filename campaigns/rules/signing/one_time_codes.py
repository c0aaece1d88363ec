"""Which one-time code confirms an act, and how often may it be tried?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple

from campaigns.rules.signing import errors

DIGITS: Final = 8
LASTS: Final = timedelta(minutes=10)
TRIES: Final = 5
"""So many wrong ones end a code."""
PER_HOUR: Final = 5
"""Codes for one person and one request."""
HOUR: Final = timedelta(hours=1)
KEPT: Final = timedelta(days=1)
"""After that a code is forgotten: the log keeps that it was asked for."""

Ended = Literal["used", "tries"]
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]+")


class CodeState(NamedTuple):
    """A code that was asked for, as far as it is kept: not the code itself."""

    id: int
    act: str
    nonce: str
    mark: str
    since: int
    asked_at: datetime
    expires_at: datetime
    tries: int
    """Wrong ones."""
    ended: str | None

    def is_living(self, now: datetime) -> bool:
        """Say whether it may still be used."""
        return self.ended is None and now < self.expires_at


def digits_of(typed: str) -> str:
    """Return the digits of what was typed or pasted, however they were parted.

    Raises:
        CodeIncomplete: They are not as many as a code has.
    """
    found = _NOT_A_DIGIT.sub("", typed)
    if len(found) != DIGITS:
        raise errors.CodeIncomplete(DIGITS)
    return found


def ensure_usable(newest: CodeState | None, act: str, now: datetime) -> CodeState:
    """Return the code that can confirm an act: the newest asked for.

    Raises:
        CodeNotAsked, CodeUsed, CodeVoid, CodeExpired, CodeOfOtherAct: It cannot.
    """
    if newest is None:
        raise errors.CodeNotAsked
    if newest.ended == "used":
        raise errors.CodeUsed
    if newest.ended is not None:
        raise errors.CodeVoid(TRIES)
    if now >= newest.expires_at:
        raise errors.CodeExpired
    if newest.act != act:
        raise errors.CodeOfOtherAct(newest.act)
    return newest


def ensure_not_too_many(asked: Sequence[datetime], now: datetime) -> None:
    """Refuse one more code for a request; `asked` says when the others were, oldest first.

    Raises:
        CodesTooMany: As many as may were asked for within the hour.
    """
    recent = [one for one in asked if one > now - HOUR]
    if len(recent) >= PER_HOUR:
        raise errors.CodesTooMany(PER_HOUR, recent[-PER_HOUR] + HOUR)
