"""Nomination: receive, return what can be corrected, and decide eligibility at the deadline."""

from __future__ import annotations

from prefect import flow, unmapped

from flows.runners import batch_runner
from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import nomination as tasks
from tasks import recorded_acts as acts
from tasks.approvals import open_stage, request_approval


@flow(
    name="nomination",
    flow_run_name="{campaign_code}/nomination/advance",
    task_runner=batch_runner(),
    persist_result=False,  # a retry of the cycle does it anew
)
def nomination(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Units submit by themselves; what is incomplete goes back once; the deadline decides."""
    with tagged(campaign_code, Stage.NOMINATION):
        acts.reach_opening(campaign_code, Stage.NOMINATION, recorded_acts)
        if open_stage(campaign_code, Stage.NOMINATION):
            acts.play_nominations(campaign_code, recorded_acts)
            tasks.return_incomplete(campaign_code)
            undecided = tasks.undecided(campaign_code)
            tasks.check.map(unmapped(campaign_code), undecided).result()
        request_approval(campaign_code, Stage.NOMINATION)
        acts.play_approval(campaign_code, Stage.NOMINATION, recorded_acts)
