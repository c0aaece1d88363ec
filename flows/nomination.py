"""Nomination: receive, return what can be corrected, and decide eligibility at the deadline."""

from __future__ import annotations

from prefect import flow

from flows.runners import batch_runner
from flows.stage import go_through
from schemas.vocabulary import Stage


@flow(
    name="nomination",
    flow_run_name="{campaign_code}/nomination/advance",
    task_runner=batch_runner(),
    persist_result=False,  # a retry of the cycle does it anew
)
def nomination(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Units submit by themselves; what is incomplete goes back once; the deadline decides."""
    go_through(campaign_code, Stage.NOMINATION, recorded_acts)
