"""The disk is full while a document, a backup or the database is written; then there is room."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.processes import ROOT

_NAMESPACE = ["unshare", "--map-root-user", "--mount"]


def _may_mount() -> bool:
    try:
        return (
            subprocess.run([*_NAMESPACE, "true"], check=False, capture_output=True).returncode == 0
        )
    except FileNotFoundError:
        return False


pytestmark = pytest.mark.skipif(
    not _may_mount(), reason="this system lets nobody mount a small disk (unshare, user namespaces)"
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Carry out commands with no room, and the same ones with room."""
    disk = tmp_path_factory.mktemp("disk")
    done = subprocess.run(
        [*_NAMESPACE, sys.executable, "-m", "tests.faults.full_disk", str(disk)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert [code for code, _ in found["before"]] == [0, 0, 0], found["before"]
    return found


@pytest.mark.parametrize("command", ["workbook", "backup", "import"])
def test_command_says_that_the_disk_is_full(seen: dict[str, Any], command: str):
    code, said = seen["full"][command]

    assert code != 0
    assert "disk is full" in said
    assert "Traceback" not in said


def test_nothing_is_left_half_written(seen: dict[str, Any]):
    assert seen["left"] == ["filler", "home"]


@pytest.mark.parametrize("command", ["workbook", "backup", "import"])
def test_same_command_works_once_there_is_room(seen: dict[str, Any], command: str):
    code, said = seen["after"][command]

    assert code == 0, said


def test_documents_are_there_once_there_is_room(seen: dict[str, Any]):
    assert seen["files"] == ["backup.tar.gz", "empty.xlsx", "home"]


def test_log_of_events_is_intact_afterwards(seen: dict[str, Any]):
    code, said = seen["audit"]

    assert code == 0, said
    assert "intact" in said
