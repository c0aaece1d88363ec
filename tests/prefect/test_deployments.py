"""The engine is deployed to a real server and read back: what breaks in it, breaks here.

Each trigger is rendered with a sample event by the server's own code: a template that cannot be
rendered makes the action fail with one line in a log, and nothing runs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from ruamel.yaml import YAML

from tests.processes import until

if TYPE_CHECKING:
    from prefect.client.schemas.responses import DeploymentResponse
    from prefect.events.schemas.automations import Automation

NAMES = {
    "launch-campaign",
    "campaign-cycle",
    "deliver-notifications",
    "sweep-deadlines",
    "reconcile",
    "publish-board",
}
RUN = UUID(int=7)


@pytest.fixture(scope="module")
def deployed(prefect_api: str) -> None:
    from flows.deploying import deploy  # noqa: PLC0415 - takes seconds to import

    deploy()
    deploy()


@pytest.fixture(scope="module")
def deployments(deployed: None) -> dict[str, DeploymentResponse]:
    from prefect.client.orchestration import get_client  # noqa: PLC0415

    with get_client(sync_client=True) as client:
        return {one.name: one for one in client.read_deployments()}


@pytest.fixture(scope="module")
def automations(deployed: None) -> dict[str, Automation]:
    from prefect.client.orchestration import get_client  # noqa: PLC0415

    with get_client(sync_client=True) as client:
        found = client.read_automations()
    assert len({one.name for one in found}) == len(found), "deployed twice, there once"
    return {one.name: one for one in found}


def test_deployments_are_registered_by_their_names(deployments):
    assert set(deployments) == NAMES


def test_entrypoints_name_modules_that_hold_the_flow(deployments):
    from importlib import import_module  # noqa: PLC0415

    for name, one in deployments.items():
        module, _, flow = one.entrypoint.partition(":")
        assert getattr(import_module(module), flow).name == name


def test_relay_asks_for_deployments_that_exist(deployments):
    from campaigns.store.engine import edges  # noqa: PLC0415

    assert {edges.CYCLE, edges.DELIVER, edges.SWEEP} <= set(deployments)


def test_every_deployment_takes_the_workers_of_the_pool(deployments):
    assert {one.work_pool_name for one in deployments.values()} == {"thidua"}


def test_schedules_are_the_nets_beneath_the_relay(deployments):
    found = {
        name: [one.schedule.interval for one in deployment.schedules if one.active]
        for name, deployment in deployments.items()
    }
    assert {name: intervals for name, intervals in found.items() if intervals} == {
        "sweep-deadlines": [timedelta(minutes=5)],
        "reconcile": [timedelta(hours=1)],
        "publish-board": [timedelta(minutes=10)],
    }


def test_scheduled_runs_are_named_after_their_work(deployments):
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.client.schemas.filters import (  # noqa: PLC0415
        DeploymentFilter,
        DeploymentFilterId,
    )

    wanted = {
        "sweep-deadlines": "all/deadlines/sweep",
        "reconcile": "all/engine/reconcile",
        "publish-board": "all/board/publish",
    }

    def scheduled(name: str) -> set[str]:
        chosen = DeploymentFilter(id=DeploymentFilterId(any_=[deployments[name].id]))
        with get_client(sync_client=True) as client:
            return {run.name for run in client.read_flow_runs(deployment_filter=chosen)}

    until(lambda: all(map(scheduled, wanted)), 90, "all of them are scheduled")
    assert {name: scheduled(name) for name in wanted} == {
        name: {said} for name, said in wanted.items()
    }


def test_limits_keep_the_nets_from_piling_up(deployments):
    found = {
        name: (
            one.global_concurrency_limit.limit,
            one.concurrency_options.collision_strategy.value,
        )
        for name, one in deployments.items()
        if one.global_concurrency_limit is not None
    }
    assert found == {
        "sweep-deadlines": (1, "ENQUEUE"),
        "reconcile": (1, "CANCEL_NEW"),
        "publish-board": (1, "CANCEL_NEW"),
    }


def test_form_of_a_launch_says_what_to_fill_in(deployments):
    fields = deployments["launch-campaign"].parameter_openapi_schema
    assert fields["required"] == ["coordinator"]
    assert "dan-van-kheo" in fields["properties"]["playbook"]["enum"]
    for field in fields["properties"].values():
        assert field["title"]
        assert field["description"]


# --- Automations ---------------------------------------------------------------------------------


def event(name: str, resource: dict[str, str], *related: dict[str, str]) -> Any:
    from prefect.server.events.schemas.events import ReceivedEvent  # noqa: PLC0415

    return ReceivedEvent.model_validate(
        {
            "occurred": datetime.now(UTC),
            "event": name,
            "resource": resource,
            "related": list(related),
            "payload": {"number": "3"},
            "id": uuid4(),
        }
    )


SAMPLES: dict[str, tuple[str, dict[str, str], tuple[dict[str, str], ...]]] = {
    "thidua: the work of a failed run is done again": (
        "prefect.flow-run.Failed",
        {"prefect.resource.id": f"prefect.flow-run.{RUN}"},
        (
            {
                "prefect.resource.id": f"prefect.flow.{UUID(int=8)}",
                "prefect.resource.role": "flow",
                "prefect.resource.name": "campaign-cycle",
            },
        ),
    ),
    "thidua: runs without a heartbeat have crashed": (
        "prefect.flow-run.heartbeat",
        {"prefect.resource.id": f"prefect.flow-run.{RUN}"},
        (),
    ),
}


def server_side(automation: Automation) -> Any:
    """Return an automation as the server sees it."""
    from prefect.server.events.schemas.automations import Automation as OfServer  # noqa: PLC0415

    return OfServer.model_validate(automation.model_dump(mode="json"))


def test_every_automation_has_a_sample(automations):
    assert set(automations) == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_trigger_matches_its_sample(automations, name: str):
    what, resource, related = SAMPLES[name]
    trigger = server_side(automations[name]).trigger
    assert trigger.covers(event(what, resource, *related)) or (
        trigger.starts_after(what) and trigger.covers_resources(event(what, resource, *related))
    )


async def rendered(automation: Any, sample: Any) -> dict[str, Any]:
    from prefect.server.events.schemas.automations import (  # noqa: PLC0415
        Firing,
        TriggeredAction,
        TriggerState,
    )

    automation.trigger._set_parent(automation)
    (action,) = automation.actions
    firing = Firing(
        trigger=automation.trigger,
        trigger_states={TriggerState.Triggered},
        triggered=sample.occurred,
        triggering_labels={},
        triggering_event=sample,
    )
    triggered = TriggeredAction(
        automation=automation,
        firing=firing,
        triggered=firing.triggered,
        triggering_labels={},
        triggering_event=sample,
        action=action,
        action_index=0,
    )
    result: dict[str, Any] = await action.render_parameters(triggered)
    return result


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        (
            "thidua: the work of a failed run is done again",
            {"failed_run": f"prefect.flow-run.{RUN}"},
        ),
    ],
)
def test_parameters_are_rendered_from_the_sample(automations, name: str, parameters):
    from anyio import run  # noqa: PLC0415

    what, resource, related = SAMPLES[name]
    found = run(rendered, server_side(automations[name]), event(what, resource, *related))

    assert found == parameters


def test_run_that_waits_for_people_is_no_zombie(automations):
    """Our runs end in states of their own names; each of them is an end all the same."""
    trigger = server_side(automations["thidua: runs without a heartbeat have crashed"]).trigger

    for name in ("Waiting", "Existing", "Completed", "Failed", "Crashed", "Cancelled"):
        assert trigger.expects(f"prefect.flow-run.{name}")


def test_file_has_what_is_deployed():
    from flows.deploying import FOLDER  # noqa: PLC0415

    said = YAML(typ="safe").load((FOLDER / "prefect.yaml").read_text("utf-8"))
    assert {one["name"] for one in said["deployments"]} == NAMES
