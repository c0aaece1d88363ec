"""Which message speaks of the engine itself?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant
from schemas.messages.payload import Payload

EngineMatter = Literal["given_up", "standstill", "webhook"]
"""`given_up`: runs did not do their work; `standstill`: the campaign's time came, and no run;
`webhook`: one takes no events any more."""


class EngineAlert(Payload):
    """To the coordinators: the engine itself needs somebody to look at it."""

    template: ClassVar[str] = "engine-alert"
    kind: Literal["engine-alert"] = "engine-alert"
    matter: EngineMatter
    topic: str
    """The work given up, or the stage that should have begun, empty for the campaign's end; of a
    webhook its number, never its address."""
    since: Instant
    count: int
    """How many changes wait for that work, or events were given up."""
