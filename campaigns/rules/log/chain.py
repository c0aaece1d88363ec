"""How is the event log sealed? Each record carries the hash of itself and of the one before it.

`hash = sha256(previous hash + canonical JSON of the record)`, the first after `GENESIS`. Whoever
has an exported log can recompute it (docs/explanation/event-log.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

import orjson

from schemas.events import EventDraft, EventRecord

GENESIS: Final = "0" * 64
"""The hash before the first event."""


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, UTF-8."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def written(instant: datetime) -> str:
    """Return the one text of an instant: UTC, to the second."""
    utc = instant.astimezone(UTC)
    # A fraction can only come from an edit, and must not go unseen.
    fraction = f".{utc.microsecond:06d}" if utc.microsecond else ""
    return utc.strftime(f"%Y-%m-%dT%H:%M:%S{fraction}Z")


def seal(
    previous: str, campaign_code: str, number: int, draft: EventDraft, actor: str, moment: str
) -> str:
    """Return the hash of a record after the one with the hash `previous`; `moment` as `written`."""
    text = canonical([campaign_code, number, draft.name, draft.subject, actor, moment, draft.facts])
    return hashlib.sha256((previous + text).encode()).hexdigest()


def seals(campaign_code: str, records: Iterable[EventRecord]) -> Iterator[str]:
    """Return the hashes that records should have, from the first of a campaign on."""
    previous = GENESIS
    for one in records:
        draft = EventDraft(one.name, one.subject, one.facts)
        moment = written(one.occurred_at)
        previous = seal(previous, campaign_code, one.number, draft, one.actor, moment)
        yield previous
