"""What is shown of a log that was verified?"""

from __future__ import annotations

from typing import Literal

from schemas.base import Code, Model


class RowDiffers(Model):
    """A thing whose row is not as the event log says."""

    thing: str
    """`tally:DVK23-BDA-01`."""
    columns: tuple[str, ...] = ()
    """Which differ; empty where the row is missing or should not be there."""
    problem: Literal["changed", "missing", "added"]


class Counted(Model):
    """How many of a kind."""

    kind: str
    count: int


class AnchorChecked(Model):
    """A head of the log that somebody had noted elsewhere."""

    number: int
    hash: str
    """As noted: the first digits."""
    source: str
    """Where it was noted: `--expect`, or the file of a mail."""
    holds: bool
    found: str = ""
    """What the log has at that number; empty: it ends before."""


class AuditResult(Model):
    """Whether the event log of a campaign holds."""

    campaign: Code
    events: int
    intact: bool
    broken_at: int | None = None
    """Number of the first record that does not fit."""
    differing: tuple[str, ...] = ()
    """Things whose rows are not as the log says, the first few."""
    differences: tuple[RowDiffers, ...] = ()
    """In what they differ, the first few."""
    differences_more: int = 0
    """How many more there are."""
    compared: tuple[Counted, ...] = ()
    """What was compared with the log, and how many of it."""
    not_compared: tuple[Counted, ...] = ()
    """Of what the log tells less than it would today: it is of an earlier version."""
    anchors: tuple[AnchorChecked, ...] = ()
    """Heads noted elsewhere that were asked for, and whether the log has them."""
    head: str = ""
    """`NUMBER:HASH` of the last event: what to note elsewhere, with 16 digits of the hash."""
    reason: str = ""
