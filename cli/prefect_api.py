"""A Prefect API that ends with its starter: for one command, or as a part of `thidua up`."""

from __future__ import annotations

import gc
import sys
import threading
import time
from typing import Final

from cli.lifeline import hold_on_to_the_starter

_LOOPBACK: Final = "127.0.0.1"
_COLLECT_SECONDS: Final = 1.0
_COLLECT_ALL_EVERY: Final = 60
"""Old objects are looked through as seldom: it takes a tenth of a second."""


def main() -> None:
    """Serve Prefect's API on the port, and the address, named on the command line."""
    hold_on_to_the_starter()
    collect_garbage_apart()
    use_database()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=sys.argv[2] if sys.argv[2:] else _LOOPBACK,
        port=int(sys.argv[1]),
        log_level="error",
        timeout_graceful_shutdown=2,
    )


def use_database() -> None:
    """Let a new home have its database at once, and writers of SQLite take turns.

    Somebody may have chosen another database, which is left to itself.
    """
    from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL, PREFECT_HOME

    from cli.prefect_database import DATABASE, lay_out

    home, url = PREFECT_HOME.value(), PREFECT_API_DATABASE_CONNECTION_URL.value() or ""
    if url == f"sqlite+aiosqlite:///{home / DATABASE}":
        lay_out(home)
    if url.startswith("sqlite"):
        from cli.prefect_sqlite import let_writers_take_turns

        let_writers_take_turns(url)


def collect_garbage_apart() -> None:
    """Let a thread of its own collect garbage, instead of whichever thread makes some.

    Finalising a forgotten SQLite cursor waits until its connection is idle. Where that connection
    waits for a lock whose owner only the event loop can wake, the loop would wait for itself:
    every request stood still for the minute after which SQLite gives up (ADR 0027).
    """
    gc.disable()
    threading.Thread(target=_collect_for_ever, name="garbage", daemon=True).start()


def _collect_for_ever() -> None:
    rounds = 0
    while True:
        time.sleep(_COLLECT_SECONDS)
        rounds += 1
        gc.collect(1 if rounds % _COLLECT_ALL_EVERY else 2)


if __name__ == "__main__":
    main()
