"""Changed code in mid-campaign re-sends nothing and goes back nowhere; two runs at once do no harm.

A copy of flows and tasks stands for a release. It is changed between two runs, as an upgrade does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from campaigns import bootstrap
from campaigns.services.approvals import verdicts
from campaigns.services.log import audit
from campaigns.store.mail import messages
from campaigns.views import board
from schemas.commands.approvals import ApproveStage
from schemas.vocabulary import Stage
from tests.prefect.conftest import CODE, LEADER

ROOT = Path(__file__).parents[2]
CYCLE = f"import flows, flows.cycle as c; print(flows.__file__); c.campaign_cycle({CODE!r})"
NEW_TASK = '''

@step("{campaign_code}/launch/greet")
def greet(campaign_code: str) -> int:
    """Come between what was there before."""
    return len(campaign_code)
'''


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "release"
    for name in ("flows", "tasks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def start(release: Path, api: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CYCLE],
        cwd=release,
        env={**os.environ, "PREFECT_API_URL": api, "PYTHONPATH": f"{release}:{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(*runs: subprocess.Popen[str]) -> None:
    for run in runs:
        out, problems = run.communicate(timeout=240)
        assert run.returncode == 0, problems
        assert "/release/flows/" in out


def approve_launch(app: bootstrap.App) -> None:
    command = ApproveStage(command_id="approve", stage=Stage.LAUNCH, person_id=LEADER)
    app.act_as(LEADER, CODE, verdicts.approve, command)


def standing(app: bootstrap.App) -> tuple[Any, ...]:
    view = app.read(CODE, board.view)
    mail = [(one.key, one.state) for one in app.read(CODE, messages.find)]
    return view.last_hash, [(one.name, one.state) for one in view.stages], mail


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_changed_code_repeats_nothing(app: bootstrap.App, release: Path, prefect_api: str):
    finish(start(release, prefect_api))
    approve_launch(app)
    finish(start(release, prefect_api))
    before = standing(app)
    assert len(before[-1]) > 183

    tasks = release / "tasks" / "steps.py"
    takes = "            return app()"
    replace(tasks, takes, f"            campaign_code = str(campaign_code)\n{takes}")
    tasks.write_text(tasks.read_text("utf-8") + NEW_TASK, "utf-8")
    flow = release / "flows" / "stage.py"
    step = "                    tasks.whole("
    replace(flow, step, f"                    tasks.greet(campaign_code)\n{step}")
    finish(start(release, prefect_api))

    assert standing(app) == before


def test_two_runs_at_once_are_as_good_as_one(app: bootstrap.App, release: Path, prefect_api: str):
    finish(start(release, prefect_api), start(release, prefect_api))
    approve_launch(app)

    finish(start(release, prefect_api), start(release, prefect_api))

    told = app.read(CODE, lambda tx: messages.find(tx, template="campaign-launched"))
    assert len({one.recipient_id for one in told}) == len(told) == 183
    assert {one.state for one in told} == {"sent"}
    assert app.read(CODE, audit.verify).intact
