"""How many may come at once? So many requests in all, so many of one person, one import."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from campaigns.rules.engine.capacity import ImportUnderWay, OwnRequestsTooMany, RequestsTooMany

MOST: Final = 64
"""Requests under way in one process; so many bodies of 1 MB fit its memory."""
MOST_OF_ONE: Final = 16
"""Requests of one person under way: nobody takes all places."""
_SECONDS: Final = 2
IMPORT_SECONDS: Final = 10
"""After which an import may be tried again: most take less."""


class Crowd:
    """Who is inside: requests under way in this process. Used by its event loop alone."""

    def __init__(self, most: int = MOST, most_of_one: int = MOST_OF_ONE) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._inside = 0
        self._of_one: Counter[str] = Counter()

    @contextmanager
    def let_in(self) -> Iterator[None]:
        """Count a request while it is under way.

        Raises:
            RequestsTooMany: There is no place.
        """
        if self._inside >= self._most:
            raise RequestsTooMany(_SECONDS)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    @contextmanager
    def let_in_one(self, person: str) -> Iterator[None]:
        """Count a request of a person while it is under way.

        Raises:
            OwnRequestsTooMany: The person has as many already as one may have.
        """
        if self._of_one[person] >= self._most_of_one:
            raise OwnRequestsTooMany(self._most_of_one, _SECONDS)
        self._of_one[person] += 1
        try:
            yield
        finally:
            self._of_one[person] -= 1
            if not self._of_one[person]:
                del self._of_one[person]


class Turn:
    """Whose file is taken in: one at a time, or others could neither read nor write meanwhile."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    def ensure_free(self) -> None:
        """Refuse while a file is taken in: nobody shall send one in vain.

        Raises:
            ImportUnderWay: One is.
        """
        if self._lock.locked():
            raise ImportUnderWay(IMPORT_SECONDS)

    @asynccontextmanager
    async def take(self, patience: float = 0) -> AsyncIterator[None]:
        """Take the turn for the time of the block; wait for it no longer than `patience`.

        Raises:
            ImportUnderWay: Somebody else has it.
        """
        if not patience:
            self.ensure_free()
            await self._lock.acquire()  # free, so nobody else runs in between
        else:
            try:
                await asyncio.wait_for(self._lock.acquire(), patience)
            except TimeoutError as late:
                raise ImportUnderWay(IMPORT_SECONDS) from late
        try:
            yield
        finally:
            self._lock.release()
