"""Launch: ask for approval of the start, then tell every unit."""

from __future__ import annotations

from prefect import flow

from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import launch as tasks
from tasks import recorded_acts as acts
from tasks.approvals import open_stage, request_approval


@flow(
    name="launch",
    flow_run_name="{campaign_code}/launch/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def launch(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Open the stage, ask for its approval; once it is given, announce the campaign."""
    with tagged(campaign_code, Stage.LAUNCH):
        open_stage(campaign_code, Stage.LAUNCH)
        request_approval(campaign_code, Stage.LAUNCH)
        acts.play_approval(campaign_code, Stage.LAUNCH, recorded_acts)
        tasks.announce(campaign_code)
