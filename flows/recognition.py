"""Recognition: convene the council, tally its votes, sign the decision, hold the results."""

from __future__ import annotations

from prefect import flow

from flows.stage import go_through
from schemas.vocabulary import Stage


@flow(
    name="recognition",
    flow_run_name="{campaign_code}/recognition/advance",
    persist_result=False,  # a retry of the cycle does it anew
)
def recognition(campaign_code: str, recorded_acts: str | None = None) -> None:
    """The council votes by itself; the last approval signs the decision and gives its number."""
    go_through(campaign_code, Stage.RECOGNITION, recorded_acts)
