"""Tasks that close the circle of the outbox: what a run covers, and that its work is done."""

from __future__ import annotations

from campaigns.store import outbox
from campaigns.store.outbox import Covered
from tasks.common import app, step


@step("{campaign_code}/{topic}/covers")
def covered(campaign_code: str, topic: str) -> Covered:
    """Return which rows ask for this work; asked before anything else is read."""
    return app().read(campaign_code, outbox.covered, topic)


@step("{campaign_code}/{topic}/settle")
def settle(campaign_code: str, topic: str, done: Covered) -> int:
    """Note that the work of these rows is done; return how many that were."""
    return app().act(campaign_code, outbox.settle, topic, done) if done.up_to else 0
