"""Has anybody touched the record? The event log verified, compared with the rows, handed out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from campaigns.rules.chain import canonical, written
from campaigns.rules.errors import CampaignError
from campaigns.rules.replay import replay
from campaigns.store import amendments, events, states
from campaigns.store.transaction import Transaction
from schemas.events import EventRecord
from schemas.views import AuditResult

_SHOWN = 20
_PLAYBOOK_EVENTS: Final = frozenset({"thidua.campaign.created", "thidua.campaign.amended"})


def verify(tx: Transaction) -> AuditResult:
    """Recompute the hash chain of the campaign's log, and compare the rows with what it says.

    Names the first record that does not fit, the things whose state is not the logged one, and the
    versions of the playbook whose text was changed.
    """
    broken = events.first_break(tx.connection, tx.campaign.id, tx.campaign.code)
    number, reason = (broken.number, broken.reason) if broken else (None, "")
    differing: tuple[str, ...] = ()
    if broken is None:
        hashes: list[str] = []
        try:
            logged = replay(_noting(events.read(tx.connection, tx.campaign.id), hashes))
        except CampaignError as contradiction:
            reason = str(contradiction)
        else:
            stored = states.of_everything(tx)
            subjects = sorted(logged.keys() | stored.keys())
            differing = tuple(one for one in subjects if logged.get(one) != stored.get(one))
            differing += _playbooks_differing(tx, hashes)
            reason = "rows differ from the log" if differing else ""
    return AuditResult(
        campaign=tx.campaign.code,
        events=events.count(tx.connection, tx.campaign.id),
        intact=not reason,
        broken_at=number,
        differing=differing[:_SHOWN],
        reason=reason,
    )


def _noting(records: Iterable[EventRecord], hashes: list[str]) -> Iterator[EventRecord]:
    """Hand the log on, and note the hashes of the playbooks it tells of."""
    for record in records:
        if record.name in _PLAYBOOK_EVENTS:
            hashes.append(str(record.facts.get("playbook_hash", "")))
        yield record


def _playbooks_differing(tx: Transaction, hashes: list[str]) -> tuple[str, ...]:
    """Return the versions of the playbook whose text is not the one the log has the hash of."""
    stored = [hashlib.sha256(one.snapshot.encode()).hexdigest() for one in amendments.versions(tx)]
    numbers = range(1, max(len(stored), len(hashes)) + 1)
    return tuple(
        f"playbook:{number}"
        for number in numbers
        if stored[number - 1 : number] != hashes[number - 1 : number]
    )


def lines(tx: Transaction) -> Iterator[str]:
    """Hand out the whole log in its order, a JSON text per event."""
    for record in events.read(tx.connection, tx.campaign.id):
        yield canonical({**record._asdict(), "occurred_at": written(record.occurred_at)})
