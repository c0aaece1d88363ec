"""Has anybody touched the record? The event log verified, compared with the rows, handed out."""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.rules.chain import canonical, written
from campaigns.rules.errors import CampaignError
from campaigns.rules.replay import replay
from campaigns.store import events, states
from campaigns.store.transaction import Transaction
from schemas.views import AuditResult

_SHOWN = 20


def verify(tx: Transaction) -> AuditResult:
    """Recompute the hash chain of the campaign's log, and compare the rows with what it says.

    Names the first record that does not fit, and the things whose state is not the logged one.
    """
    broken = events.first_break(tx.connection, tx.campaign.id, tx.campaign.code)
    number, reason = (broken.number, broken.reason) if broken else (None, "")
    differing: tuple[str, ...] = ()
    if broken is None:
        try:
            logged = replay(events.read(tx.connection, tx.campaign.id))
        except CampaignError as contradiction:
            reason = str(contradiction)
        else:
            stored = states.of_everything(tx)
            subjects = sorted(logged.keys() | stored.keys())
            differing = tuple(one for one in subjects if logged.get(one) != stored.get(one))
            reason = "rows differ from the log" if differing else ""
    return AuditResult(
        campaign=tx.campaign.code,
        events=events.count(tx.connection, tx.campaign.id),
        intact=not reason,
        broken_at=number,
        differing=differing[:_SHOWN],
        reason=reason,
    )


def lines(tx: Transaction) -> Iterator[str]:
    """Hand out the whole log in its order, a JSON text per event."""
    for record in events.read(tx.connection, tx.campaign.id):
        yield canonical({**record._asdict(), "occurred_at": written(record.occurred_at)})
