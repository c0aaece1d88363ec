"""How many workflows of DBOS that wait for people go on after an upgrade in place?

`begin` starts workflows that wait for a message and is killed by its caller; `go-on` starts the
application again on the same database, sends every workflow its message and counts which end.

    python -m bench.peers.waiting_durable begin COUNT FOLDER
    python -m bench.peers.waiting_durable go-on COUNT FOLDER [nothing|source|version]
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Final

from dbos import DBOS, DBOSConfig, SetWorkflowID

_CHANGE: Final = sys.argv[4] if len(sys.argv) > 4 else "nothing"
_PATIENCE: Final = 40.0
_WAIT: Final = 3_600

if _CHANGE == "source":

    @DBOS.workflow(name="campaign")
    def campaign(number: int) -> int:
        """Wait for an approval; the text of this function is another one."""
        approved = DBOS.recv("approval", timeout_seconds=_WAIT)
        return number if approved else -1

else:

    @DBOS.workflow(name="campaign")
    def campaign(number: int) -> int:
        """Wait for an approval."""
        return number if DBOS.recv("approval", timeout_seconds=_WAIT) else -1


def _start(count: int, folder: Path) -> None:
    config: DBOSConfig = {
        "name": "bench-peers",
        "system_database_url": f"sqlite:///{folder}/dbos.sqlite",
        "log_level": "ERROR",
        "console_log_level": "ERROR",
        "max_executor_threads": 2 * count,
    }
    if _CHANGE == "version":
        config["application_version"] = "2"
    DBOS(config=config)
    DBOS.launch()


def _names(count: int) -> list[str]:
    return [f"campaign-{number}" for number in range(count)]


def begin(count: int, folder: Path) -> None:
    """Start the workflows, say when all of them wait, and wait to be killed."""
    _start(count, folder)
    for number, name in enumerate(_names(count)):
        with SetWorkflowID(name):
            DBOS.start_workflow(campaign, number)
    while len(DBOS.list_workflows(status="PENDING")) < count:
        time.sleep(0.1)
    print("waiting", flush=True)
    time.sleep(_WAIT)


def go_on(count: int, folder: Path) -> dict[str, object]:
    """Start again, send every workflow its message, and count those that come to their end."""
    _start(count, folder)
    for name in _names(count):
        DBOS.send(name, message=True, topic="approval")
    ended, until = 0, time.monotonic() + _PATIENCE
    while ended < count and time.monotonic() < until:
        time.sleep(0.5)
        ended = len(DBOS.list_workflows(status="SUCCESS", load_output=False))
    return {
        "case": f"DBOS {version('dbos')}",
        "changed": _CHANGE,
        "waiting": count,
        "went_on": ended,
    }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["begin", count, folder]:
            begin(int(count), Path(folder))
        case ["go-on", count, folder, *_change]:
            print(json.dumps(go_on(int(count), Path(folder))), flush=True)
            os._exit(0)  # those that did not go on would hold the process for an hour
        case _:
            sys.exit(__doc__)
