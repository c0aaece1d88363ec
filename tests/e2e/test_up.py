"""`thidua up` runs a whole installation: acts of people go on by themselves, whoever dies."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from tests.processes import free_port, until
from tests.rehearsals import ROOT, THIDUA, thidua

pytestmark = pytest.mark.xdist_group("up")
CODE, COORDINATOR, LEADER = "DVK-2023", "P001", "P003"
UNITS = """id,name,kind,parent_id,valid_from,email
ban-dan-van-tinh-uy,Ban Dân vận Tỉnh ủy,province,,2020-01-01,board@bentre.example
ba-tri,Huyện Ba Tri,district,ban-dan-van-tinh-uy,2020-01-01,ba-tri@bentre.example
"""
PEOPLE = """id,full_name,unit_id,email,roles
P001,Mai,ban-dan-van-tinh-uy,mai@bentre.example,coordinator
P003,Lan,ban-dan-van-tinh-uy,lan@bentre.example,leader
P004,Hưng,ban-dan-van-tinh-uy,hung@bentre.example,leader
""" + "".join(
    f"P1{number},Thu {number},ban-dan-van-tinh-uy,thu-{number}@bentre.example,reviewer;council\n"
    for number in range(7)
)
PARTS = ("prefect", "web", "worker", "relay", "warm")
LONGEST_START = 280
LONGEST_STEP = 240


def still_runs(process: psutil.Process) -> bool:
    """Say whether a process does anything: one that has ended waits for init to take its code."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@dataclass
class Up:
    """A running `thidua up` with one campaign."""

    home: Path
    process: subprocess.Popen[bytes]
    ports: tuple[int, int]
    output: Path

    def printed(self) -> str:
        return self.output.read_text("utf-8")

    def do(self, *arguments: str) -> str:
        done = thidua("--lang", "en", *arguments, home=self.home)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stage(self, name: str) -> str:
        with sqlite3.connect(f"file:{self.home / 'thidua.db'}?mode=ro", uri=True) as connection:
            query = "SELECT state FROM stage WHERE name = ?"
            row = connection.execute(query, (name,)).fetchone()
        return row[0] if row else ""

    def part(self, name: str) -> psutil.Process | None:
        words = {
            "prefect": "operations.prefect.api",
            "worker": "worker",
            "warm": "operations.processes.warm",
        }
        for one in psutil.Process(self.process.pid).children():
            try:
                if words.get(name, name) in one.cmdline():
                    return one
            except psutil.NoSuchProcess:
                continue
        return None

    def get(self, path: str) -> dict[str, str]:
        answer = httpx.get(f"http://127.0.0.1:{self.ports[1]}{path}", timeout=10, trust_env=False)
        found: dict[str, str] = answer.json()
        return found


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    folder = tmp_path_factory.mktemp("up")
    home, output = folder / "home", folder / "output"
    ports = free_port(), free_port()
    with output.open("wb") as file:
        process = subprocess.Popen(
            [
                THIDUA,
                "--lang",
                "en",
                "up",
                "--prefect-port",
                str(ports[0]),
                "--web-port",
                str(ports[1]),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "THIDUA_HOME": str(home),
                "LANG": "C.UTF-8",
                # A run that is lost together with what would have told of it is found by waiting.
                "THIDUA_RELAY_PATIENCE_SECONDS": "30",
            },
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    running = Up(home, process, ports, output)
    try:
        until(lambda: "Everything runs" in running.printed(), LONGEST_START, "start")
        for kind, table in (("units", UNITS), ("people", PEOPLE)):
            (folder / f"{kind}.csv").write_text(table, "utf-8")
            running.do("import", kind, str(folder / f"{kind}.csv"))
        running.do("campaign", "create", "--playbook", "dan-van-kheo", "--code", CODE)
        yield running
    finally:
        process.kill()
        process.wait()


def test_launch_by_command_is_taken_up_by_the_running_engine(up: Up):
    said = up.do("campaign", "launch", "--as", COORDINATOR)

    until(lambda: up.stage("launch") == "awaiting_approval", LONGEST_STEP, "launch")
    assert "goes on by itself" in said


def test_approval_by_command_opens_the_next_stage(up: Up):
    up.do("stage", "approve", "launch", "--as", LEADER)

    until(lambda: up.stage("nomination") == "awaiting_approval", LONGEST_STEP, "nomination")


def test_web_process_answers_for_machines_that_watch(up: Up):
    assert up.get("/healthz") == {"status": "ok"}
    assert up.get("/readyz")["status"] == "ok"


def test_second_up_in_the_same_home_says_so(up: Up):
    done = thidua("--lang", "en", "up", home=up.home)

    assert done.returncode == 2
    assert "is running in" in done.stderr


def test_up_in_another_home_says_which_port_is_taken(up: Up, tmp_path: Path):
    done = thidua("--lang", "en", "up", "--prefect-port", str(up.ports[0]), home=tmp_path)

    assert done.returncode == 2
    assert "--prefect-port" in done.stderr


@pytest.mark.parametrize("name", PARTS)
def test_part_that_is_killed_is_started_again(up: Up, name: str):
    killed = up.part(name)
    assert killed is not None
    killed.kill()

    until(lambda: up.part(name) not in {None, killed}, LONGEST_STEP, f"{name} again")


def test_campaign_goes_on_after_every_part_was_killed(up: Up):
    up.do("stage", "approve", "nomination", "--as", LEADER)

    until(lambda: up.stage("appraisal") == "awaiting_approval", LONGEST_STEP, "appraisal")
    up.do("audit", "verify")


def test_addresses_stand_in_no_log(up: Up):
    held = b"".join(path.read_bytes() for path in (up.home / "logs").glob("*"))

    assert held
    assert b"@bentre.example" not in held


def test_ctrl_c_ends_everything_within_seconds(up: Up):
    below = psutil.Process(up.process.pid).children(recursive=True)
    assert len(below) >= len(PARTS)

    up.process.send_signal(signal.SIGINT)

    assert up.process.wait(40) == 0
    assert [one for one in below if still_runs(one)] == []
