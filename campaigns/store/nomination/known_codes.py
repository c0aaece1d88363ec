"""Which codes does a campaign have, without reading them all for each nomination?

A code is never changed or taken back, and one writer at a time adds to a campaign: so a process
remembers those it has seen, and asks for those that came after the last of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, bindparam, select

from campaigns.rules.importing.nominations import KnownCodes
from campaigns.store.prepared import Prepared
from campaigns.store.tables import nomination
from campaigns.store.transaction import Transaction


@dataclass
class _Seen:
    """What was seen of one campaign."""

    last: tuple[int, str] = (0, "")
    """Row id and code of the newest nomination."""
    codes: KnownCodes = field(default_factory=KnownCodes)


_seen: Final[WeakKeyDictionary[Pool, dict[int, _Seen]]] = WeakKeyDictionary()
"""By database and campaign."""
_SINCE: Final = Prepared(
    select(nomination.c.id, nomination.c.code)
    .where(nomination.c.campaign_id == bindparam("campaign"), nomination.c.id >= bindparam("last"))
    .order_by(nomination.c.id)
)


def of(tx: Transaction) -> KnownCodes:
    """Return the codes of the campaign's nominations."""
    campaigns = _seen.setdefault(tx.connection.engine.pool, {})
    seen = campaigns.get(tx.campaign.id, _Seen())
    rows = _SINCE.all(tx.connection, campaign=tx.campaign.id, last=seen.last[0])
    if seen.last[0] and rows[:1] != [seen.last]:
        # Another database has come to its place: a backup was restored.
        seen = _Seen()
        rows = _SINCE.all(tx.connection, campaign=tx.campaign.id, last=0)
    if rows and rows[-1] != seen.last:
        seen.codes.add(code for _row_id, code in rows)
        seen = _Seen(rows[-1], seen.codes)
    campaigns[tx.campaign.id] = seen
    return seen.codes
