"""Which message tells a person that something opens for them?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant, Text
from schemas.messages.payload import Payload

AccessKind = Literal["token", "feed"]
"""What opens: the API for a program, a calendar for whoever knows its address."""


class AccessOpened(Payload):
    """To a person: something was made that acts or reads for them."""

    template: ClassVar[str] = "access-opened"
    kind: Literal["access-opened"] = "access-opened"
    access: AccessKind
    number: int
    scopes: tuple[Text, ...] = ()
    """What a token allows."""
    made_by: Text
    made_at: Instant
