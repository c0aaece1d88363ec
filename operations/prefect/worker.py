"""Who carries out the runs? A worker of Prefect's kind whose runs start in one way only (ADR 0034).

Prefect lets the work pool, the deployment and each run choose the command, its environment and its
folder. Whoever may write to its API could have this machine run anything. This worker heeds none of
them.
"""

from __future__ import annotations

import asyncio
import os
import warnings
from typing import Any

from prefect.client.orchestration import PrefectClient
from prefect.logging import get_logger
from prefect.utilities.processutils import setup_signal_handlers_worker
from prefect.workers import process
from prefect.workers.process import ProcessJobConfiguration, ProcessWorker

from flows.deploying import COMMAND, POOL
from flows.own import flow_of_ended_run


class OwnJob(ProcessJobConfiguration):
    """How a run of ours starts, whatever anybody has asked for."""

    @classmethod
    async def from_template_and_values(
        cls,
        base_job_template: dict[str, Any],
        values: dict[str, Any],
        client: PrefectClient | None = None,  # noqa: ARG003 - Prefect's own signature
    ) -> OwnJob:
        """Return the one way there is; say what was not heeded, by its name alone."""
        if values:
            get_logger("thidua.worker").warning(
                "job variables of a run are not heeded: %s", ", ".join(sorted(values))
            )
        if base_job_template.get("job_configuration", {}).get("command") not in {None, COMMAND}:
            get_logger("thidua.worker").warning(
                "the command of the work pool was changed; it is not heeded. "
                "`thidua engine deploy` puts it back"
            )
        return cls(command=COMMAND)


with warnings.catch_warnings():
    # It takes the place of Prefect's own worker of this kind in this process, and is meant to.
    warnings.simplefilter("ignore", UserWarning)

    class OwnWorker(ProcessWorker):
        """Starts runs of ours, and knows of no other flows when one has ended."""

        type = ProcessWorker.type
        job_configuration = OwnJob


def work(name: str | None) -> None:
    """Carry out runs until the process is told to end."""
    setattr(process, "load_flow_from_flow_run", flow_of_ended_run)  # noqa: B010 - not exported
    setup_signal_handlers_worker(os.getpid(), "the worker", print)
    worker = OwnWorker(work_pool_name=POOL, name=name, create_pool_if_not_found=False)
    asyncio.run(worker.start(printer=print))
