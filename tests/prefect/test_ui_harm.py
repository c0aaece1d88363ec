"""Whatever is pressed in Prefect's UI, on whichever run: no campaign is harmed.

Each test compares a campaign with one in which nobody pressed anything. And Prefect's own nets are
seen to be there: runs by schedule, and automations that fire.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from schemas.vocabulary import Stage, StageState
from tests.prefect.engine import PATIENCE, Engine, Outcome, running_engine
from tests.processes import until

pytestmark = pytest.mark.timeout(600)  # the first test waits for server, worker and nine runs
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Undisturbed(NamedTuple):
    """What a campaign comes to where nobody presses anything."""

    asked: Outcome
    """After its launch: the leaders are asked to approve."""
    approved: Outcome
    """After one of them has approved: all units are told."""


@pytest.fixture(scope="module")
def engine(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with running_engine(prefect_api, tmp_path_factory.mktemp("engine")) as engine:
        yield engine


@pytest.fixture(scope="module")
def undisturbed(engine: Engine) -> Undisturbed:
    code = engine.launch()
    asked = engine.come_to_rest(code)
    engine.approve(code)
    approved = engine.come_to_rest(code)

    assert (Stage.LAUNCH, StageState.AWAITING_APPROVAL) in asked.stages
    assert (Stage.LAUNCH, StageState.APPROVED) in approved.stages
    assert 0 < len(asked.mail) < len(approved.mail)
    assert (asked.intact, approved.intact) == (True, True)
    return Undisturbed(asked, approved)


@contextmanager
def on_hold(engine: Engine, *runs: str) -> Iterator[None]:
    """Wait until runs are under way; they can do nothing, for what they write waits for us."""
    with engine.app.store.writing("system:test"):
        for run in runs:
            engine.until_state(run, "RUNNING")
        yield


# --- A run that has not ended --------------------------------------------------------------------

BEFORE_THE_END = (
    "cancelled, not yet taken",
    "deleted, not yet taken",
    "cancelled under way",
    "cancelled under way, then retried",
    "deleted under way",
)


@pytest.fixture(scope="module")
def pressed(engine: Engine) -> dict[str, str]:
    """Give the code of a campaign for each thing that was done to its run."""
    codes = {done: engine.launch() for done in BEFORE_THE_END}
    with engine.untaken():
        runs = {done: engine.ask(code) for done, code in codes.items()}
        engine.cancel(runs["cancelled, not yet taken"])
        engine.delete(runs["deleted, not yet taken"])
    cancelled = runs["cancelled under way"], runs["cancelled under way, then retried"]
    with on_hold(engine, *cancelled, runs["deleted under way"]):
        engine.delete(runs["deleted under way"])
        for run in cancelled:
            engine.cancel(run)
        time.sleep(1)  # for the worker's signal to come while they can do nothing
    for run in cancelled:
        engine.until_state(run, "CANCELLED")
    engine.retry(runs["cancelled under way, then retried"])
    engine.until_state(runs["cancelled under way, then retried"], *ENDED)
    for code in codes.values():
        engine.lose_patience(code)
    return codes


@pytest.mark.parametrize("done", BEFORE_THE_END)
def test_work_of_a_run_that_was_stopped_is_done_all_the_same(
    engine: Engine, undisturbed: Undisturbed, pressed: dict[str, str], done: str
):
    assert engine.come_to_rest(pressed[done]) == undisturbed.asked


def test_run_left_cancelling_by_a_dead_worker_is_asked_for_again(
    engine: Engine, undisturbed: Undisturbed
):
    code = engine.launch()
    run = engine.ask(code)
    with on_hold(engine, run):
        engine.worker.kill()
        engine.cancel(run)
    engine.worker.start()
    engine.lose_patience(code)

    assert engine.come_to_rest(code) == undisturbed.asked
    assert engine.state(run) == "CANCELLING"


# --- A run that has ended ------------------------------------------------------------------------


def test_ended_run_retried_does_what_has_come_up_since(engine: Engine, undisturbed: Undisturbed):
    """It covers the rows that are due, and must not settle them without doing their work."""
    code = engine.launch()
    run = engine.ask(code)
    engine.come_to_rest(code)
    engine.approve(code)

    engine.retry(run)
    engine.until_state(run, *ENDED)

    assert engine.come_to_rest(code) == undisturbed.approved


def test_ended_run_deleted_is_missed_by_nobody(engine: Engine, undisturbed: Undisturbed):
    code = engine.launch()
    run = engine.ask(code)
    engine.come_to_rest(code)

    engine.delete(run)

    assert engine.come_to_rest(code) == undisturbed.asked


def test_stages_and_delivery_store_no_results_that_a_retry_would_take_for_work_done():
    from prefect import Flow  # noqa: PLC0415 - takes seconds to import

    from flows.cycle import STAGE_FLOWS  # noqa: PLC0415 - as above
    from flows.delivery import deliver_notifications  # noqa: PLC0415 - as above

    flows: list[Flow[..., Any]] = [*STAGE_FLOWS.values(), deliver_notifications]
    assert [one.name for one in flows if one.persist_result is not False] == []


# --- Prefect's own nets --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dead_run(engine: Engine) -> Iterator[str]:
    """Give a run of which nothing is heard after one heartbeat; ten seconds stand for three."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - takes seconds to import
    from prefect.events.schemas.automations import EventTrigger  # noqa: PLC0415 - as above
    from prefect.events.schemas.events import ResourceSpecification  # noqa: PLC0415 - as above

    from flows.automations import zombie_automation  # noqa: PLC0415 - as above

    with engine.untaken(), get_client(sync_client=True) as client:
        run = engine.ask(engine.launch())
        name = f"prefect.flow-run.{run}"
        watch = zombie_automation()
        watch.name += f", {run}"
        assert isinstance(watch.trigger, EventTrigger)
        watch.trigger.match = ResourceSpecification({"prefect.resource.id": name})
        watch.trigger.within = timedelta(seconds=10)
        watching = client.create_automation(watch)
        engine.set_state(run, type="RUNNING", name="Running")
        heartbeat = {
            "id": str(uuid4()),
            "event": "prefect.flow-run.heartbeat",
            "occurred": datetime.now(UTC).isoformat(),
            "resource": {"prefect.resource.id": name},
        }
        engine.request("POST", "/events", [heartbeat])
        yield run
        client.delete_automation(watching)


def test_run_without_heartbeat_is_shown_as_crashed(engine: Engine, dead_run: str):
    engine.until_state(dead_run, "CRASHED")


def test_work_of_a_crashed_run_is_asked_for_again_at_once(engine: Engine, dead_run: str):
    wanted = {"failed_run": f"prefect.flow-run.{dead_run}"}

    def is_asked_for() -> bool:
        return wanted in [run["parameters"] for run in engine.runs("reconcile")]

    until(is_asked_for, PATIENCE, f"a run of reconcile with {wanted}")


def test_schedule_brings_runs_forth(engine: Engine):
    def is_scheduled() -> bool:
        return any(
            run["auto_scheduled"] and run["state_type"] == "SCHEDULED"
            for run in engine.runs("sweep-deadlines")
        )

    until(is_scheduled, PATIENCE, "a run of sweep-deadlines by its schedule")
