"""What does a transaction need from outside? A clock, and words for messages."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from language import Language
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import RenderedMessage


class Clock(Protocol):
    """Tells the time; passed in, so that tests and rehearsals have their own."""

    def now(self) -> datetime:
        """Return the present instant, with its zone."""
        ...


class MessageRenderer(Protocol):
    """Makes subject, text and HTML of a payload, as `notifications.writing.render` does."""

    def render(self, payload: AnyPayload, language: Language) -> RenderedMessage:
        """Render one message."""
        ...
