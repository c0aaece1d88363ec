"""A campaign whose process dies, and whose Prefect is thrown away, ends as an undisturbed one."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.rehearsals import EXAMPLES, ROOT, THIDUA, Rehearsed, rehearse
from tests.sealed import alike

pytestmark = pytest.mark.xdist_group("rehearsal")
FOLDER = EXAMPLES / "ben-tre-2023"


def reached(home: Path, stage: str) -> bool:
    """Say whether a stage of the rehearsal in `home` is open (or past it)."""
    try:
        with sqlite3.connect(f"file:{home / 'thidua.db'}?mode=ro", uri=True) as connection:
            query = "SELECT opened_at FROM stage WHERE name = ?"
            row = connection.execute(query, (stage,)).fetchone()
    except sqlite3.OperationalError:
        return False
    return row is not None and row[0] is not None


def kill_when_reached(home: Path, stage: str) -> None:
    """Start a rehearsal and kill it, with all it started, as soon as a stage is open."""
    with subprocess.Popen(
        [THIDUA, "rehearse", str(FOLDER), "--out", str(home)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 600
        while not reached(home, stage):
            assert process.poll() is None, "the rehearsal ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)


def test_killed_rehearsal_without_its_prefect_home_ends_as_an_undisturbed_one(
    rehearsed: Rehearsed, tmp_path: Path
) -> None:
    home = tmp_path / "demo"
    kill_when_reached(home, "appraisal")
    shutil.rmtree(home / "prefect")

    again = rehearse(FOLDER, home)

    assert again.summary == rehearsed.summary
    assert alike(again.log()) == alike(rehearsed.log())
    mails = [
        sorted(path.name for path in (one / "mail" / "new").glob("*.eml"))
        for one in (home, rehearsed.home)
    ]
    assert mails[0] == mails[1]
