"""Is the prepared database what Prefect's server would make itself, and nobody's?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory
from prefect.server.database.orm_models import AioSqliteORMConfiguration

from operations.prefect.database import DATABASE, lay_out


def test_copy_is_of_the_newest_revision_and_empty(tmp_path: Path):
    assert lay_out(tmp_path)

    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        filled = {
            name
            for (name,) in names
            if database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        }
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()

    versions = AioSqliteORMConfiguration().versions_dir
    script = ScriptDirectory(str(versions.parents[1]), version_locations=[str(versions)])
    assert [revision] == script.get_heads()
    # No key and no name of an installation that others would share.
    assert filled == {"alembic_version"}
