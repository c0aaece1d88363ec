"""What of the event log is worth showing outside? Each step of a campaign; bulk only as counts.

Prefect's server on SQLite takes some tens of events a second and stumbles over hundreds, and a
campaign of 2,000 nominations records 30,000. So what happens to many alike is told once per page
of the log (ADR 0013). Payloads are plain strings, ids and counts: an automation can take them.
What says a result is not told here at all, nor the numbers of events, which would count results.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from campaigns.rules.access.disclosure import SEALED
from schemas.events import EventRecord

_NAMESPACE: Final = UUID("7b1f7d5e-6a52-5c1c-9f0a-2d6a3f3c8f11")
"""Fixed for ever: the same event told twice has the same id."""
_ONE_BY_ONE: Final = frozenset(
    {"campaign", "stage", "session", "decision", "messages", "results", "run"}
)
"""Things that change so rarely that each change is told."""
_SHOWN_FACTS: Final = ("command", "from", "to", "round")


class Announcement(NamedTuple):
    """What is told of one event, or of many of one name."""

    id: UUID
    name: str
    campaign_code: str
    stage: str
    """Empty where it is about no stage."""
    occurred_at: datetime
    payload: dict[str, str]


def announcements(campaign_code: str, page: Iterable[EventRecord]) -> list[Announcement]:
    """Say what is told of a page of the log, in the order of the last event of each."""
    groups: dict[str, list[EventRecord]] = {}
    for record in page:
        if record.name in SEALED:
            continue
        thing = record.name.split(".")[1]
        key = str(record.number) if thing in _ONE_BY_ONE else record.name
        groups.setdefault(key, []).append(record)
    ordered = sorted(groups.values(), key=lambda group: group[-1].number)
    return [_announcement(campaign_code, group) for group in ordered]


def _announcement(campaign_code: str, group: list[EventRecord]) -> Announcement:
    first, last = group[0], group[-1]
    thing, _, identity = last.subject.partition(":")
    payload = {"campaign": campaign_code, "count": str(len(group))}
    if len(group) == 1:
        payload |= dict(_shown(last))
    return Announcement(
        # By the hashes, which nobody outside can guess: numbers would tell how many lie between.
        id=uuid5(_NAMESPACE, f"{campaign_code}/{last.name}/{first.hash}-{last.hash}"),
        name=last.name,
        campaign_code=campaign_code,
        stage=identity if thing == "stage" else "",
        occurred_at=last.occurred_at,
        payload=payload,
    )


def _shown(record: EventRecord) -> Iterator[tuple[str, str]]:
    for key in _SHOWN_FACTS:
        value = record.facts.get(key)
        if isinstance(value, str | int):
            yield key, str(value)
