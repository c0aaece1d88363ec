"""Rehearsals by the command people use, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
CODE = "DVK-2023"
THIDUA = str(Path(sys.executable).with_name("thidua"))


def thidua(*arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a process of its own."""
    environment = {**os.environ, "LANG": "C.UTF-8", "COLUMNS": "100"}
    if home is not None:
        environment["THIDUA_HOME"] = str(home)
    return subprocess.run(
        [THIDUA, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=880,
        check=False,
    )


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal that is over: what was printed, and where everything is."""

    home: Path
    printed: str

    @property
    def summary(self) -> dict[str, Any]:
        """What `summary.json` says."""
        found: dict[str, Any] = json.loads((self.home / "summary.json").read_text("utf-8"))
        return found

    def log(self) -> list[dict[str, Any]]:
        """The event log as exported."""
        out = self.home / "log.jsonl"
        done = thidua("audit", "export", "--out", str(out), home=self.home)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def rehearse(folder: Path, home: Path) -> Rehearsed:
    """Rehearse a folder; it must succeed."""
    done = thidua("rehearse", str(folder), "--out", str(home))
    assert done.returncode == 0, done.stdout + done.stderr
    return Rehearsed(home, done.stdout)
