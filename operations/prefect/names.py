"""What are scheduled runs called until they begin? After their work, like those that run.

Prefect gives them two words by chance, and its pages show three of them for each net. In the shared
set-up Prefect's own command schedules, and they keep those names until they begin.
"""

from __future__ import annotations

from typing import Any


def scheduled_name(slug: str) -> str:
    """Return the name of a run by its schedule's: `deadlines-sweep` is `all/deadlines/sweep`."""
    return f"all/{slug.replace('-', '/', 1)}"


def name_scheduled_runs() -> None:
    """Have the Prefect server of this process name the runs it schedules."""
    from prefect.server.models import deployments

    generate = deployments._generate_scheduled_flow_runs  # noqa: SLF001 - there is no setting

    async def generate_named(*given: Any, **named: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - as Prefect's
        runs: list[dict[str, Any]] = await generate(*given, **named)
        return [_named(run) for run in runs]

    deployments._generate_scheduled_flow_runs = generate_named  # noqa: SLF001 - as above


def _named(run: dict[str, Any]) -> dict[str, Any]:
    # All rows of one insert have the same columns, so each has a name.
    return {**run, "name": scheduled_name(str(run["created_by"]["display_value"]))}
