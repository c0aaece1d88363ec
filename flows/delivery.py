"""Delivery: hand queued mail over, batch by batch, until nothing is due."""

from __future__ import annotations

from prefect import flow

from tasks import delivery as tasks


@flow(name="deliver-notifications", flow_run_name="{campaign_code}/delivery/run")
def deliver_notifications(campaign_code: str) -> int:
    """Send what may be sent now and return how many were tried; held messages stay."""
    tasks.recover(campaign_code)
    tried = 0
    while batch := tasks.deliver_batch(campaign_code):
        tried += batch
    return tried
