"""Two of everything, some of it killed on the way: the campaign comes to what one machine makes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from schemas.vocabulary import Stage
from tests import drive
from tests.cluster.conftest import Cluster
from tests.drive import Driver, Outcome, Timetable
from tests.single import single_machine_outcome

SIZE = 60
TIMETABLE = Timetable(nominations_close=100, replication_closes=300)
KILLED = {
    Stage.LAUNCH: ("api-1",),
    Stage.NOMINATION: ("worker-1", "dask-worker-0"),
    Stage.APPRAISAL: ("relay-1",),
}

pytestmark = pytest.mark.timeout(1_500)


@dataclass
class Driven:
    outcome: Outcome
    messages: Counter[str]
    runs: int


@pytest.fixture(scope="module")
def driven(cluster: Cluster) -> Driven:
    """Drive a campaign; after three of its approvals one process of each kind is killed."""

    def kill_some(stage: Stage) -> None:
        for name in KILLED.get(stage, ()):
            cluster.kill(name)

    driver = Driver(cluster.app, SIZE, TIMETABLE, after=kill_some, patience=400)
    driver.prepare(cluster.folder / "input")
    driver.run()
    drive.ensure_log_intact(cluster.app)
    return Driven(
        drive.outcome(cluster.app),
        drive.message_states(cluster.app),
        drive.runs_started(cluster.app),
    )


def test_outcome_is_that_of_one_machine(driven: Driven, prefect_api: str, tmp_path: Path):
    alone = single_machine_outcome(tmp_path / "home", SIZE)

    assert driven.outcome.differences(alone) == {}


def test_every_message_has_left_once(driven: Driven):
    assert set(driven.messages) == {"sent"}
    assert driven.messages.total() > SIZE


def test_batches_ran_on_the_dask_cluster(driven: Driven, cluster: Cluster):
    said = (cluster.folder / "dask-scheduler.log").read_text("utf-8")

    assert "Receive client connection" in said


def test_prefect_keeps_nothing_in_a_file_of_its_own(driven: Driven, cluster: Cluster):
    assert not list((cluster.folder / "prefect").rglob("*.db"))


def test_api_answers_although_one_of_its_two_servers_is_dead(driven: Driven, cluster: Cluster):
    url = cluster.env["PREFECT_API_URL"]

    codes = [httpx.get(f"{url}/health", trust_env=False).status_code for _ in range(6)]

    assert codes == [200] * 6
