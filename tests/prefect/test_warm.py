"""Is a run that the warm process forks as good as a process of its own?

The run here is a module that stands in for Prefect's engine and tells what it finds.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from operations.processes import warm
from operations.processes.warm_run import SOCKET
from tests.processes import clean_environment, until

ROOT = Path(__file__).parents[2]
PATIENCE = 120
WARM = """
import runpy, sys
sys.path[:0] = [{root!r}, {folder!r}]
from operations.processes import warm
warm._IMPORTED = ("ours",)
warm._PROGRAM = __import__("pathlib").Path({folder!r})
runs = runpy.run_module
warm.runpy.run_module = lambda *_, **__: runs("engine", run_name="__main__")
warm.main()
"""
ENGINE = """
import os, signal, sys, time, ours
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print("forked" if os.getppid() == int(os.environ["WARM_PID"]) else "cold", ours.VALUE, os.getcwd(),
      os.environ["PREFECT__FLOW_RUN_ID"], flush=True)
wanted = os.environ["WANTED"]
if wanted == "wait":
    time.sleep(60)
sys.exit(int(wanted))
"""
COLD = 99
"""What the stand-in for a process of its own ends with."""


@dataclass
class Set:
    """A warm process, and how to ask it for runs."""

    folder: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def ask(self, wanted: str, **more: str) -> subprocess.Popen[str]:
        told = {**self.environment, "WANTED": wanted, "PREFECT__FLOW_RUN_ID": "run-1", **more}
        # Without a warm process the file becomes `python -P -m operations.prefect.run`.
        script = (self.folder / "warm_run.py").as_posix()
        return subprocess.Popen(
            [sys.executable, "-I", "-S", script],
            cwd=self.folder,
            env=told,
            stdout=subprocess.PIPE,
            text=True,
        )

    def finish(self, wanted: str, **more: str) -> tuple[int, str]:
        run = self.ask(wanted, **more)
        said, _ = run.communicate(timeout=PATIENCE)
        return run.returncode, said

    @property
    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@pytest.fixture(scope="module")
def told_by_workers() -> dict[str, str]:
    """Return what a worker tells its runs, whatever Prefect is set to in this process."""
    ask = (
        "import json; from operations.processes import warm;"
        "print(json.dumps(warm.as_a_worker_tells()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        check=True,
    )
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.fixture
def warmed(tmp_path: Path, told_by_workers: dict[str, str]) -> Iterator[Set]:
    (tmp_path / "ours.py").write_text("VALUE = 'old'\n")
    (tmp_path / "engine.py").write_text(ENGINE)
    asks = (ROOT / "operations" / "processes" / "warm_run.py").read_text("utf-8")
    own = "os.execv(sys.executable, [sys.executable, "
    assert f'{own}"-P", "-m", "operations.prefect.run"])' in asks
    cold = f'{own}"-c", "import sys; sys.exit({COLD})"])'
    (tmp_path / "warm_run.py").write_text(
        asks.replace(f'{own}"-P", "-m", "operations.prefect.run"])', cold), "utf-8"
    )
    socket = tmp_path / "s"
    environment = clean_environment(**{SOCKET: str(socket)})
    (tmp_path / "main.py").write_text(WARM.format(root=str(ROOT), folder=str(tmp_path)))
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "main.py"), str(socket)],
        env=environment,
        stdin=subprocess.PIPE,
    )
    told = environment | told_by_workers | {"WARM_PID": str(process.pid)}
    made = Set(tmp_path, process, told)
    try:
        until(lambda: warm.answers(socket), PATIENCE, "warm")
        yield made
    finally:
        process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()


def test_nobody_else_on_the_machine_may_ask_for_a_run(warmed: Set):
    assert stat.S_IMODE((warmed.folder / "s").stat().st_mode) == 0o600


def test_run_is_forked_with_its_own_place_and_code(warmed: Set):
    code, said = warmed.finish("3")

    assert (code, said) == (3, f"forked old {warmed.folder} run-1\n")


def test_signal_reaches_the_run(warmed: Set):
    run = warmed.ask("wait")
    assert run.stdout is not None
    run.stdout.readline()

    run.send_signal(signal.SIGTERM)

    assert run.wait(PATIENCE) == 7
    run.stdout.close()


def test_run_ends_with_who_asked_for_it(warmed: Set):
    run = warmed.ask("wait")
    assert run.stdout is not None
    run.stdout.readline()
    assert warmed.children

    run.kill()

    until(lambda: not warmed.children, PATIENCE, "the run's end")
    run.wait()
    run.stdout.close()


def test_run_outlives_the_warm_process(warmed: Set):
    run = warmed.ask("wait")
    assert run.stdout is not None
    run.stdout.readline()

    warmed.process.kill()
    warmed.process.wait()
    assert run.poll() is None
    run.send_signal(signal.SIGTERM)

    assert run.wait(PATIENCE) == 1  # its code is lost with the warm process: taken for failed
    run.stdout.close()


def test_changed_code_is_never_old(warmed: Set):
    (warmed.folder / "ours.py").write_text("VALUE = 'newer'\n")

    assert warmed.finish("0") == (COLD, "")
    until(lambda: warm.answers(warmed.folder / "s"), PATIENCE, "warm again")
    assert warmed.finish("0")[1].startswith("forked newer ")


def test_other_settings_want_a_process_of_its_own(warmed: Set):
    assert warmed.finish("0", PREFECT_API_URL="http://127.0.0.1:1/api") == (COLD, "")
    assert warmed.finish("0")[1].startswith("forked ")


def test_without_a_warm_process_the_run_starts(warmed: Set):
    warmed.process.kill()
    warmed.process.wait()

    assert warmed.finish("0") == (COLD, "")


def test_warm_process_ends_with_its_starter(warmed: Set):
    assert warmed.process.stdin is not None
    warmed.process.stdin.close()

    assert warmed.process.wait(PATIENCE) == 0
    assert not (warmed.folder / "s").exists()


def test_long_path_is_left_alone(tmp_path: Path):
    assert warm.place(tmp_path / ("x" * 200)) is None


def test_what_is_imported_runs_no_thread(tmp_path: Path):
    program = (
        "import sys, threading, importlib; from operations.processes import warm;"
        "[importlib.import_module(one) for one in warm._IMPORTED];"
        "print(threading.active_count())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "THIDUA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "1\n"
