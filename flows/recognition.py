"""Recognition: convene the council, tally its votes, sign the decision, hold the results."""

from __future__ import annotations

from prefect import flow

from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import recognition as tasks
from tasks import recorded_acts as acts
from tasks.approvals import open_stage, request_approval


@flow(
    name="recognition",
    flow_run_name="{campaign_code}/recognition/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def recognition(campaign_code: str, recorded_acts: str | None = None) -> None:
    """The council votes by itself; the last approval signs the decision and gives its number."""
    with tagged(campaign_code, Stage.RECOGNITION):
        acts.reach_opening(campaign_code, Stage.RECOGNITION, recorded_acts)
        if open_stage(campaign_code, Stage.RECOGNITION):
            tasks.convene(campaign_code)
            acts.play_votes(campaign_code, recorded_acts)
            tasks.draft_decision(campaign_code)
        request_approval(campaign_code, Stage.RECOGNITION)
        acts.play_approval(campaign_code, Stage.RECOGNITION, recorded_acts)
