"""The relay against a real server: the same run after a kill, and events that can be watched."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from campaigns import bootstrap
from campaigns.engine.relay import PrefectEvents, PrefectStarter, Publisher, Relay, RunRefused
from campaigns.services.engine import runs as service
from campaigns.services.engine.runs import Wanted
from campaigns.services.launch import launch
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.tables import outbox as table
from campaigns.store.transaction import Transaction
from schemas.commands.launch import CreateCampaign
from tests.processes import prefect_client
from tests.world import CODE, settle, short_playbook

ROOT = Path(__file__).parents[2]
DYING = """
import os, signal
from campaigns import bootstrap
from campaigns.engine.relay import PrefectStarter, Relay

class Dying(PrefectStarter):
    def start(self, wanted):
        print(super().start(wanted), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

Relay(bootstrap.app(), Dying()).tick()
"""
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def deployed(prefect_api: str) -> str:
    """Register the one flow that is asked for; all of them take longer and are tested elsewhere."""
    from prefect.deployments.runner import RunnerDeployment  # noqa: PLC0415 - takes seconds

    from flows.cycle import campaign_cycle  # noqa: PLC0415 - as above

    RunnerDeployment.from_flow(campaign_cycle, name="campaign-cycle").apply()
    return prefect_api


@pytest.fixture
def app(deployed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bootstrap.App:
    """Give a campaign with one change that wants a run; other processes see the same."""
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    monkeypatch.setenv("PREFECT_API_URL", deployed)
    schema.upgrade(open_engine(Settings().database))
    app = bootstrap.app()
    app.act_as("mai", None, settle)
    create = CreateCampaign(command_id="create", code=CODE)
    app.act_as("mai", None, launch.create, create, short_playbook())
    return app


def end_leases(tx: Transaction) -> None:
    """Let the time of a lease pass."""
    tx.connection.execute(update(table).values(claimed_until=tx.wall - timedelta(seconds=1)))


def test_deployment_made_anew_is_found_by_a_relay_that_knew_the_old_one(deployed: str):
    from prefect.deployments.runner import RunnerDeployment  # noqa: PLC0415 - takes seconds

    from flows.cycle import campaign_cycle  # noqa: PLC0415 - as above

    starter = PrefectStarter()
    wanted = Wanted("campaign-cycle", CODE, (1,), f"{CODE}:anew", 1)
    starter.start(wanted)
    with prefect_client(deployed) as client:
        found = client.get(f"{deployed}/deployments/name/campaign-cycle/campaign-cycle").json()
        client.delete(f"{deployed}/deployments/{found['id']}").raise_for_status()
    RunnerDeployment.from_flow(campaign_cycle, name="campaign-cycle").apply()

    with pytest.raises(RunRefused):
        starter.start(wanted._replace(key=f"{CODE}:anew-2"))

    assert starter.start(wanted._replace(key=f"{CODE}:anew-3"))


def run_ids(app: bootstrap.App) -> set[str | None]:
    with app.store.reading() as tx:
        return set(tx.connection.execute(select(table.c.flow_run_id)).scalars())


def test_relay_killed_after_the_run_was_created_comes_to_the_same_run(app: bootstrap.App):
    died = subprocess.run(
        [sys.executable, "-c", DYING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    created = died.stdout.split()
    assert (died.returncode, len(created)) == (-9, 1), died.stderr
    app.act_as("system:test", None, end_leases)

    Relay(app, PrefectStarter()).tick()

    assert run_ids(app) == {*created}


def test_missing_deployment_is_a_refusal(app: bootstrap.App):
    with pytest.raises(RunRefused):
        PrefectStarter().start(Wanted("of-no-deployment", CODE, (1,), "key", 1))


def test_run_carries_the_campaign_and_nothing_else(app: bootstrap.App, deployed: str):
    (wanted,) = app.act_as("system:relay", None, service.claim, 10)

    run_id = PrefectStarter().start(wanted)

    with prefect_client(deployed) as client:
        run = client.get(f"{deployed}/flow_runs/{run_id}").json()
    assert run["name"] == f"{CODE}/cycle/run"
    assert run["parameters"] == {"campaign_code": CODE}
    assert run["tags"] == [f"campaign:{CODE}"]
    assert run["parent_task_run_id"] is None


def watched(api: str) -> list[dict[str, object]]:
    asked = {"filter": {"resource": {"id": [f"thidua.campaign.{CODE}"]}}}
    with prefect_client(api) as client:
        answer = client.post(f"{api}/events/filter", json=asked)
    found: list[dict[str, object]] = answer.json()["events"]
    return found


def test_events_can_be_watched_at_the_server(app: bootstrap.App, deployed: str):
    assert Publisher(app, PrefectEvents()).follow() == 1

    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not (found := watched(deployed)) and time.monotonic() < give_up_at:
        time.sleep(0.1)  # the server stores events a few seconds after it took them
    assert [one["event"] for one in found] == ["thidua.campaign.created"]
    assert found[0]["payload"] == {
        "campaign": CODE,
        "count": "1",
        "command": "create",
        "from": "",
        "to": "draft",
    }


def test_run_that_waits_for_a_worker_is_to_come(app: bootstrap.App):
    starter = PrefectStarter()
    run_id = starter.start(Wanted("campaign-cycle", CODE, (1,), f"{CODE}:waits", 1))

    assert starter.is_to_come(run_id, app.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("kind", "since", "may_come"),
    [
        ("PENDING", -5, True),
        ("PENDING", 5, False),
        ("CANCELLED", -5, False),
        ("CRASHED", -5, False),
    ],
)
def test_run_that_was_taken_is_to_come_for_a_moment_only(
    app: bootstrap.App, deployed: str, kind: str, since: int, may_come: bool
):
    starter = PrefectStarter()
    run_id = starter.start(Wanted("campaign-cycle", CODE, (1,), f"{CODE}:{kind}:{since}", 1))
    body = {"state": {"type": kind}, "force": True}
    with prefect_client(deployed) as client:
        client.post(f"{deployed}/flow_runs/{run_id}/set_state", json=body).raise_for_status()

    assert starter.is_to_come(run_id, app.now() + timedelta(seconds=since)) is may_come


def test_run_that_prefect_does_not_know_is_not_to_come(app: bootstrap.App):
    assert not PrefectStarter().is_to_come(str(uuid4()), app.now())
