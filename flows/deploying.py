"""How does Prefect learn of the engine? Work pool, deployments, automations: set, not added.

May be repeated at any time, and by two at once. The deployments stand in `prefect.yaml`, and
Prefect's own command reads it, in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.exceptions import ObjectAlreadyExists
from prefect.settings import PREFECT_API_URL
from prefect.utilities.processutils import command_to_string

from flows.automations import set_automations
from language import N_
from language.errors import Kind, Refusal

POOL: Final = "thidua"
FOLDER: Final = Path(__file__).parents[1]
COMMAND: Final = command_to_string(
    [sys.executable, "-I", "-S", str(FOLDER / "operations" / "processes" / "warm_run.py")]
)
"""What starts each run. Without a command of its own, Prefect starts a further interpreter, only to
find out where the code lies: seconds, and it lies beside this file. This one asks the warm process
of `thidua up`, where there is one (ADR 0030)."""
TEMPLATE: Final[dict[str, Any]] = {
    "job_configuration": {"command": COMMAND, "stream_output": True},
    "variables": {
        "description": "Nothing of a run can be chosen: how it starts is constant (ADR 0034).",
        "type": "object",
        "properties": {},
        "additionalProperties": False,
    },
}
"""Without `env` in it: what is there, Prefect would mix with the environment a run asks for."""
_PATIENCE_SECONDS: Final = 300


class DeploymentRefused(Refusal):
    """Prefect took the deployments not."""

    kind = Kind.NOT_READY
    message = N_(
        "Prefect did not take the deployments: {output} Put right what it names and repeat the "
        "command; it may be repeated at any time."
    )

    def __init__(self, output: str) -> None:
        super().__init__(output=output)


def deploy() -> tuple[str, ...]:
    """Set up everything the engine needs at the Prefect API in use; return the deployments.

    Raises:
        DeploymentRefused: Prefect said no; the error says what it said.
    """
    with get_client(sync_client=True) as client:
        _create_pool(client)
        _deploy_all()
        set_automations(client)
        found = client.read_deployments()
    return tuple(sorted(one.name for one in found if one.work_pool_name == POOL))


def _create_pool(client: SyncPrefectClient) -> None:
    pool = WorkPoolCreate(name=POOL, type="process", base_job_template=TEMPLATE)
    try:
        client.create_work_pool(pool)
    except ObjectAlreadyExists:
        client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=TEMPLATE))


def _deploy_all() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=FOLDER,
        env={**os.environ, "PREFECT_API_URL": PREFECT_API_URL.value() or ""},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    if done.returncode:
        raise DeploymentRefused((done.stderr or done.stdout)[-1_000:].strip())
