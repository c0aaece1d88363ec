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


def rounds(campaign_code: str, topic: str, most: int) -> Iterator[int]:
    """Go round again while newer rows ask for the work, so often at most; then settle them.

    They are settled together at the end: as long as one is open, no relay starts another run.
    """
    for number in range(1, most + 1):
        covered = edges.covered(campaign_code, topic)
        with located(outbox_id=covered.up_to):
            yield number
        if edges.covered(campaign_code, topic).up_to == covered.up_to:
            break
    edges.settle(campaign_code, topic, covered)
