"""Whose token came with a request? Asked once, before anything else of the request is read."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from typing import Final

from fastapi import Request

from campaigns.bootstrap import App
from campaigns.rules.access.errors import TokenNotValid
from campaigns.services.access import tokens
from campaigns.services.access.tokens import Holder
from campaigns.store import trouble
from campaigns.store.access import tokens as token_rows

_PATIENCE: Final = 0.2
"""Seconds the note that a token was used may wait for the database."""
_AGAIN: Final = 60.0
"""Seconds after which a note that failed is tried again."""
_REMEMBERED: Final = 10_000


class Notes:
    """Notes that tokens are used; reading goes on whether that can be stored or not."""

    def __init__(self) -> None:
        self._failed: dict[int, float] = {}
        self._lock = Lock()

    def take(self, app: App, holder: Holder) -> None:
        """Note that a token was used now, where the last note is old."""
        now = monotonic()
        with self._lock:
            if not holder.stale or self._failed.get(holder.token_id, -_AGAIN) > now - _AGAIN:
                return
            if len(self._failed) >= _REMEMBERED:
                self._failed.clear()
            self._failed[holder.token_id] = now
        try:
            app.soon(holder.person_id, _PATIENCE, token_rows.touch, holder.token_id)
        except trouble.FAILURES:
            return  # locked, full or for reading only: the use is noted another time
        with self._lock:
            self._failed.pop(holder.token_id, None)


def holder_of(request: Request) -> Holder:
    """Return who asks.

    Raises:
        TokenNotValid: No good token came.
    """
    app: App = request.app.state.installation
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise TokenNotValid
    holder = app.read(None, tokens.holder, token.strip())
    notes: Notes = request.app.state.notes
    notes.take(app, holder)
    return holder
