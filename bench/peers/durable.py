"""What does a nomination cost in DBOS, as a workflow of ten durable steps?

A step that sends puts its message into a table of its own database, in a transaction; what a step
returns is what DBOS keeps of it.

    python -m bench.peers.durable NOMINATIONS [POSTGRESQL]
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from dbos import DBOS, DBOSConfig

from bench.cycle import scratch
from bench.peers.database import Database, opened
from bench.peers.work import STEPS, State, step
from bench.stopwatch import Stopwatch

_MESSAGES: list[Database] = []


def _queue(*message: object) -> None:
    with _MESSAGES[0].writing() as write:
        write("INSERT INTO message VALUES (?, ?, ?)", *message)


@DBOS.step()
def _durable(number: int, place: int, state: State) -> State:
    return step(number, place, state, _queue)


@DBOS.workflow()
def _nomination(number: int) -> bool:
    kept: State = {}
    for place in range(len(STEPS)):
        kept |= _durable(number, place, kept)
    return bool(kept["followed_up"])


def _configured(url: str) -> DBOSConfig:
    return {
        "name": "bench-peers",
        "system_database_url": url,
        "log_level": "ERROR",
        "console_log_level": "ERROR",
    }


def measure(size: int, server: str = "") -> dict[str, object]:
    """Take so many nominations through the workflow, one after the other."""
    watch = Stopwatch()
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder), server) as messages,
        scratch(server, "dbos") as url,
    ):
        with messages.writing() as write:
            write("CREATE TABLE message (number INTEGER, subject TEXT, body TEXT)")
        _MESSAGES.append(messages)
        DBOS(config=_configured(url or f"sqlite:///{folder}/dbos.sqlite"))
        DBOS.launch()
        _nomination(size)  # not counted: what is made on first use
        with watch.phase("all"):
            done = [_nomination(number) for number in range(size)]
        DBOS.destroy()
    if not all(done):
        sys.exit("a workflow did not come to its end")
    return {
        "case": f"DBOS {version('dbos')}, 10 durable steps",
        "database": "PostgreSQL" if server else "SQLite",
        "n": size,
        **watch.figures(size),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), *sys.argv[2:])))
