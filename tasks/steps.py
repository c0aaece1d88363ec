"""Which tasks has a stage? One for each step that `campaigns.services.steps` names.

What a step does and when its turn is stands there; here it gets its name in Prefect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from prefect import Task

from campaigns.services import stages
from campaigns.services.steps import BatchStep, Step
from schemas.vocabulary import Stage
from tasks.common import app, step

P = ParamSpec("P")
R = TypeVar("R")


@step("{campaign_code}/{stage}/open")
def open_stage(campaign_code: str, stage: str) -> bool:
    """Open a stage whose turn and time have come; True if it is open."""
    return app().act(campaign_code, stages.open_if_due, Stage(stage))


def whole(stage: Stage, one: Step | BatchStep) -> Task[[str], int]:
    """Return the task that takes a step; the task returns how much it changed."""

    def take(campaign_code: str) -> int:
        if isinstance(one, Step):
            return app().act(campaign_code, one.act).changed
        batches = app().read(campaign_code, one.batches)
        return sum(app().act(campaign_code, one.act, ids).changed for ids in batches)

    return _named(stage, one.name, one.name)(take)


def listing(stage: Stage, one: BatchStep) -> Task[[str], list[Sequence[int]]]:
    """Return the task that lists the batches of a step."""

    def listed(campaign_code: str) -> list[Sequence[int]]:
        return app().read(campaign_code, one.batches)

    return _named(stage, f"list-{one.listed}", one.listed)(listed)


def batch(stage: Stage, one: BatchStep) -> Task[[str, Sequence[int]], int]:
    """Return the task that takes a step for one batch; the task returns how much it changed."""

    def take(campaign_code: str, ids: Sequence[int]) -> int:
        return app().act(campaign_code, one.act, ids).changed

    return _named(stage, one.name, one.name)(take)


def _named(stage: Stage, run: str, name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Name a task, and its runs by campaign, stage and what is done."""
    return step(f"{{campaign_code}}/{stage}/{run}", name=name.replace("-", "_"))
