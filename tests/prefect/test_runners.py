"""Batches run where the setting says, and come back alike from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.settings import Settings

ROOT = Path(__file__).parents[2]
ON_DASK = """\
import json, os
from prefect import flow, unmapped
from campaigns.rules.errors import TransitionNotAllowed
from flows.runners import batch_runner
from tasks.common import step

@step("{code}/test/where")
def where(code, ids):
    return [os.getpid(), os.environ["THIDUA_HOME"], len(ids)]

@step("{code}/test/refuse")
def refuse(code, ids):
    raise TransitionNotAllowed("stage", "launch", "open", code, ids)

@flow(task_runner=batch_runner())
def batches():
    done = where.map(unmapped("X"), [[1, 2], [3]]).result()
    refused = refuse.submit("X", []).result(raise_on_failure=False)
    print(json.dumps({"pid": os.getpid(), "done": done, "refused": type(refused).__name__,
                      "said": refused.say("vi")}))

if __name__ == "__main__":
    batches()
"""


def runner(setting: str, monkeypatch: pytest.MonkeyPatch) -> object:
    from flows.runners import batch_runner  # noqa: PLC0415 - Prefect takes seconds to import

    monkeypatch.setenv("THIDUA_TASK_RUNNER", setting)
    return batch_runner()


def test_batches_run_on_threads_unless_the_setting_says_otherwise():
    assert Settings().task_runner == "threads"


def test_stage_flows_that_map_batches_take_the_runner_of_the_setting(
    monkeypatch: pytest.MonkeyPatch,
):
    from flows.appraisal import appraisal  # noqa: PLC0415 - as above
    from flows.nomination import nomination  # noqa: PLC0415 - as above

    threads = runner("threads", monkeypatch)
    assert [appraisal.task_runner, nomination.task_runner] == [threads, threads]


def test_dask_with_an_address_uses_the_cluster_there(monkeypatch: pytest.MonkeyPatch):
    found = runner("dask:tcp://127.0.0.1:8786", monkeypatch)

    assert getattr(found, "address", None) == "tcp://127.0.0.1:8786"


@pytest.mark.parametrize("wrong", ["ray", "dask:8786", "threads:4", "dask: tcp://x:1", ""])
def test_runner_that_does_not_exist_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("THIDUA_TASK_RUNNER", wrong)

    with pytest.raises(ValidationError, match="a task runner is"):
        Settings()


@pytest.fixture(scope="module")
def told(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a flow tells whose batches ran on Dask: two processes, started and ended by the flow."""
    script = tmp_path_factory.mktemp("dask") / "batches.py"
    script.write_text(ON_DASK, encoding="utf-8")
    environment = {
        **os.environ,
        "PREFECT_API_URL": prefect_api,
        "PYTHONPATH": str(ROOT),
        "THIDUA_HOME": "/home/of/the/run",
        "THIDUA_TASK_RUNNER": "dask",
    }
    done = subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_batches_on_dask_run_in_other_processes_for_the_same_installation(told: dict[str, object]):
    done = told["done"]
    assert isinstance(done, list)
    assert [[home, size] for _pid, home, size in done] == [
        ["/home/of/the/run", 2],
        ["/home/of/the/run", 1],
    ]
    assert told["pid"] not in [pid for pid, _home, _size in done]


def test_named_error_of_a_batch_on_dask_comes_back_as_itself(told: dict[str, object]):
    meant = TransitionNotAllowed("stage", "launch", "open", "X", [])

    assert (told["refused"], told["said"]) == ("TransitionNotAllowed", meant.say("vi"))
