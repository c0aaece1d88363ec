"""For which rows of the outbox does a run work? Those that are due when it begins (ADR 0012)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from campaigns.logs import located
from tasks import edges


@contextmanager
def settling(campaign_code: str, topic: str) -> Iterator[None]:
    """Settle the rows that ask for the work inside, unless it fails; log lines name the newest."""
    covered = edges.covered(campaign_code, topic)
    with located(outbox_id=covered.up_to):
        yield
    edges.settle(campaign_code, topic, covered)
