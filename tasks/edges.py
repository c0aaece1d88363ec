"""Tasks that close the circle of the outbox: what a run covers, and that its work is done.

A look at the rows is no task: one costs Prefect's server several writes, and shows nobody anything.
"""

from __future__ import annotations

from campaigns.services.engine import turns
from campaigns.store.engine import edges
from campaigns.store.engine.edges import Covered
from tasks.common import app, step


def covered(campaign_code: str, topic: str) -> Covered:
    """Return which rows ask for this work; asked before anything else is read."""
    return app().read(campaign_code, edges.covered, topic)


@step("{campaign_code}/{topic}/settle")
def settle(campaign_code: str, topic: str, done: Covered) -> int:
    """Note that the work of these rows is done; return how many that were."""
    return app().act(campaign_code, edges.settle, topic, done) if done.up_to else 0


@step("{campaign_code}/cycle/set-timer")
def set_timer(campaign_code: str) -> int:
    """See to it that a run starts at the campaign's next turn; return 1 if there is one."""
    return app().act(campaign_code, turns.set_timer).changed
