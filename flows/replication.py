"""Replication: ask for pledges, follow up what units adopt, close the campaign."""

from __future__ import annotations

from prefect import flow

from flows.stage import go_through
from schemas.vocabulary import Stage


@flow(
    name="replication",
    flow_run_name="{campaign_code}/replication/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def replication(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Units report by themselves; follow-ups fall due at their dates and stay there."""
    go_through(campaign_code, Stage.REPLICATION, recorded_acts)
