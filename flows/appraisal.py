"""Appraisal: ask the panel, collect its reviews, aggregate them, decide the shortlist."""

from __future__ import annotations

from prefect import flow

from flows.runners import batch_runner
from flows.stage import go_through
from schemas.vocabulary import Stage


@flow(
    name="appraisal",
    flow_run_name="{campaign_code}/appraisal/advance",
    task_runner=batch_runner(),
    persist_result=False,  # a retry of the cycle does it anew
)
def appraisal(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Reviewers score by themselves; whatever has all its reviews is aggregated."""
    go_through(campaign_code, Stage.APPRAISAL, recorded_acts)
