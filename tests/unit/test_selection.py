"""`make test` leaves out what the table says, and names it; `make test-all` leaves nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from tests import selection
from tests.processes import ROOT


def collected(*arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    command += [
        *arguments,
        "tests/prefect/test_read_only_proxy.py",
        "tests/unit/portal/test_attempts.py",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("place", selection.LEFT)
def test_what_is_left_is_there(place: str):
    assert (ROOT / place).exists()


def test_what_is_left_is_counted_and_named():
    said = collected()
    number = collected("--everything").count("test_read_only_proxy.py::")

    assert number
    assert f"left to `make test-all`: {number} tests" in said
    assert f"{number} tests/prefect/test_read_only_proxy.py: nginx of the system" in said
    assert "test_read_only_proxy.py::" not in said


def test_everything_leaves_nothing():
    said = collected("--everything")

    assert "test_read_only_proxy.py::" in said
    assert "left to" not in said


def test_process_of_its_own_tells_what_it_has_left(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(selection, "_left", Counter())
    node = SimpleNamespace(workeroutput={"left": {"tests/cluster": 6}})

    selection.pytest_testnodedown(node)
    selection.pytest_testnodedown(node)

    assert selection._left == {"tests/cluster": 6}


def session(*, everything: bool, skipped: int) -> Any:
    reporter = SimpleNamespace(stats={"skipped": [object()] * skipped})
    plugins = SimpleNamespace(get_plugin=lambda _: reporter)
    config = SimpleNamespace(pluginmanager=plugins, getoption=lambda _: everything)
    return SimpleNamespace(config=config, exitstatus=0)


@pytest.mark.parametrize(
    ("everything", "skipped", "status"), [(True, 1, 1), (True, 0, 0), (False, 1, 0)]
)
def test_skipped_test_fails_a_run_of_everything(everything: bool, skipped: int, status: int):
    ended = session(everything=everything, skipped=skipped)

    selection.pytest_sessionfinish(ended)

    assert ended.exitstatus == status
