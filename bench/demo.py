"""How long does the example campaign take, as a newcomer runs it? The command of `make demo`.

    python -m bench.demo

Each time in a folder of its own, from the start of the command to its end; the median counts.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROUNDS: Final = 3
_EXAMPLE: Final = Path("examples/ben-tre-2023")
_NOMINATED: Final = 185


def main() -> None:
    """Print the figures as JSON."""
    spent = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            command = ["-m", "cli.main", "rehearse", str(_EXAMPLE), "--out", home]
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
            spent.append(time.perf_counter() - began)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "case": "demo",
        "n": _NOMINATED,
        "seconds": statistics.median(spent),
        "cpu_seconds": (used.ru_utime + used.ru_stime) / ROUNDS,
        "ms_per_item": statistics.median(spent) / _NOMINATED * 1e3,
        "cpu_ms_per_item": (used.ru_utime + used.ru_stime) / ROUNDS / _NOMINATED * 1e3,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
