"""What does a campaign cost through Prefect: the real cycle flow, and the naive program?

Both run in a process of their own, on a Prefect server with an empty SQLite database; starting the
server and importing Prefect is not counted.

    python -m bench.through_prefect cycle|naive NOMINATIONS FOLDER
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final

from bench.cycle import new_home
from bench.stopwatch import Stopwatch, peak_mb
from bench.synthetic import Province
from campaigns.bootstrap import App
from campaigns.rehearsal import Folder, prepare
from campaigns.services import board
from cli.prefect_server import local_api

_PATIENCE: Final = 300


def _naive(app: App, province: Province, _folder: Path) -> Callable[[], None]:
    program = import_module("bench.naive")
    database = str(app.settings.home / "naive.db")
    program.make_tables(database)
    return lambda: program.campaign(database, province.size)


def _cycle(app: App, province: Province, folder: Path) -> Callable[[], None]:
    flow = import_module("flows.cycle").campaign_cycle
    code = prepare(app, Folder(folder), province.playbook())

    def run() -> None:
        flow(code, str(folder))
        state = app.read(code, board.view).state
        if state != "closed":
            sys.exit(f"the campaign is {state}")

    return run


def measure(kind: str, size: int, folder: Path) -> dict[str, object]:
    """Run one of the two programs; return the figures."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as home:
        app = new_home(Path(home))
        with local_api(app.settings) as api:
            give_up_at = time.monotonic() + _PATIENCE
            while not api.is_ready():
                if time.monotonic() > give_up_at:
                    sys.exit("the Prefect server did not start")
                time.sleep(0.2)
            make = _naive if kind == "naive" else _cycle
            run = make(app, Province(size), folder)
            with watch.phase(kind):
                run()
    return {
        "case": "naive Prefect flow" if kind == "naive" else "cycle through Prefect",
        "n": size,
        "ms_per_item": watch.total.wall / size * 1e3,
        "peak_mb": peak_mb(),
    }


def main() -> None:
    """Print the figures of one run as JSON."""
    figures = measure(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.flush()
    print(json.dumps(figures))
    os._exit(0)  # Prefect's threads need seconds to find out that their server is gone


if __name__ == "__main__":
    main()
