"""Which messages does a nominating unit get about its nominations?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Model, Text
from schemas.messages.payload import Payload


class NominationReceived(Payload):
    """Receipt for one nomination: code, time with zone, digest of the content received."""

    template: ClassVar[str] = "nomination-received"
    kind: Literal["nomination-received"] = "nomination-received"
    nomination_code: Code
    nomination_name: Text
    received_at: Instant
    content_hash: str
    version: int
    late: bool


class Problem(Model):
    """One reason shown to a nominating unit, with what would mend it."""

    rule: str
    reason: Text
    remedy: Text = ""


class NominationReturned(Payload):
    """The nomination goes back to its unit for correction, once, before the deadline."""

    template: ClassVar[str] = "nomination-returned"
    kind: Literal["nomination-returned"] = "nomination-returned"
    nomination_code: Code
    nomination_name: Text
    problems: tuple[Problem, ...]
    closes_at: Instant


class NominationChecked(Payload):
    """What the eligibility rules came to for one nomination."""

    template: ClassVar[str] = "nomination-checked"
    kind: Literal["nomination-checked"] = "nomination-checked"
    nomination_code: Code
    nomination_name: Text
    outcome: Literal["eligible", "ineligible", "on_hold"]
    problems: tuple[Problem, ...]


NominationTurn = Literal["withdrawn", "hold_cleared"]
"""What a person did to a nomination outside the usual course."""


class NominationChanged(Payload):
    """To who nominated, and the coordinators: a person changed where a nomination stands."""

    template: ClassVar[str] = "nomination-changed"
    kind: Literal["nomination-changed"] = "nomination-changed"
    turn: NominationTurn
    nomination_code: Code
    nomination_name: Text
    reason: Text
    informed: bool = False
    """Whether the reader is told as a coordinator, and has nothing to hand in or to do."""
