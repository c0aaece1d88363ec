"""How is a database copied whole while others write, and put back? SQLite's own way, PostgreSQL's.

SQLite copies itself page by page into another file; who writes meanwhile is in it or not, never by
halves. PostgreSQL's `pg_dump` reads one moment.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine, inspect, make_url, select

from campaigns.rules.backup.errors import DatabaseNotEmpty, ToolFailed, ToolMissing
from campaigns.store.tables import campaign, event_head, metadata

_PAGES: Final = 2_000
_PATIENCE_SECONDS: Final = 3_600


def is_sqlite(url: str) -> bool:
    """Say which of the two kinds of database a URL names."""
    return make_url(url).get_backend_name() == "sqlite"


def copy_out(url: str, target: Path) -> None:
    """Write a whole copy of a database to a file.

    Raises:
        ToolMissing, ToolFailed: `pg_dump` is not there, or has refused.
    """
    if not is_sqlite(url):
        _run("pg_dump", make_url(url), "--format=custom", "--no-owner", f"--file={target}")
        return
    name = make_url(url).database or ""
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy, pages=_PAGES)
        # One whole file, with nothing beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def copy_in(url: str, source: Path) -> None:
    """Fill an empty database from a copy.

    Raises:
        DatabaseNotEmpty: There are tables of ours already.
        ToolMissing, ToolFailed: `pg_restore` is not there, or has refused.
    """
    target = make_url(url)
    if is_sqlite(url):
        path = Path(target.database or "")
        if path.exists():
            raise DatabaseNotEmpty(str(path))
        shutil.copyfile(source, path)
        return
    _run("pg_restore", target, "--no-owner", "--exit-on-error", "--single-transaction", str(source))


def ensure_empty(engine: Engine) -> None:
    """Refuse a server's database that holds tables of ours.

    Raises:
        DatabaseNotEmpty: It does.
    """
    if engine.dialect.name != "sqlite" and set(inspect(engine).get_table_names()) & set(
        metadata.tables
    ):
        raise DatabaseNotEmpty(engine.url.render_as_string(hide_password=True))


def heads(engine: Engine) -> dict[str, tuple[int, str]]:
    """Return the number and the hash of the last event of each campaign."""
    query = select(campaign.c.code, event_head.c.number, event_head.c.hash).join(
        event_head, event_head.c.campaign_id == campaign.c.id
    )
    with engine.connect() as connection:
        return {row.code: (row.number, row.hash) for row in connection.execute(query)}


def _run(tool: str, url: URL, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise ToolMissing(tool)
    # The password goes by the environment: arguments can be seen by everybody on the machine.
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs
        [program, f"--dbname={plain}", *arguments],
        env={**os.environ, **({"PGPASSWORD": url.password} if url.password else {})},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(tool, done.stderr.strip().splitlines()[-1:])
