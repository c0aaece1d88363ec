"""A real campaign moves on as far as people have acted, and its run says whom it waits for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from campaigns import bootstrap, intake
from campaigns.intake import Request
from campaigns.services import approvals, board, launch
from campaigns.services.playbooks import load_playbook
from campaigns.settings import Settings
from campaigns.store import messages, people, schema
from campaigns.store.engine import open_engine
from schemas.commands import ApproveStage, CreateCampaign, LaunchCampaign
from schemas.vocabulary import MessageState, Stage

if TYPE_CHECKING:
    from prefect import State

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "examples" / "ben-tre-2023"
CODE = "DVK-2023"
COORDINATOR, LEADER = "P001", "P003"

pytestmark = pytest.mark.usefixtures("prefect_api")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bootstrap.App:
    """Give an installation with units, people and a launched campaign."""
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    schema.upgrade(open_engine(Settings().database))
    app = bootstrap.app()
    intake.import_units(app, Request(FACTS / "units.csv", COORDINATOR))
    intake.import_people(app, Request(FACTS / "people.csv", COORDINATOR), date(2023, 1, 1))
    # A clock of its own: the units of the example ceased in 2025.
    begins = datetime(2023, 2, 6, 1, tzinfo=UTC)
    create = CreateCampaign(command_id="create", code=CODE, rehearsal_starts_at=begins)
    app.act_as(COORDINATOR, None, launch.create, create, load_playbook("dan-van-kheo"))
    start = LaunchCampaign(command_id="launch", person_id=COORDINATOR)
    app.act_as(COORDINATOR, CODE, launch.launch, start)
    return app


def run_cycle() -> State[Any]:
    from flows.cycle import campaign_cycle  # noqa: PLC0415 - Prefect takes seconds to import

    return campaign_cycle(CODE, return_state=True)


def approve_launch(app: bootstrap.App) -> None:
    command = ApproveStage(command_id="approve", stage=Stage.LAUNCH, person_id=LEADER)
    app.act_as(LEADER, CODE, approvals.approve, command)


def announced(app: bootstrap.App) -> int:
    return len(app.read(CODE, lambda tx: messages.find(tx, template="campaign-launched")))


def test_run_ends_as_waiting_for_the_approvers_of_the_launch(app: bootstrap.App) -> None:
    state = run_cycle()

    assert state.is_completed()
    assert state.name == "Waiting"
    assert state.message == "launch: waiting for leader: approval (1) until 2023-02-08 10:00 UTC"
    assert announced(app) == 0


def test_approved_launch_is_announced_to_every_unit_once(app: bootstrap.App) -> None:
    run_cycle()
    approve_launch(app)

    run_cycle()
    run_cycle()

    told = app.read(CODE, lambda tx: messages.find(tx, template="campaign-launched"))
    assert len({one.recipient_id for one in told}) == len(told) == 183


def test_run_names_and_tags_are_what_people_filter_by(app: bootstrap.App) -> None:
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId  # noqa: PLC0415

    state = run_cycle()
    run_id = state.state_details.flow_run_id
    assert run_id is not None

    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
        )
    assert [run.name for run in runs] == [f"{CODE}/cycle/run"]


def test_second_run_at_once_changes_nothing(app: bootstrap.App) -> None:
    run_cycle()
    before = app.read(CODE, board.view)

    run_cycle()

    assert app.read(CODE, board.view).last_hash == before.last_hash


def test_board_holds_counts_and_no_names(app: bootstrap.App) -> None:
    from prefect.artifacts import Artifact  # noqa: PLC0415 - takes seconds to import

    from flows.board import publish_board  # noqa: PLC0415

    run_cycle()
    publish_board()

    found = [Artifact.get("campaign-board"), Artifact.get(f"campaign-{CODE.lower()}")]
    shown = "".join(str(getattr(one, "data", "")) for one in found)
    assert CODE in shown
    names = [one.full_name for one in app.read(None, people.everyone).values()]
    assert len(names) == 57
    assert not [name for name in names if name in shown]


def test_queued_mail_is_delivered_by_the_run(app: bootstrap.App) -> None:
    run_cycle()

    assert {one.state for one in app.read(CODE, messages.find)} == {MessageState.SENT}
