"""Replication: ask for pledges, follow up what units adopt, close the campaign."""

from __future__ import annotations

from prefect import flow

from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import recorded_acts as acts
from tasks import replication as tasks
from tasks.approvals import open_stage, request_approval


@flow(
    name="replication",
    flow_run_name="{campaign_code}/replication/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def replication(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Units report by themselves; follow-ups fall due at their dates and stay there."""
    with tagged(campaign_code, Stage.REPLICATION):
        acts.play_release(campaign_code, recorded_acts)
        acts.reach_opening(campaign_code, Stage.REPLICATION, recorded_acts)
        if open_stage(campaign_code, Stage.REPLICATION):
            tasks.request_pledges(campaign_code)
            acts.play_adoptions(campaign_code, recorded_acts)
            tasks.sweep_follow_ups(campaign_code)
        request_approval(campaign_code, Stage.REPLICATION)
        acts.play_approval(campaign_code, Stage.REPLICATION, recorded_acts)
        tasks.close_campaign(campaign_code)
