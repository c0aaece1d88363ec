"""Delivery: hand queued mail over, batch by batch, until nothing is due."""

from __future__ import annotations

from prefect import flow

from flows.settling import settling
from flows.tagging import tagged
from tasks import delivery as tasks

NAME = "deliver-notifications"
"""Of the flow, its deployment, and the topic of the outbox that asks for it."""


@flow(
    name=NAME,
    flow_run_name="{campaign_code}/delivery/run",
    persist_result=False,  # a retry of the cycle does it anew
)
def deliver_notifications(campaign_code: str) -> int:
    """Send what may be sent now and return how many were tried; held messages stay."""
    tried = 0
    with tagged(campaign_code), settling(campaign_code, NAME):
        tasks.recover(campaign_code)
        while batch := tasks.deliver_batch(campaign_code):
            tried += batch
    return tried
