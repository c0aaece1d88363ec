"""Where do batches run? On threads of the run's own process, or on a Dask cluster: one setting.

A flow that maps batches takes its runner from here. Only ids go to the cluster and only counts come
back; each process there opens the installation that its own environment names (ADR 0025).
"""

from __future__ import annotations

from typing import Any, Final

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from campaigns.rules.engine.errors import HomeNotReady
from campaigns.settings import Settings
from language import _

_THREADS: Final = 4
"""Writers of a campaign queue up for its lock (ADR 0011); more of them would only wait."""
_ON_THIS_MACHINE: Final = {
    "threads_per_worker": 1,
    "host": "127.0.0.1",
    "dashboard_address": None,  # it would show what runs to everybody on the network
}


def batch_runner() -> TaskRunner[Any]:
    """Return the runner the settings name; it starts nothing before a batch is given to it.

    Raises:
        HomeNotReady: Dask is wanted and not installed.
    """
    kind, _separator, address = Settings().task_runner.partition(":")
    if kind == "threads":
        return ThreadPoolTaskRunner(max_workers=_THREADS)
    try:
        # Seconds to import, and installed only where the cluster is wanted.
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise HomeNotReady(
            _(
                "Batches shall run on Dask, and {package} is missing; install `thidua[cluster]`.",
                package=missing.name,
            )
        ) from missing
    if address:
        return DaskTaskRunner(address=address)
    return DaskTaskRunner(cluster_kwargs=dict(_ON_THIS_MACHINE))
