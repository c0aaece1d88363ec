"""What have all tasks in common? No caching, a few retries, and the installation to work for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, ParamSpec, TypeVar

from prefect import State, Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import TaskRun

from campaigns.bootstrap import app
from campaigns.rules.errors import CampaignError

P = ParamSpec("P")
R = TypeVar("R")
BATCH: Final = 1_000
"""Ids per task."""

__all__ = ["BATCH", "app", "batches", "step"]


def step(run_name: str, *, retries: int = 2) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a task of a function; a retry is safe: every service asks the rows what is left."""

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        return Task(
            function,
            task_run_name=run_name,
            cache_policy=NO_CACHE,
            retries=retries,
            retry_delay_seconds=2,
            retry_condition_fn=_may_pass,
        )

    return decorate


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """A named error of ours comes again however often it is tried; only other failures may pass."""
    return not isinstance(state.result(raise_on_failure=False), CampaignError)


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """Cut a list of ids into what one task is given."""
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])
