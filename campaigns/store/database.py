"""How is a database opened? SQLite for one machine, PostgreSQL when shared (ADR 0006)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from campaigns.rules.engine.errors import HomeNotReady
from campaigns.store.prepared import hand_over
from language import _

BUSY_TIMEOUT_MS = 30_000
_POSTGRESQL = {"postgresql", "postgres"}
"""As other programs write it: SQLAlchemy would look for another driver than ours."""
OUT_OF_REACH = (OperationalError, InterfaceError)
"""What is raised while the database does not answer; it may a moment later."""
WRITES = "thidua_writes"
"""Execution option of a connection that will write."""
COPY_TYPES = "thidua_copy_types"
"""Execution option of a COPY of PostgreSQL: the types of its columns."""
_REGISTERS = 0x7468_6964_7561  # "thidua": any number no other program locks


def open_engine(url: str) -> Engine:
    """Return an engine for `url` with the settings both databases need.

    Raises:
        HomeNotReady: It is no address of a database, or its driver is not installed.
    """
    try:
        place = _place_of(url)
        if place.get_backend_name() != "sqlite":
            if place.drivername in _POSTGRESQL:
                place = place.set(drivername="postgresql+psycopg")
            engine = create_engine(place, pool_pre_ping=True, hide_parameters=True)
            event.listen(engine, "do_executemany", _copy)
            return engine
        # An error's text reaches logs and Prefect's UI: it must not carry names and addresses.
        engine = create_engine(url, hide_parameters=True)
    except ModuleNotFoundError as missing:
        raise HomeNotReady(
            _("The driver {driver} is missing; install `thidua[postgres]`.", driver=missing.name)
        ) from missing
    except ArgumentError as wrong:
        raise HomeNotReady(
            _(
                "THIDUA_DATABASE_URL is not the address of a database: write "
                "postgresql://user@host/name or sqlite:////folder/thidua.db, or leave it out."
            )
        ) from wrong
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _place_of(url: str) -> URL:
    place = make_url(url)
    if place.get_backend_name() not in {"sqlite", *_POSTGRESQL}:
        raise ArgumentError(place.get_backend_name())
    return place


def _prepare_sqlite(dbapi_connection: object, _record: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred and comes too late; `_begin_sqlite` says it instead.
    dbapi_connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = dbapi_connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",  # first: changing the journal may have to wait
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is taken out of a row is not left lying on a free page
        "cache_size=-32768",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails with "database is locked" when another
    # one wrote in between; a writer therefore takes the write lock at once.
    writes = connection.get_execution_options().get(WRITES, False)
    hand_over(connection, "BEGIN IMMEDIATE" if writes else "BEGIN").close()


def begin_within(connection: Connection, seconds: float) -> None:
    """Begin a transaction that waits for others no longer than so many seconds."""
    usual = seconds * 1e3 >= BUSY_TIMEOUT_MS
    if usual:
        connection.begin()
        return
    wait = max(1, round(seconds * 1e3))
    if connection.dialect.name == "postgresql":
        connection.begin()
        connection.execute(text(f"SET LOCAL lock_timeout = {wait}"))
        return
    driver = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout={wait}")  # type: ignore[union-attr]
    try:
        connection.begin()
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")  # type: ignore[union-attr]


def _copy(
    cursor: Any,  # noqa: ANN401 - the driver's own
    statement: str,
    parameters: Iterable[Sequence[object]],
    context: ExecutionContext,
) -> bool:
    """Carry out a COPY, which SQLAlchemy has no call for; its errors are told as all others are."""
    types = context.execution_options.get(COPY_TYPES)
    if types is None:
        return False
    with cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in parameters:
            copy.write_row(row)
    return True


def reading_options(engine: Engine) -> dict[str, object]:
    """Return the options of a connection that reads: it sees one moment, whoever writes meanwhile.

    SQLite gives that by itself.
    """
    if engine.dialect.name != "postgresql":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def lock_registers(connection: Connection) -> None:
    """Let other writers of what belongs to no campaign wait; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_REGISTERS)))
