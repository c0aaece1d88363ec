"""How does a flow go through its stage? By the steps of `campaigns.services.steps`, as tasks."""

from __future__ import annotations

from prefect import unmapped

from campaigns.services.steps import Acts, BatchStep, Step, in_order
from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import steps as tasks
from tasks.recorded_acts import play


def go_through(campaign_code: str, stage: Stage, recorded_acts: str | None) -> None:
    """Go as far as the stage can go now; people act by themselves, unless theirs are recorded."""
    with tagged(campaign_code, stage):
        for step in in_order(stage, lambda: tasks.open_stage(campaign_code, stage)):
            match step:
                case Acts():
                    if recorded_acts:
                        play(campaign_code, stage, step, recorded_acts)
                case BatchStep() if step.listed:
                    batches = tasks.listing(stage, step)(campaign_code)
                    tasks.batch(stage, step).map(unmapped(campaign_code), batches).result()
                case Step() | BatchStep():
                    tasks.whole(stage, step)(campaign_code)
