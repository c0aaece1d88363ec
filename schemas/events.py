"""What has happened? The append-only event log of a campaign, one record per fact.

Facts hold ids, codes, counts and dates, never names, addresses, comments, scores or ballots, so
that the log can be published, replayed and handed to people who watch.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

FactValue = str | int | bool | None | list[str] | dict[str, int] | dict[str, str]
Facts = Mapping[str, FactValue]


class EventDraft(NamedTuple):
    """An event before it has its number and hash."""

    name: str
    """`thidua.<thing>.<past participle>`."""
    subject: str
    """`<thing>:<identity>`, e.g. `nomination:DVK23-BDA-01`."""
    facts: Facts


class EventRecord(NamedTuple):
    """An event as it stands in the log."""

    number: int
    """From 1 on, without gaps, per campaign."""
    name: str
    subject: str
    actor: str
    occurred_at: datetime
    facts: Facts
    hash: str
    """sha256 of the previous hash and the canonical JSON of everything above."""
