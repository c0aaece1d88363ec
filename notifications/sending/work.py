"""Which mail is next, and how many does a sender begin at a time? As many as take a moment.

Before the content of a mail leaves, it is on record that it may. Should the sender die, what was
begun is in doubt, and nothing else: the fewer at a time, the fewer doubts; the more, the less time
goes into records. What is sent within `_MOMENT` is begun together.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Container, Sequence
from typing import Final, Protocol

from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.vocabulary import MessageState

_MOMENT: Final = 0.1
"""Seconds. A record takes some milliseconds."""
_MOST: Final = 500


class Begin(Protocol):
    """Puts on record, before anything leaves, what is about to."""

    def __call__(
        self, ids: Sequence[int], before: Sequence[DeliveryOutcome], /
    ) -> frozenset[int] | set[int]:
        """Note that mails are about to leave, and what became of those `before`.

        Returns which of them may; the others are no longer this sender's.
        """
        ...


def begin_all(ids: Sequence[int], _before: Sequence[DeliveryOutcome], /) -> set[int]:
    """Let all of them leave, and put nothing on record."""
    return set(ids)


class Pace:
    """How many mails are begun together, from how long the last ones took."""

    def __init__(self, least: int) -> None:
        self._least = least
        self.size = least
        self._since: float | None = None

    def step(self, now: float) -> int:
        """Return how many mails to begin at `now`, in seconds of any clock."""
        if self._since is not None:
            fitting = round(self.size * _MOMENT / max(now - self._since, 1e-3))
            self.size = max(self._least, min(_MOST, fitting))
        self._since = now
        return self.size


class Work:
    """The mails of one batch, shared by those who hand them over, and what became of them."""

    def __init__(self, mails: Sequence[OutgoingMail], begin: Begin, least: int) -> None:
        self._mails = mails
        self._begin = begin
        self._pace = Pace(least)
        self._waiting = deque(mails)
        self._begun: deque[OutgoingMail] = deque()
        self._outcomes: dict[int, DeliveryOutcome] = {}
        self._unrecorded: list[DeliveryOutcome] = []
        self._is_recording = False
        """Stays true where a record failed: it is not tried again on the way out."""

    def has_next(self) -> bool:
        """Say whether a mail may be taken now; begin some more where none is left.

        The connections wait meanwhile. In a thread of its own the record would leave them free, and
        the batch would take a quarter longer: threads of Python take turns every few milliseconds.
        """
        while self._waiting and not self._begun:
            self._begin_some()
        return bool(self._begun)

    def take(self) -> OutgoingMail:
        """Take the next mail; `has_next` has just said that there is one."""
        return self._begun.popleft()

    def put_back(self, mail: OutgoingMail) -> None:
        """Give a mail back of which nothing has left."""
        self._begun.appendleft(mail)

    def note(self, outcome: DeliveryOutcome) -> None:
        """Note what became of a mail that was taken."""
        self._outcomes[outcome.message_id] = outcome
        self._unrecorded.append(outcome)

    @property
    def left(self) -> list[OutgoingMail]:
        """The mails nobody has taken."""
        return [*self._begun, *self._waiting]

    @property
    def outcomes(self) -> list[DeliveryOutcome]:
        """What became of every mail, in their order."""
        return [self._outcomes[mail.message_id] for mail in self._mails]

    def leave(self) -> None:
        """Put on record what is known and not yet recorded: the sender has to stop."""
        if self._unrecorded and not self._is_recording:
            self._record([])

    def _record(self, ids: Sequence[int]) -> Container[int]:
        self._is_recording = True
        mine = self._begin(ids, self._unrecorded)
        self._is_recording, self._unrecorded = False, []
        return mine

    def _begin_some(self) -> None:
        size = self._pace.step(time.monotonic())
        some = [self._waiting.popleft() for _ in range(min(size, len(self._waiting)))]
        mine = self._record([mail.message_id for mail in some])
        for mail in some:
            if mail.message_id in mine:
                self._begun.append(mail)
            else:
                self.note(untried(mail))


def untried(mail: OutgoingMail) -> DeliveryOutcome:
    """Return the outcome of a mail that was not begun."""
    return DeliveryOutcome(message_id=mail.message_id, state=MessageState.QUEUED, was_tried=False)
