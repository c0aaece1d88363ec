"""How long is a run of the cycle that has nothing to wait for, beside a local Prefect server?

    python -m bench.run_of_cycle [RUNS]

A launched campaign waits for its approval; each run looks through its stages, finds nothing due and
ends. The first run is not counted: it opens the stage, and Prefect imports what it needs.
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Final

from bench.act_to_state import launched, registers
from bench.cycle import new_home
from campaigns.settings import Settings
from operations.prefect.server import PrefectNotStarted, local_api

_RUNS: Final = 8
_CODE: Final = "C-001"
_START_SECONDS: Final = 120


def measure(runs: int) -> dict[str, object]:
    """Return the figures of so many runs."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = new_home(home)
        registers(app, home)
        launched(app, _CODE)
        began = time.perf_counter()
        with local_api(Settings(home=home)) as api:
            flow = import_module("flows.cycle").campaign_cycle
            while not api.is_ready():
                if time.perf_counter() - began > _START_SECONDS:
                    raise PrefectNotStarted(api.log)
                time.sleep(0.05)
            started = time.perf_counter() - began
            flow(_CODE)
            walls, work = [], []
            for _ in range(runs):
                began, used = time.perf_counter(), time.process_time()
                flow(_CODE)
                walls.append(time.perf_counter() - began)
                work.append(time.process_time() - used)
    return {
        "case": "run of the cycle",
        "n": runs,
        "ms_per_item": statistics.median(walls) * 1e3,
        "cpu_ms_per_item": statistics.median(work) * 1e3,
        "ms_longest": max(walls) * 1e3,
        "ms_until_server_was_ready": started * 1e3,
    }


def main() -> None:
    """Print the figures as JSON."""
    logging.disable(logging.INFO)
    figures = measure(int(sys.argv[1]) if sys.argv[1:] else _RUNS)
    print(json.dumps(figures), flush=True)
    os._exit(0)  # Prefect's threads need seconds to find out that their server is gone


if __name__ == "__main__":
    main()
