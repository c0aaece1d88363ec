"""What does a campaign cost through Prefect: the real cycle flow, and the naive program?

Both run in a process of their own, on a Prefect server with an empty SQLite database; starting the
server and importing Prefect is not counted. A flow returns before its server has recorded what it
did: the end is when the last task run stands in the server's database. Both moments are reported.

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
from bench.stopwatch import peak_mb
from bench.synthetic import Province
from campaigns.rehearsal.recorded import Folder, prepare
from campaigns.settings import Settings
from campaigns.views import board
from operations.prefect.server import LocalApi, local_api

_PATIENCE: Final = 300
_POLL: Final = 0.5
_QUIET: Final = 10
"""Seconds without news after which a server has recorded everything."""


def _naive(province: Province, home: Path) -> Callable[[], None]:
    # Nothing of the engine is started: its settings of the garbage collector help Prefect as well.
    program = import_module("bench.naive")
    database = str(home / "naive.db")
    program.make_tables(database)
    return lambda: program.campaign(database, province.size)


def _cycle(province: Province, home: Path, folder: Path) -> Callable[[], None]:
    flow = import_module("flows.cycle").campaign_cycle
    app = new_home(home)
    code = prepare(app, Folder(folder), province.playbook())

    def run() -> None:
        flow(code, str(folder))
        state = app.read(code, board.view).state
        if state != "closed":
            sys.exit(f"the campaign is {state}")

    return run


def recorded() -> int:
    """Return how many finished task runs the server has in its database."""
    # Imported here: Prefect reads its settings, of which `local_api` makes some, as it is imported.
    client = import_module("prefect.client.orchestration").get_client(sync_client=True)
    wanted = {"task_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    with client:
        return int(client.request("POST", "/task_runs/count", json=wanted).json())


def _wait_until_recorded() -> float:
    """Wait until nothing more comes in; return the moment at which the last of it was there."""
    count, moment = recorded(), time.perf_counter()
    while time.perf_counter() - moment < _QUIET:
        time.sleep(_POLL)
        now = recorded()
        if now != count:
            count, moment = now, time.perf_counter()
    return moment


def wait_until_ready(api: LocalApi) -> None:
    """Wait until it answers; end the program where it does not come up."""
    give_up_at = time.monotonic() + _PATIENCE
    while not api.is_ready():
        if time.monotonic() > give_up_at:
            sys.exit("the Prefect server did not start")
        time.sleep(_POLL)


def measure(kind: str, size: int, folder: Path) -> dict[str, object]:
    """Run one of the two programs; return the figures."""
    province = Province(size)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        with local_api(settings) as api:
            wait_until_ready(api)
            if kind == "naive":
                run = _naive(province, settings.home)
            else:
                run = _cycle(province, settings.home, folder)
            began = time.perf_counter()
            run()
            returned = time.perf_counter()
            ended = max(returned, _wait_until_recorded())
    return {
        "case": "naive Prefect flow" if kind == "naive" else "cycle through Prefect",
        "n": size,
        "ms_per_item": (ended - began) / size * 1e3,
        "peak_mb": peak_mb(),
        "returned_ms_per_item": (returned - began) / size * 1e3,
    }


def main() -> None:
    """Print the figures of one run as JSON."""
    figures = measure(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.flush()
    print(json.dumps(figures))
    os._exit(0)  # Prefect's threads need seconds to find out that their server is gone


if __name__ == "__main__":
    main()
