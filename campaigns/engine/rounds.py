"""How far can a campaign go now? Stage by stage, from the first with work to the first that waits.

The flows go through it as runs of Prefect; what is here needs none.
"""

from __future__ import annotations

from collections.abc import Iterator

from campaigns.bootstrap import App
from campaigns.services import stages, standing
from campaigns.services.steps import Acts, BatchStep, Step, in_order
from schemas.vocabulary import Stage


def stages_in_turn(app: App, campaign_code: str) -> Iterator[Stage]:
    """Yield the stages to go through; each is gone through before the next is asked for."""
    for name in app.read(campaign_code, standing.stages_to_run):
        yield Stage(name)
        now = app.read(campaign_code, standing.waiting)
        if now is not None and now.stage == name:
            return


def go_through(app: App, campaign_code: str, stage: Stage) -> None:
    """Take the steps of a stage as its flow does, without Prefect; people act by themselves."""
    for step in in_order(stage, lambda: app.act(campaign_code, stages.open_if_due, stage)):
        match step:
            case Step():
                app.act(campaign_code, step.act)
            case BatchStep():
                for ids in app.read(campaign_code, step.batches):
                    app.act(campaign_code, step.act, ids)
            case Acts():
                pass
