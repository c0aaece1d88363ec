"""Tasks that hand queued mail over."""

from __future__ import annotations

from campaigns.engine import heartbeat
from campaigns.services.mail import delivery
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.transaction import Transaction
from tasks.common import app, step


def is_asked_for(campaign_code: str) -> bool:
    """Say whether there is anything for a delivery to do; a look at the rows, and no task.

    Also where no mail is due but a row of the outbox asks for it: the delivery settles that row.
    """
    return app().read(campaign_code, _is_asked_for)


def _is_asked_for(tx: Transaction) -> bool:
    return bool(edges.covered(tx, edges.DELIVER).up_to) or messages.is_one_to_deliver(tx)


@step("{campaign_code}/delivery/recover")
def recover(campaign_code: str) -> int:
    """Settle messages whose sender died; return how many."""
    repeatable = app().transport_of(campaign_code).repeatable
    return app().act(campaign_code, delivery.recover, repeatable=repeatable).changed


@step("{campaign_code}/delivery/deliver", retries=0)
def deliver_batch(campaign_code: str) -> int:
    """Hand one batch over; return how many messages were tried, 0 when none is left."""
    done = app().deliver(campaign_code, heartbeat.run_at_work())
    return done.sent + done.failed + done.uncertain + done.deferred


@step("all/delivery/read-bounces")
def read_bounces() -> int:
    """Take in the notices of undelivered mail, where a folder is set; return how many were new."""
    folder = app().settings.bounces_dir
    if folder is None:
        return 0
    done = app().read_bounces(folder)
    return done.hard + done.refused + done.returned + done.soft
