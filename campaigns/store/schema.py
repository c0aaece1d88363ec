"""Is the database of this version, and how is it brought there? Alembic migrations."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from campaigns.rules.errors import HomeNotReady
from campaigns.store.engine import WRITES

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> str:
    """Bring the database to this version, creating it where it is empty; return the version."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    config = _config()
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return wanted()


def wanted() -> str:
    """Return the version this code needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def present(engine: Engine) -> str | None:
    """Return the version the database has; None where it has no tables of ours."""
    if (
        engine.dialect.name == "sqlite"
        and engine.url.database
        and not Path(engine.url.database).exists()
    ):
        return None
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def ensure_current(engine: Engine) -> None:
    """Refuse to work on a database of another version.

    Raises:
        HomeNotReady: It is missing or older or newer; the message says what to do.
    """
    have, want = present(engine), wanted()
    if have is None:
        msg = "There is no database here yet; run `thidua init` (or set THIDUA_HOME)."
        raise HomeNotReady(msg)
    if have != want:
        msg = (
            f"The database is of version {have}, this program needs {want}; back it up, then run "
            "`thidua db upgrade`."
        )
        raise HomeNotReady(msg)
