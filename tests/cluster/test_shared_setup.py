"""Two of everything, some of it killed on the way: the campaign comes to what one machine makes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from campaigns.store.mail import messages
from tests.cluster.conftest import Cluster
from tests.story import CODE, Act, Outcome, Story, outcome
from tests.telling import ensure_log_intact, tell, told_on_one_machine

SIZE = 60
KILLED = {
    "P-L0 approves launch": ("api-1",),
    "P-L0 approves nomination": ("worker-1", "dask-worker-0"),
    "P-L0 approves appraisal": ("relay-1", "web-1"),
}

pytestmark = pytest.mark.timeout(1_500)


@dataclass
class Told:
    outcome: Outcome
    messages: Counter[str]


@pytest.fixture(scope="module")
def told(cluster: Cluster) -> Told:
    """Tell the story; after three of its approvals one process of each kind is killed."""

    def kill_some(act: Act) -> None:
        for name in KILLED.get(act.name, ()):
            cluster.kill(name)

    app = cluster.app
    story = Story(app, SIZE, app.now().replace(microsecond=0), cluster.folder / "input")
    story.prepare()
    tell(story, 400, after=kill_some)
    ensure_log_intact(app)
    return Told(outcome(app), Counter(one.state for one in app.read(CODE, messages.find)))


def test_outcome_is_that_of_one_machine(told: Told, prefect_api: str, tmp_path: Path):
    alone = told_on_one_machine(tmp_path / "home", SIZE)

    assert told.outcome.differences(alone) == []


def test_every_message_has_left_once(told: Told):
    assert set(told.messages) == {"sent"}
    assert told.messages.total() > SIZE


def test_batches_ran_on_the_dask_cluster(told: Told, cluster: Cluster):
    said = (cluster.folder / "dask-scheduler.log").read_text("utf-8")

    assert "Receive client connection" in said


def test_prefect_keeps_nothing_in_a_file_of_its_own(told: Told, cluster: Cluster):
    assert not list((cluster.folder / "prefect").rglob("*.db"))


def test_api_answers_although_one_of_its_two_servers_is_dead(told: Told, cluster: Cluster):
    url = cluster.env["PREFECT_API_URL"]

    codes = [httpx.get(f"{url}/health", trust_env=False).status_code for _ in range(6)]

    assert codes == [200] * 6


def test_second_web_process_answers_although_the_first_is_dead(told: Told, cluster: Cluster):
    found = httpx.get(f"{cluster.web['web-2']}/readyz", trust_env=False)

    assert found.json() == {"status": "ok", "database": "ok", "relay": "ok"}
