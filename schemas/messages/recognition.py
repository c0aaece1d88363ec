"""Which messages speak of the council and of results?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Text
from schemas.messages.payload import Payload


class CouncilInvited(Payload):
    """To a council member: a session, when, and how many nominations are voted on."""

    template: ClassVar[str] = "council-invited"
    kind: Literal["council-invited"] = "council-invited"
    session: int
    starts_at: Instant
    nominations: int
    members: int
    quorum: int


class ResultAnnounced(Payload):
    """To the nominating unit: the result of one nomination, held until it is released."""

    template: ClassVar[str] = "result-announced"
    kind: Literal["result-announced"] = "result-announced"
    nomination_code: Code
    nomination_name: Text
    recognised: bool
    decision_number: str
    signed_on: Text
    """The decision's date as written in the reader's language."""


class ResultCorrected(Payload):
    """To who was told a result that a later decision has changed; held like the result itself."""

    template: ClassVar[str] = "result-corrected"
    kind: Literal["result-corrected"] = "result-corrected"
    nomination_code: Code
    nomination_name: Text
    recognised: bool
    """What holds now; the reader was told the contrary."""
    decision_number: str
    signed_on: Text
    replaced_number: str
    """The decision that was told before and no longer holds."""
    replaced_on: Text


class RecognitionRevoked(Payload):
    """To who nominated, held like the result itself, and to the coordinators: it holds no more."""

    template: ClassVar[str] = "recognition-revoked"
    kind: Literal["recognition-revoked"] = "recognition-revoked"
    nomination_code: Code
    nomination_name: Text
    reason: Text
    document: Text
    """Number of the decision that revokes the recognition."""
    informed: bool = False
    """Whether the reader is told as a coordinator, and has nothing to hand in or to do."""
