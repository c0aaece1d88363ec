"""A real campaign moves on as far as people have acted, and its run says whom it waits for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from campaigns import bootstrap
from campaigns.logs import FIELDS, PlaceFilter
from campaigns.services.approvals import verdicts
from campaigns.services.launch import cancellation
from campaigns.store.engine import edges as store
from campaigns.store.mail import messages
from campaigns.store.registers import people
from campaigns.store.tables import outbox
from campaigns.store.transaction import Transaction
from campaigns.views import board
from schemas.commands.approvals import ApproveStage
from schemas.commands.launch import CancelCampaign
from schemas.vocabulary import MessageState, Stage
from tests.prefect.conftest import CODE, LEADER

if TYPE_CHECKING:
    from prefect import State

pytestmark = pytest.mark.usefixtures("prefect_api")


def run_cycle() -> State[Any]:
    from flows.cycle import campaign_cycle  # noqa: PLC0415 - Prefect takes seconds to import

    return campaign_cycle(CODE, return_state=True)


def approve_launch(app: bootstrap.App) -> None:
    command = ApproveStage(command_id="approve", stage=Stage.LAUNCH, person_id=LEADER)
    app.act_as(LEADER, CODE, verdicts.approve, command)


def due_rows(tx: Transaction) -> list[int]:
    query = select(outbox.c.id).where(
        outbox.c.topic == "campaign-cycle", outbox.c.available_at <= tx.wall
    )
    return list(tx.connection.execute(query).scalars())


def announced(app: bootstrap.App) -> int:
    return len(app.read(CODE, lambda tx: messages.find(tx, template="campaign-launched")))


def test_run_ends_as_waiting_for_the_approvers_of_the_launch(app: bootstrap.App) -> None:
    state = run_cycle()

    assert state.is_completed()
    assert state.name == "Waiting"
    assert state.message == (
        "Phát động: chờ lãnh đạo phê duyệt (còn 1 chữ ký). "
        "Hạn: 08/02/2023 17:00 (Asia/Ho_Chi_Minh). Chờ từ 06/02/2023 08:00."
    )
    assert announced(app) == 0


def test_approved_launch_is_announced_to_every_unit_once(app: bootstrap.App) -> None:
    run_cycle()
    approve_launch(app)

    run_cycle()
    run_cycle()

    told = app.read(CODE, lambda tx: messages.find(tx, template="campaign-launched"))
    assert len({one.recipient_id for one in told}) == len(told) == 183


def test_act_during_a_run_is_seen_to_by_that_run(
    app: bootstrap.App, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import cycle  # noqa: PLC0415 - Prefect takes seconds to import

    acts, advance = [approve_launch], cycle.advance

    def advance_while_people_act(code: str, recorded_acts: str | None) -> None:
        advance(code, recorded_acts)
        while acts:
            acts.pop()(app)

    monkeypatch.setattr(cycle, "advance", advance_while_people_act)
    run_cycle()

    assert announced(app) == 183


def test_log_lines_of_a_run_name_campaign_row_and_run(
    app: bootstrap.App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from flows import cycle  # noqa: PLC0415 - Prefect takes seconds to import

    def say(_code: str, _recorded_acts: str | None) -> None:
        logging.getLogger("thidua.test").warning("here")

    monkeypatch.setattr(cycle, "advance", say)
    caplog.handler.addFilter(PlaceFilter())
    state = run_cycle()

    [line] = [one for one in caplog.records if one.getMessage() == "here"]
    run_id, rows = str(state.state_details.flow_run_id), app.read(CODE, due_rows)
    assert [getattr(line, name) for name in FIELDS] == [CODE, "", str(max(rows)), run_id]


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


def deliveries() -> int:
    """Count the runs of the delivery that the server knows."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName  # noqa: PLC0415

    named = FlowRunFilterName(any_=[f"{CODE}/delivery/run"])
    with get_client(sync_client=True) as client:
        return len(client.read_flow_runs(flow_run_filter=FlowRunFilter(name=named)))


def test_delivery_begins_only_where_mail_is_due_or_it_was_asked_for(app: bootstrap.App) -> None:
    before = deliveries()
    run_cycle()
    first = deliveries()
    run_cycle()
    second = deliveries()
    app.act(CODE, lambda tx: tx.wake(store.DELIVER))
    run_cycle()

    assert before < first == second < deliveries()
    assert not app.read(CODE, store.covered, store.DELIVER).up_to, "what asked for it is settled"


def test_run_of_a_cancelled_campaign_sends_the_notice_of_it(app: bootstrap.App) -> None:
    run_cycle()
    command = CancelCampaign(command_id="cancel", reason="Bão số 4", person_id=LEADER)
    app.act_as(LEADER, CODE, cancellation.cancel, command)

    state = run_cycle()

    told = app.read(CODE, lambda tx: messages.find(tx, template="campaign-cancelled"))
    assert state.message == "Phong trào đã kết thúc, không còn chờ gì."
    assert {one.state for one in told} == {MessageState.SENT}
