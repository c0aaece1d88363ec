"""Which messages speak of replication?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Text
from schemas.messages.payload import Payload


class FollowUpDue(Payload):
    """To an adopting unit: a follow-up of its replication is due; or overdue since its own date."""

    template: ClassVar[str] = "follow-up-due"
    kind: Literal["follow-up-due"] = "follow-up-due"
    model_code: Code
    model_name: Text
    months: int
    due_on: Text
    """The original date, as written in the reader's language; it never moves."""
    overdue: bool


class AdoptedModelRevoked(Payload):
    """To a unit that replicates a model whose recognition was revoked: what that means for it.

    The reason is not for others than the model's own unit.
    """

    template: ClassVar[str] = "adopted-model-revoked"
    kind: Literal["adopted-model-revoked"] = "adopted-model-revoked"
    adoption_code: Code
    nomination_code: Code
    nomination_name: Text
    document: Text
    """Number of the decision that revokes the recognition."""


class PledgeRequested(Payload):
    """To a unit: recognised models it may replicate, by place; asks for a pledge."""

    template: ClassVar[str] = "pledge-requested"
    kind: Literal["pledge-requested"] = "pledge-requested"
    recognised: int
    """How many were recognised in all."""
    places: tuple[tuple[Text, int, tuple[Text, ...]], ...]
    """(nominating unit, how many models of it were recognised, the first of them by name)."""
    more_places: int = 0
    """How many such units the letter does not name."""
    until: Instant
