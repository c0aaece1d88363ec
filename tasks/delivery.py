"""Tasks that hand queued mail over."""

from __future__ import annotations

from campaigns import heartbeat
from campaigns.services import delivery
from tasks.common import app, step


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
    return done.hard + done.soft
