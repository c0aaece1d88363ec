"""Parts are started in order, started again when they die, and ended in turn; real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from operations.processes.supervisor import Part, Supervisor, _keep_output
from tests.rehearsals import ROOT

SLEEPS = "import time; time.sleep(600)"


def part(name: str, folder: Path, code: str = SLEEPS, **more: object) -> Part:
    command = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{HELD}{code}")
    environment = dict(os.environ)
    return Part(name, command, environment, folder / f"{name}.log", **more)  # type: ignore[arg-type]


HELD = "from operations.lifeline import hold_on_to_the_starter; hold_on_to_the_starter()\n"


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervisor]]:
    made: list[Supervisor] = []

    def supervisor(*parts: Part) -> Supervisor:
        made.append(Supervisor(parts))
        return made[-1]

    yield supervisor
    for one in made:
        one.stop()


def step_until(supervisor: Supervisor, true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        supervisor.step()
        time.sleep(0.05)


def test_part_waits_until_what_it_needs_is_well(supervise, tmp_path):
    well = [False]
    first = part("first", tmp_path, is_well=lambda: well[0])
    supervisor = supervise(first, part("second", tmp_path, needs=("first",)))

    step_until(supervisor, lambda: supervisor.running["first"].state == "starts")
    supervisor.step()
    before = supervisor.running["second"].state
    well[0] = True
    step_until(supervisor, lambda: supervisor.is_well)

    assert before == "waits"


def test_part_that_is_killed_is_started_again(supervise, tmp_path):
    supervisor = supervise(part("one", tmp_path))
    step_until(supervisor, lambda: supervisor.is_well)
    running = supervisor.running["one"]
    assert running.process is not None
    killed = running.process.pid

    os.kill(killed, signal.SIGKILL)
    step_until(supervisor, lambda: running.restarts == 1 and running.state == "well")

    assert running.process.pid != killed
    assert running.code == -signal.SIGKILL


def test_pause_grows_while_a_part_keeps_dying(supervise, tmp_path):
    supervisor = supervise(part("one", tmp_path, "raise SystemExit(3)"))
    running = supervisor.running["one"]
    pauses = []
    for number in (1, 2, 3):
        wanted = number
        step_until(supervisor, lambda: running.restarts == wanted)  # noqa: B023 - called at once
        pauses.append(round(running.next_start - running.since, 1))

    assert pauses == [0.5, 1.0, 2.0]


def test_part_that_works_once_is_done_and_works_anew_when_its_need_has_died(supervise, tmp_path):
    marks = tmp_path / "marks"
    code = f"open({str(marks)!r}, 'a').write('x')"
    supervisor = supervise(
        part("server", tmp_path), part("once", tmp_path, code, needs=("server",), once=True)
    )
    step_until(supervisor, lambda: supervisor.running["once"].state == "done")
    server = supervisor.running["server"].process
    assert server is not None

    server.kill()
    step_until(supervisor, lambda: marks.read_text() == "xx")


def test_output_is_kept_in_the_parts_own_log(supervise, tmp_path):
    supervisor = supervise(part("one", tmp_path, f"print('Xin chào', flush=True); {SLEEPS}"))

    log = tmp_path / "one.log"
    step_until(supervisor, lambda: log.exists() and "Xin chào" in log.read_text("utf-8"))


def test_output_that_cannot_be_kept_is_not_shown_instead(tmp_path, capfd):
    reading, writing = os.pipe()
    os.write(writing, b"one line\n")
    os.close(writing)

    _keep_output(os.fdopen(reading, "rb"), tmp_path / "no such folder" / "one.log")

    assert capfd.readouterr().err == ""


def test_stop_ends_parts_with_what_they_started(supervise, tmp_path):
    code = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]); {SLEEPS}"
    supervisor = supervise(part("one", tmp_path, code))
    step_until(supervisor, lambda: len(psutil.Process().children(recursive=True)) >= 2)
    below = psutil.Process().children(recursive=True)

    supervisor.stop()

    _, alive = psutil.wait_procs(below, timeout=5)
    assert alive == []


KILLED = """
import os, sys, time
from pathlib import Path
from operations.processes.supervisor import Part, Supervisor, _keep_output
log = Path(sys.argv[1]) / "one.log"
command = (sys.executable, "-P", "-c", sys.argv[2])
one = Supervisor([Part("one", command, dict(os.environ), log)])
while True:
    one.step()
    time.sleep(0.05)
"""


def test_nothing_outlives_a_supervisor_that_is_killed(tmp_path):
    held = HELD + "print('held', flush=True); " + SLEEPS
    command = [sys.executable, "-c", KILLED, str(tmp_path), held]
    log = tmp_path / "one.log"
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        deadline = time.monotonic() + 60
        while not (log.exists() and "held" in log.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        below = psutil.Process(process.pid).children(recursive=True)
    finally:
        process.kill()
        process.wait()

    _, alive = psutil.wait_procs(below, timeout=20)
    assert len(below) == 1
    assert alive == []
