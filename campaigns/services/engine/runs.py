"""What does the relay ask Prefect for, what became of it, and what is asked for again?

A row is done when the run that saw it says so (`settle`), never because Prefect says it: a run
that died, or was lost with Prefect's database, leaves its rows unsettled, and they are sent again
as a new business attempt (ADR 0012).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.clock.comparison import is_ahead
from campaigns.store.engine import beats
from campaigns.store.engine import edges as outbox
from campaigns.store.engine.edges import Edge
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done

log = logging.getLogger("thidua.outbox")
ATTEMPTS: Final = 8
"""After so many runs that did not do their work, or refusals in a row, a row is given up."""
_FIRST_BACK_OFF: Final = timedelta(seconds=1)
_LONGEST_BACK_OFF: Final = timedelta(minutes=1)
_PAUSES: Final = 5
"""A run that failed costs seconds, a refusal nothing: it is tried again so many times later."""
_LONGEST_DETAIL: Final = 500
_HANGS: Final = 10
_MOMENT: Final = timedelta(seconds=10)
"""A run that is created begins within seconds, unless the machine is busy."""


class Wanted(NamedTuple):
    """One run that is wanted, for all claimed rows of a topic and a campaign."""

    topic: str
    campaign_code: str
    ids: tuple[int, ...]
    key: str
    """Made of the newest row: the same rows asked for again are the same run."""
    attempts: int
    """Claims of the row that was tried most often."""


def claim(tx: Transaction, limit: int) -> list[Wanted]:
    """Claim rows whose time has come and say which runs they come to."""
    edges = sorted(outbox.claim(tx, limit), key=_group)
    return [_wanted(list(group)) for _, group in groupby(edges, key=_group)]


def _group(edge: Edge) -> tuple[str, str]:
    return edge.topic, edge.campaign_code


def _wanted(edges: Sequence[Edge]) -> Wanted:
    newest = max(edges)
    return Wanted(
        topic=newest.topic,
        campaign_code=newest.campaign_code,
        ids=tuple(sorted(edge.id for edge in edges)),
        key=keys.run_key(newest.campaign_code, newest.id, newest.attempt),
        attempts=max(edge.attempts for edge in edges),
    )


def record_started(tx: Transaction, wanted: Wanted, flow_run_id: str) -> Done:
    """Note the run that was created for claimed rows."""
    outbox.mark_sent(tx, wanted.ids, flow_run_id)
    return Done(changed=len(wanted.ids))


def put_back(tx: Transaction, wanted: Wanted, detail: str) -> Done:
    """Give claimed rows back because Prefect did not answer; such a claim counts for nothing."""
    outbox.unclaim(tx, wanted.ids, detail[:_LONGEST_DETAIL])
    return Done(changed=len(wanted.ids))


def record_refused(tx: Transaction, wanted: Wanted, detail: str) -> Done:
    """Note that Prefect created no run; after `ATTEMPTS` the rows are given up."""
    detail = detail[:_LONGEST_DETAIL]
    if wanted.attempts < ATTEMPTS:
        outbox.postpone(tx, wanted.ids, tx.wall + back_off(wanted.attempts), detail)
        return Done(changed=len(wanted.ids))
    outbox.bury(tx, wanted.ids, detail, refused=True)
    log.error("rows given up: refused", extra={"campaign_id": wanted.campaign_code})
    return Done(changed=len(wanted.ids), detail="dead")


def redrive(tx: Transaction, patience: timedelta) -> Done:
    """Send rows again whose run did not do its work.

    A run that began says that it lives: its silence means that it died. One that did not begin
    within `patience` of its creation is taken for lost, and one that lives `_HANGS` times as long
    for stuck. Each attempt is given as much longer: where the machine is slow, more runs make it
    slower. One that was created later than now, before the clock was set back, may be to begin at
    that time: it is not waited for.
    """
    lives = {one.name: one.is_fresh(tx.present) for one in beats.beats(tx, beats.RUN)}

    def has_failed(edge: Edge) -> bool:
        alive = lives.get(beats.name_of_run(edge.flow_run_id or ""))
        if alive is False:
            return True
        if alive is None and is_ahead(edge.sent_at, tx.wall):
            return True
        given = patience * edge.attempt * (_HANGS if alive else 1)
        return edge.sent_at is not None and edge.sent_at < tx.wall - given

    return _again(tx, [edge for edge in outbox.unsettled(tx) if has_failed(edge)])


def not_begun(tx: Transaction) -> dict[str, int]:
    """Return runs that were created a moment ago or longer and have not said that they live.

    With the attempt each of them is. Those that Prefect knows to have come to nothing need no
    further patience.
    """
    begun = {one.name for one in beats.beats(tx, beats.RUN)}
    return {
        edge.flow_run_id: edge.attempt
        for edge in outbox.unsettled(tx)
        if edge.flow_run_id
        and edge.sent_at
        and edge.sent_at < tx.wall - _MOMENT
        and beats.name_of_run(edge.flow_run_id) not in begun
    }


def redo_unbegun(tx: Transaction, flow_run_id: str) -> Done:
    """Send rows again whose run came to nothing before it began, unless it has begun after all."""
    return redo(tx, flow_run_id) if flow_run_id in not_begun(tx) else Done()


def redo(tx: Transaction, flow_run_id: str) -> Done:
    """Send rows again whose run is known to have failed, without waiting any longer for it."""
    return _again(tx, outbox.unsettled(tx, flow_run_id))


def _again(tx: Transaction, edges: Sequence[Edge]) -> Done:
    for attempt, group in groupby(sorted(edges, key=_attempt), key=_attempt):
        alike = list(group)
        if attempt >= ATTEMPTS:
            ids = [edge.id for edge in alike]
            outbox.bury(tx, ids, f"{attempt} runs did not do its work")
        else:
            again = tx.wall + _PAUSES * back_off(attempt - 1)
            outbox.send_again(tx, alike, again, f"run {attempt} did not do its work")
    return Done(changed=len(edges))


def _attempt(edge: Edge) -> int:
    return edge.attempt


def back_off(attempts: int) -> timedelta:
    """Return how long a row waits before the next try: doubled with each, at most a minute."""
    return min(_FIRST_BACK_OFF * (1 << min(attempts, 20)), _LONGEST_BACK_OFF)
