"""What have all tasks in common? No caching, a few retries, and the installation to work for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

from prefect import State, Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas import TaskRun

from campaigns.bootstrap import app
from campaigns.store import campaigns
from language.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["all_of", "app", "campaign_codes", "step"]


def step(
    run_name: str, *, name: str | None = None, retries: int = 2
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Make a task of a function; a retry is safe: every service asks the rows what is left.

    `name` is that of the task, where it is not the function's.
    """

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        return Task(
            function,
            name=name,
            task_run_name=run_name,
            cache_policy=NO_CACHE,
            retries=retries,
            retry_delay_seconds=2,
            retry_condition_fn=_may_pass,
        )

    return decorate


def _may_pass(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """A named error of ours comes again however often it is tried; only other failures may pass."""
    return not isinstance(state.result(raise_on_failure=False), Refusal)


def campaign_codes(*, every: bool = False) -> list[str]:
    """Return the codes of the campaigns under way, or of every one."""
    return app().read(None, campaigns.codes if every else campaigns.running)


def all_of(codes: Sequence[str], act: Callable[[str], R]) -> list[R]:
    """Do something for each campaign; what fails for one keeps no other from it.

    Raises:
        ExceptionGroup: What failed, after all had their turn.
    """
    results: list[R] = []
    failures: list[Exception] = []
    for code in codes:
        try:
            results.append(act(code))
        except Exception as failure:  # noqa: BLE001 - raised below, with those of the others
            failures.append(failure)
    if failures:
        msg = f"{len(failures)} of {len(codes)} campaigns"
        raise ExceptionGroup(msg, failures)
    return results
