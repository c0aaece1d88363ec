"""Who goes on after an upgrade in place? What waits is begun, killed, and gone on with, changed.

thidua is gone on with by a copy of this program in which every module of its flows, tasks and
services is another text; DBOS by the same application: unchanged, with another text of its
workflow, and under another version.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
_COPIED: Final = (
    *("bench", "campaigns", "documents", "flows", "language"),
    *("notifications", "playbooks", "schemas", "tasks"),
)
_CHANGED: Final = ("campaigns/services", "flows", "tasks")
_PATIENCE: Final = 300.0


def promises(peers: str, count: int) -> list[dict[str, Any]]:
    """Let so many wait in each engine through each upgrade; return who went on."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        copy = _changed_copy(Path(folder))
        home = Path(folder, "thidua")
        _begin(sys.executable, "waiting_thidua", count, home)
        found.append(_go_on(sys.executable, "waiting_thidua", count, home, where=copy))
        for changed in ("nothing", "source", "version"):
            home = Path(folder, changed)
            _begin(peers, "waiting_durable", count, home)
            found.append(_go_on(peers, "waiting_durable", count, home, changed))
    return found


def _changed_copy(folder: Path) -> Path:
    copy = folder / "changed"
    for package in _COPIED:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for part in _CHANGED:
        for module in (copy / part).rglob("*.py"):
            module.write_text(f"{module.read_text('utf-8')}\nUPGRADED = 2\n", encoding="utf-8")
    return copy


def _environment(where: Path, home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("THIDUA_")}
    return {**kept, "PYTHONPATH": str(where), "THIDUA_HOME": str(home / "home")}


def _begin(python: str, module: str, count: int, home: Path) -> None:
    home.mkdir()
    command = [python, "-m", f"bench.peers.{module}", "begin", str(count), str(home)]
    with (home / "said").open("w+") as said:
        waiting = subprocess.Popen(
            command, cwd=ROOT, env=_environment(ROOT, home), stdout=said, stderr=said
        )
        until = time.monotonic() + _PATIENCE
        while "waiting\n" not in (home / "said").read_text("utf-8"):
            if waiting.poll() is not None or time.monotonic() > until:
                waiting.kill()
                sys.exit(f"{module} did not begin:\n{(home / 'said').read_text('utf-8')[-2_000:]}")
            time.sleep(0.1)
        waiting.kill()
        waiting.wait()


def _go_on(
    python: str, module: str, count: int, home: Path, *changed: str, where: Path = ROOT
) -> dict[str, Any]:
    command = [python, "-m", f"bench.peers.{module}", "go-on", str(count), str(home), *changed]
    done = subprocess.run(
        command,
        cwd=where,
        env=_environment(where, home),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{module} did not go on:\n{done.stderr[-2_000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
