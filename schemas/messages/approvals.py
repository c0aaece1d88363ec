"""Which messages do approvers get, and who waits for them?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant, Text
from schemas.messages.payload import Payload


class ApprovalRequested(Payload):
    """To an approver: a stage waits for a decision; the counts it is taken on."""

    template: ClassVar[str] = "approval-requested"
    kind: Literal["approval-requested"] = "approval-requested"
    stage: str
    round: int
    """1 for the first request; one more each time the stage was returned and asked again."""
    required: int
    counts: tuple[tuple[Text, int], ...]
    """(label, number), never names."""
    plan: tuple[tuple[Text, Text], ...] = ()
    """Of a launch: what is launched, as (label, value)."""
    step: int = 1
    steps: int = 1
    """How many groups of approvers there are, and which of them the reader is in."""
    kept: int = 0
    """Signatures of earlier rounds that still count."""
    on_behalf_of: Text = ""
    """For whom the reader is asked to sign; empty: in their own right."""
    letter: Text = ""
    """Number of the letter of authority."""
    due_at: Instant | None = None
    link: str = ""
    """Secret address of the reader's page of decision; empty: there is none."""
    anchor: str = ""
    """`NUMBER:HASH`, the head of the event log when this was written."""


class ApprovalDelegated(Payload):
    """To a principal: a stage waits for a decision, and the substitute was asked for it."""

    template: ClassVar[str] = "approval-delegated"
    kind: Literal["approval-delegated"] = "approval-delegated"
    stage: str
    substitute_name: Text
    letter: Text
    until_on: Text
    """Last day of the delegation, as written in the reader's language."""


class ApproversMissing(Payload):
    """To the coordinators: too few people can still sign for a stage."""

    template: ClassVar[str] = "approvers-missing"
    kind: Literal["approvers-missing"] = "approvers-missing"
    stage: str
    missing: int
    """Signatures nobody can give."""
    abstained: int
    due_at: Instant


class StageReturned(Payload):
    """To the coordinators: an approver returned the stage, with the reason."""

    template: ClassVar[str] = "stage-returned"
    kind: Literal["stage-returned"] = "stage-returned"
    stage: str
    reason: Text
    resumes: bool = False
    """Whether signatures given before stay; else everybody signs anew."""
    kept: int = 0
    """How many stay."""
