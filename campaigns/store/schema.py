"""Is the database of this version, and how is it brought there?

Alembic migrates. Which version a database has, and which one this code needs, is asked at the start
of every command, and is read without Alembic: to import it takes as long as a command may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select, text
from sqlalchemy.exc import DBAPIError

from campaigns.rules.engine.errors import (
    DatabaseMissing,
    DatabaseOutdated,
    HomeNotReady,
    ReferencesBroken,
    ReferencesBrokenBefore,
)
from campaigns.store.database import WRITES, lock_registers, open_engine
from language import _

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_HELD = Table("alembic_version", MetaData(), Column("version_num", String))
"""Alembic's own table: one row, the version of the database."""


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - only where something is migrated

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def upgrade(engine: Engine) -> str:
    """Bring the database to this version, creating it where it is empty; return the version.

    Raises:
        HomeNotReady: It cannot be opened, or a newer program has been here.
        ReferencesBroken: A row would point to nothing, or does so already; nothing was changed.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    from alembic import command  # noqa: PLC0415 - only where something is migrated

    before = present(engine)
    _ensure_known(before)
    migrate(engine, command.upgrade, "head")
    if before is not None and before < _BLANKED:
        _forget(engine)
    return wanted()


_BLANKED: Final = "0018"
"""The version that takes digests out of which ballots could be tried."""


def _forget(engine: Engine) -> None:
    """Write anew what rows were taken out of: old contents lie on free pages until then."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM FULL processed_command")
            return
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def migrate(engine: Engine, act: Callable[[Config, str], None], revision: str) -> None:
    """Carry out one of Alembic's commands, whole and with every reference kept, or not at all.

    Raises:
        ReferencesBroken: A row would point to nothing, or does so already; nothing was changed.
    """
    config = _config()
    with _rebuilding(engine) as connection:
        with connection.begin() as all_of_it:
            lock_registers(connection)
            config.attributes["connection"] = connection
            act(config, revision)
            broken = _broken_references(connection)
            if broken:
                all_of_it.rollback()
        if broken:
            # Whoever reads the error has to know whether the upgrade is to be mended, or the rows.
            before = _broken_references(connection)
            raise ReferencesBrokenBefore(before) if before else ReferencesBroken(broken)


@contextmanager
def _rebuilding(engine: Engine) -> Iterator[Connection]:
    """Open a connection on which tables others point to may be made anew.

    SQLite changes a table by making another, and dropping the old one would count as the deletion
    of its rows. It is told so outside of a transaction alone; PostgreSQL changes tables in place.
    """
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        if connection.dialect.name != "sqlite":
            yield connection
            return
        _keep_references(connection, kept=False)
        try:
            yield connection
        finally:
            _keep_references(connection, kept=True)


def _keep_references(connection: Connection, *, kept: bool) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={'ON' if kept else 'OFF'}")
    cursor.close()


_BROKEN: Final = {
    "sqlite": "SELECT \"table\" || ' -> ' || parent, COUNT(*) FROM pragma_foreign_key_check "
    "GROUP BY 1 ORDER BY 1",
    # What PostgreSQL has validated it keeps; what a revision left unchecked is refused.
    "postgresql": "SELECT conrelid::regclass || ' -> ' || confrelid::regclass, COUNT(*) "
    "FROM pg_constraint WHERE contype = 'f' AND NOT convalidated GROUP BY 1 ORDER BY 1",
}


def _broken_references(connection: Connection) -> list[tuple[str, int]]:
    """Return which rows point to nothing: from which table to which, and how many."""
    query = text(_BROKEN[connection.dialect.name])
    return [(where, many) for where, many in connection.execute(query)]


def wanted() -> str:
    """Return the version this code needs."""
    return max(_known(), default="")


def _known() -> set[str]:
    # A revision's file begins with its number, and each follows the one before.
    return {file.name.partition("_")[0] for file in _MIGRATIONS.glob("versions/[0-9]*.py")}


def present(engine: Engine) -> str | None:
    """Return the version the database has; None where it has no tables of ours.

    Raises:
        HomeNotReady: It cannot be opened: no database, damaged, or its server does not answer.
    """
    if (
        engine.dialect.name == "sqlite"
        and engine.url.database
        and not Path(engine.url.database).exists()
    ):
        return None
    try:
        with engine.connect() as connection:
            return _held(connection)
    except DBAPIError as error:
        shown = engine.url.render_as_string(hide_password=True)
        raise HomeNotReady(
            _(
                "The database {database} cannot be opened: {problem}. Look at THIDUA_DATABASE_URL "
                "and THIDUA_HOME, and at who may write there.",
                database=shown,
                problem=str(error.orig),
            )
        ) from error


def _held(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_HELD.name):
        return None
    return connection.execute(select(_HELD.c.version_num)).scalar()


def ensure_current(engine: Engine) -> None:
    """Refuse to work on a database of another version.

    Raises:
        HomeNotReady: It is missing or older or newer; the message says what to do.
    """
    have, want = present(engine), wanted()
    if have is None:
        raise DatabaseMissing
    _ensure_known(have)
    if have != want:
        raise DatabaseOutdated(have, want)


def _ensure_known(version: str | None) -> None:
    if version is not None and version not in _known():
        raise HomeNotReady(
            _(
                "The database is of version {version}, which is newer than this program (version "
                "{wanted}); nothing was changed. Install the newer program.",
                version=version,
                wanted=wanted(),
            )
        )


def draft_migration(message: str) -> Path:
    """Write a revision from the newest one to the tables as they are now; somebody finishes it."""
    from alembic import command  # noqa: PLC0415 - only where something is migrated
    from alembic.script import Script  # noqa: PLC0415 - only where something is migrated

    config = _config()
    number = int(wanted() or "0") + 1
    engine = open_engine("sqlite://")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    if not isinstance(script, Script):
        msg = f"Alembic wrote no single revision: {script!r}"
        raise TypeError(msg)
    return Path(script.path)
