"""Which code does a run carry out? The flow of ours that bears its name, and nothing else.

Prefect would load what its database says of the deployment, and take every step written there:
whoever can write to its API could name any command. Here the names are constants (ADR 0034).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun

from language import N_
from language.errors import Kind, Refusal

OWN: Final = {
    "launch-campaign": ("flows.start", "launch_campaign"),
    "campaign-cycle": ("flows.cycle", "campaign_cycle"),
    "deliver-notifications": ("flows.delivery", "deliver_notifications"),
    "sweep-deadlines": ("flows.sweep", "sweep_deadlines"),
    "reconcile": ("flows.reconcile", "reconcile"),
    "publish-board": ("flows.board", "publish_board"),
}
"""Where each flow stands that may be run; the same as in `prefect.yaml`."""


class FlowNotOurs(Refusal):
    """A run asks for a flow that this program does not have."""

    kind = Kind.NOT_FOUND
    message = N_("{name!r} is no flow of thidua; its workers carry out only: {OWN}.")

    def __init__(self, name: str) -> None:
        super().__init__(name=name, OWN=", ".join(OWN))


def own_flow(name: str) -> Flow[..., Any]:
    """Return the flow of this name.

    Raises:
        FlowNotOurs: There is none.
    """
    if name not in OWN:
        raise FlowNotOurs(name)
    module, attribute = OWN[name]
    flow: Flow[..., Any] = getattr(import_module(module), attribute)
    return flow


def flow_of_run(flow_run: FlowRun) -> Flow[..., Any]:
    """Return the flow that a run is of, as Prefect's engine asks for it.

    Raises:
        FlowNotOurs: It is none of ours.
    """
    with get_client(sync_client=True) as client:
        return own_flow(client.read_flow(flow_run.flow_id).name)


async def flow_of_ended_run(flow_run: FlowRun) -> Flow[..., Any]:
    """Return the flow that a run was of, as a worker asks for it once the run has ended.

    Raises:
        FlowNotOurs: It is none of ours.
    """
    async with get_client() as client:
        return own_flow((await client.read_flow(flow_run.flow_id)).name)


def heed_own_flows_only() -> None:
    """Have Prefect's engine in this process load flows so, whatever a deployment says."""
    from prefect import flow_engine  # noqa: PLC0415 - seconds, and only a run needs it

    flow_engine.load_flow = flow_of_run
