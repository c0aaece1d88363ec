"""Appraisal: ask the panel, collect its reviews, aggregate them, decide the shortlist."""

from __future__ import annotations

from prefect import flow, unmapped

from flows.runners import batch_runner
from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import appraisal as tasks
from tasks import recorded_acts as acts
from tasks.approvals import open_stage, request_approval


@flow(
    name="appraisal",
    flow_run_name="{campaign_code}/appraisal/advance",
    task_runner=batch_runner(),
    persist_result=False,  # a retry of the cycle does it anew
)
def appraisal(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Reviewers score by themselves; whatever has all its reviews is aggregated."""
    with tagged(campaign_code, Stage.APPRAISAL):
        acts.reach_opening(campaign_code, Stage.APPRAISAL, recorded_acts)
        if open_stage(campaign_code, Stage.APPRAISAL):
            tasks.open_panel(campaign_code)
            acts.play_reviews(campaign_code, recorded_acts)
            unappraised = tasks.unappraised(campaign_code)
            tasks.aggregate.map(unmapped(campaign_code), unappraised).result()
        request_approval(campaign_code, Stage.APPRAISAL)
        acts.play_approval(campaign_code, Stage.APPRAISAL, recorded_acts)
