"""Prefect's API, guarded: for one command, as a part of `thidua up`, or `thidua engine serve`.

It always asks for a password, and answers under its own names alone (ADR 0034).
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from typing import Any, Final

from operations.lifeline import hold_on_to_the_starter
from operations.prefect.guard import CORS, LOOPBACK, Guard, own_names, own_origins
from operations.prefect.password import CLIENT, SERVER, server_password

_COLLECT_SECONDS: Final = 1.0
_COLLECT_ALL_EVERY: Final = 60
"""Old objects are looked through as seldom: it takes a tenth of a second."""


def main() -> None:
    """Serve Prefect's API on the port, and the address, named on the command line."""
    os.umask(0o077)
    hold_on_to_the_starter()
    serve(sys.argv[2] if sys.argv[2:] else LOOPBACK[0], int(sys.argv[1]))


def serve(host: str, port: int) -> None:
    """Serve Prefect's API until the process is told to end.

    Raises:
        PrefectPasswordUnfit: What is set as its password protects nothing.
    """
    set_protection(host, port)
    collect_garbage_apart()
    use_database()
    import uvicorn

    uvicorn.run(
        lambda: _guarded(host),
        factory=True,
        host=host,
        port=port,
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=2,
    )


def _guarded(host: str) -> Guard:
    from prefect.server.api.server import create_app

    from operations.prefect.names import name_scheduled_runs

    name_scheduled_runs()
    application: Any = create_app()
    return Guard(application, own_names(host), own_origins())


def set_protection(host: str, port: int) -> None:
    """Set what Prefect itself has of protection, before it reads its settings.

    Raises:
        PrefectPasswordUnfit: What is set as its password protects nothing.
    """
    from campaigns.settings import Settings

    os.environ[SERVER] = os.environ[CLIENT] = server_password(Settings().home)
    os.environ.update(protection(f"http://{LOOPBACK[0] if host in LOOPBACK else host}:{port}"))


def protection(address: str) -> dict[str, str]:
    """Return the settings that keep the pages of others out; origins somebody has set stay."""
    return {
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        CORS: ",".join(sorted(own_origins())) or address,
    }


def use_database() -> None:
    """Let a new home have its database at once, and writers of SQLite take turns.

    Somebody may have chosen another database, which is left to itself.
    """
    from prefect.settings import PREFECT_API_DATABASE_CONNECTION_URL, PREFECT_HOME

    from operations.prefect.database import DATABASE, lay_out

    home, url = PREFECT_HOME.value(), PREFECT_API_DATABASE_CONNECTION_URL.value() or ""
    if url == f"sqlite+aiosqlite:///{home / DATABASE}":
        lay_out(home)
    if url.startswith("sqlite"):
        from operations.prefect.sqlite import let_writers_take_turns

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
