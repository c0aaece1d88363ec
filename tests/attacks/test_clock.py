"""Can one process whose clock is wrong bring a campaign to its end, or keep it from going on?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from campaigns.bootstrap import App
from campaigns.services import stages
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch as launch_service
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.engine import beats
from campaigns.store.transaction import Store
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.vocabulary import Stage
from tests.attacks.record import Attempts
from tests.processes import ROOT, clean_environment, free_port, until
from tests.rehearsals import THIDUA, thidua
from tests.telling import open_installation
from tests.world import CODE, Clock, PlainRenderer, settle, short_playbook

_SHIFTED = """
import sys
from datetime import UTC, datetime, timedelta
from campaigns import bootstrap
by = timedelta(seconds=float(sys.argv.pop(1)))
bootstrap.SystemClock.now = lambda self: datetime.now(UTC) + by
from cli.main import main
main()
"""
YEAR = timedelta(days=365)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def office(home: Path) -> Iterator[App]:
    """A campaign that waits for the approval of its launch, and a web process that lives."""
    app = open_installation(home)
    with app.store.writing("mai") as tx:
        settle(tx)
        command = CreateCampaign(command_id="create", code=CODE)
        launch_service.create(tx, command, short_playbook())
        commit(tx)
    launched = LaunchCampaign(command_id="launch", person_id="mai")
    app.act_as("mai", CODE, launch_service.launch, launched)
    app.act(CODE, stages.open_if_due, Stage.LAUNCH)
    app.act(CODE, verdicts.request_if_done, Stage.LAUNCH)
    web = subprocess.Popen(
        [THIDUA, "web", "--port", str(free_port())],
        cwd=ROOT,
        env=clean_environment(THIDUA_HOME=str(home)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: app.read(None, beats.is_alive, beats.WEB), 120, "the web process lives")
        yield app
    finally:
        web.terminate()
        web.wait(30)
        app.store.engine.dispose()


def wrong(home: Path, ahead: timedelta, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process whose clock is ahead by so much."""
    return subprocess.run(
        [sys.executable, "-c", _SHIFTED, str(ahead.total_seconds()), "--lang", "en", *arguments],
        cwd=ROOT,
        env=clean_environment(THIDUA_HOME=str(home), COLUMNS="200"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_process_with_a_wrong_clock_changes_nothing(
    office: App, attempt: Attempts, home: Path, is_long: bool
):
    def state() -> tuple[int, list[str]]:
        number = office.read(CODE, lambda tx: tx.head().number)
        return number, [one.state for one in office.read(CODE, campaigns.stages)]

    before = state()
    acts = {
        "signs a stage": ("stage", "approve", "launch", "--as", "hung"),
        "runs the engine": ("campaign", "cycle", "--campaign", CODE),
        "gives it up": ("campaign", "cancel", "--as", "hung", "--reason", "x"),
        "lets a right count": ("person", "appoint", "thu", "leader", "--as", "mai"),
        "makes a token": ("token", "create", "--for", "mai", "--scope", "read"),
    }
    for ahead in (YEAR, timedelta(minutes=3)) if is_long else (YEAR,):
        for what, arguments in acts.items():
            ended = wrong(home, ahead, *arguments)
            attempt(f"{what}, ahead by {ahead}", held=ended.returncode != 0 and state() == before)
    living = {one.name for one in office.read(None, beats.living)}
    attempt("the others are forgotten", held=any(one.startswith("web:") for one in living))
    right = thidua("--lang", "en", "stage", "approve", "launch", "--as", "hung", home=home)
    attempt("the right clock is kept out", held=right.returncode == 0)


def test_campaign_that_was_frozen_goes_on_after_a_repair(
    office: App, attempt: Attempts, home: Path
):
    """A version before let the event in: it stands in the log, a year ahead."""
    store = Store(office.store.engine, Clock(office.now() + YEAR), PlainRenderer())
    with store.writing("mai", CODE) as tx:
        tx.record("thidua.test.noted", "x:y", {})
        commit(tx)
    stuck = thidua("--lang", "en", "stage", "approve", "launch", "--as", "hung", home=home)
    attempt("an act after it is stored", held=stuck.returncode == 2)
    reason = ("--reason", "Máy chủ sai năm")
    other = thidua("--lang", "en", "clock", "repair", "--as", "thu", *reason, home=home)
    attempt("anybody repairs it", held=other.returncode == 2)
    repaired = thidua("--lang", "en", "clock", "repair", "--as", "mai", *reason, home=home)
    attempt("it stays frozen", held=repaired.returncode == 0)
    right = thidua("--lang", "en", "stage", "approve", "launch", "--as", "hung", home=home)
    attempt("nothing goes on", held=right.returncode == 0)
    verified = thidua("--lang", "en", "audit", "verify", CODE, home=home)
    attempt("the log does not hold", held=verified.returncode == 0)
