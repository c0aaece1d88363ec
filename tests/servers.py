"""Real servers of a test's own: PostgreSQL, Redis, nginx, Prefect, from the packages of Debian.

Each lives in a temporary folder, on a free port of the loopback interface.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from tests.processes import Process, answers, find_program, free_port, listens, until

_CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 200
fsync = off
shared_buffers = 64MB
"""


@dataclass
class Postgres:
    """A PostgreSQL server with its own data; the wheel's lacks an extension that Prefect needs."""

    folder: Path
    port: int
    process: Process

    @classmethod
    def make(cls) -> Postgres:
        """Make an empty one; the server refuses to run as root, so another user runs it then."""
        folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
        user = "postgres" if os.getuid() == 0 else None
        if user is not None:
            known = pwd.getpwnam(user)
            os.chown(folder, known.pw_uid, known.pw_gid)
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name)
        folders = [str(one) for one in reversed(newest)]
        data, port = folder / "data", free_port()
        subprocess.run(
            [find_program("initdb", *folders), "-D", data, "-A", "trust", "-U", "thidua"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_CONFIGURATION.format(port=port, folder=folder))
        made = cls(
            folder,
            port,
            Process(
                "postgres",
                [find_program("postgres", *folders), "-D", str(data)],
                folder / "log",
                os.environ,
                user=user,
            ),
        )
        made.process.ready = made.is_ready
        (folder / "log").touch()
        return made

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """Return the address of a database on it."""
        return f"{driver}://thidua@127.0.0.1:{self.port}/{database}"

    def is_ready(self) -> bool:
        """Say whether it takes connections."""
        engine = create_engine(self.url("postgres"))
        try:
            with engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001 - whatever it is, it does not answer yet
            return False
        finally:
            engine.dispose()
        return True

    def run(self, statement: str) -> None:
        """Carry out one statement outside a transaction."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def kill(self) -> None:
        """Kill every process of the server at once; none has time to write anything more."""
        self.process.kill()

    def remove(self) -> None:
        """End it and delete its data."""
        self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def redis(folder: Path) -> tuple[Process, int]:
    """Return a Redis server that keeps nothing, not yet started, and its port."""
    port = free_port()
    command = [find_program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    ready = lambda: listens(port)  # noqa: E731 - one line says it
    return Process("redis", command, folder / "redis.log", os.environ, ready=ready), port


def nginx(folder: Path, configuration: str, port: int) -> Process:
    """Return an nginx with this configuration, not yet started."""
    path = folder / "nginx.conf"
    path.write_text(configuration, encoding="utf-8")
    command = [find_program("nginx"), "-p", str(folder), "-c", str(path), "-g", "daemon off;"]
    command += ["-e", str(folder / "nginx-error.log")]
    ready = lambda: listens(port)  # noqa: E731 - one line says it
    return Process("nginx", command, folder / "nginx.log", os.environ, ready=ready)


def prefect_server(name: str, folder: Path, port: int, env: dict[str, str]) -> Process:
    """Return a Prefect server as `thidua up` starts it, with the services in it."""
    command = [sys.executable, "-m", "operations.prefect.api", str(port)]
    env = {**env, "PREFECT__SERVER_FINAL": "1"}
    return _prefect(name, folder, port, env, command)


def prefect_api_server(name: str, folder: Path, port: int, env: dict[str, str]) -> Process:
    """Return one of several API servers, as the shared set-up starts them, without services."""
    command = [sys.executable, "-m", "cli.main", "engine", "serve", "--host", "127.0.0.1"]
    return _prefect(name, folder, port, env, [*command, "--port", str(port), "--no-services"])


def _prefect(
    name: str, folder: Path, port: int, env: dict[str, str], command: Sequence[str]
) -> Process:
    url = f"http://127.0.0.1:{port}/api/health"
    return Process(name, command, folder / f"{name}.log", env, ready=lambda: answers(url))


def prefect_worker(name: str, folder: Path, env: dict[str, str]) -> Process:
    """Return a worker of the engine, not yet started."""
    command = [sys.executable, "-m", "cli.main", "engine", "worker", "--name", name]
    log = folder / f"{name}.log"
    return Process(
        name, command, log, env, ready=lambda: log.exists() and b"started!" in log.read_bytes()
    )


def dask(folder: Path, env: dict[str, str], workers: int = 2) -> tuple[list[Process], str]:
    """Return a Dask scheduler and its workers, not yet started, and the scheduler's address."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    scheduler += ["--port", str(port), "--no-dashboard"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address]
    worker += ["--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard"]
    made = [
        Process(
            "dask-scheduler",
            scheduler,
            folder / "dask-scheduler.log",
            env,
            ready=lambda: listens(port),
        )
    ]
    for number in range(workers):
        log = folder / f"dask-worker-{number}.log"
        made.append(
            Process(
                f"dask-worker-{number}",
                worker,
                log,
                env,
                ready=lambda log=log: log.exists() and b"Registered to" in log.read_bytes(),  # type: ignore[misc]
            )
        )
    return made, address


def stop_all(processes: Sequence[Process]) -> None:
    """End processes, the last started first."""
    for process in reversed(processes):
        with contextlib.suppress(psutil.Error):
            process.stop()


def wait_for_all(processes: Sequence[Process]) -> None:
    """Wait until all are ready that were started without waiting."""
    for process in processes:
        process.wait()


def wait_gone(port: int) -> None:
    """Wait until nobody listens on a port any more."""
    until(lambda: not listens(port), 30, f"port {port} is free again")
