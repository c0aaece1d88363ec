"""Launch: ask for approval of the start, then tell every unit."""

from __future__ import annotations

from prefect import flow

from flows.stage import go_through
from schemas.vocabulary import Stage


@flow(
    name="launch",
    flow_run_name="{campaign_code}/launch/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def launch(campaign_code: str, recorded_acts: str | None = None) -> None:
    """Open the stage, ask for its approval; once it is given, announce the campaign."""
    go_through(campaign_code, Stage.LAUNCH, recorded_acts)
