"""How long does a command take that has nothing to do? Each several times; the median counts.

An installation with the registers, the workbook and the campaign of `examples/ben-tre-2023` is made
first, and every command is run once before it is counted, so that its modules are compiled.

    python -m bench.start [RUNS]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

_EXAMPLE: Final = "examples/ben-tre-2023"
_IMPORT: Final = f"import nominations {_EXAMPLE}/nominations-2023.xlsx --dry-run"
COMMANDS: Final = {
    "--help": "--help",
    "campaign --help": "campaign --help",
    "campaign status": "campaign status",
    "stage status": "stage status",
    "outbox list": "outbox list",
    "playbook list": "playbook list",
    "playbook schema": "playbook schema",
    "import --dry-run, 185 rows": _IMPORT,
    "import --dry-run, 10 rows": "import nominations {small} --dry-run",
}
_RUNS: Final = 7
_SMALL: Final = 11


class Start(NamedTuple):
    """What one run of a command took."""

    wall: float
    processor: float
    peak_mb: float


def _run(line: str, environment: dict[str, str]) -> Start:
    command = [sys.executable, "-m", "cli.main", *line.split()]
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        running = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        _pid, status, used = os.wait4(running.pid, 0)
        wall = time.perf_counter() - begun
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            said.seek(0)
            sys.exit(f"thidua {line} failed:\n{said.read().decode()}")
    return Start(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("THIDUA_")}
    # Where compiled modules are not kept, each command compiles them anew: that is not its start.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "THIDUA_HOME": str(home)}


def _prepare(home: Path, environment: dict[str, str]) -> Path:
    rows = Path(_EXAMPLE, "nominations-2023.csv").read_text("utf-8").splitlines()[:_SMALL]
    small = home / "small.csv"
    small.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for line in (
        "init",
        f"import units {_EXAMPLE}/units.csv",
        f"import people {_EXAMPLE}/people.csv --from 2023-01-01",
        "campaign create --playbook dan-van-kheo",
    ):
        _run(line, environment)
    return small


def measure(runs: int = _RUNS) -> list[dict[str, object]]:
    """Run every command so many times; return the figures of each."""
    cases: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(Path(folder))
        small = _prepare(Path(folder), environment)
        for case, line in COMMANDS.items():
            whole = line.format(small=small)
            _run(whole, environment)
            spent = [_run(whole, environment) for _ in range(runs)]
            cases.append(
                {
                    "case": f"start: {case}",
                    "n": runs,
                    "ms_per_item": statistics.median(one.wall for one in spent) * 1e3,
                    "peak_mb": max(one.peak_mb for one in spent),
                    "cpu_ms_per_item": statistics.median(one.processor for one in spent) * 1e3,
                }
            )
    return cases


def main() -> None:
    """Print the figures of each command as a line of JSON."""
    for figures in measure(*map(int, sys.argv[1:])):
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
