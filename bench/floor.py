"""What does storing a campaign cost at the least? Its rows again, with a hash chain, nothing else.

A cycle is run, not counted. What it left behind is then put into an empty database straight through
the driver: stage by stage, 1,000 nominations a transaction, each with its share of the events and
messages in their order. Every event is sealed with SHA-256. No rule is asked and nothing rendered.

    python -m bench.floor NOMINATIONS FOLDER [POSTGRESQL]
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import psycopg

from bench.cycle import Cycle, new_home, scratch
from bench.stopwatch import Stopwatch
from bench.synthetic import Province
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.tables import metadata

Row = tuple[Any, ...]
STAGES: Final = (
    ("nomination", "nomination_content"),
    ("finding",),
    ("review", "score"),
    ("appraisal",),
    ("participation", "ballot", "tally"),
    ("recognition",),
    ("adoption", "follow_up"),
)
"""What is stored together; the tables in which there are rows for each nomination."""
_OF_A_NOMINATION: Final = {table for tables in STAGES for table in tables} | {"event", "message"}
_BATCH: Final = 1_000


class Finished:
    """The database that a cycle left behind."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""
        return [row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")]

    def rows(self, table: str) -> list[Row]:
        """Return all rows of a table, in its own order."""
        return self._connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - ours


class Target:
    """An empty database, filled through its driver."""

    def __init__(self, finished: Finished, home: Path, url: str) -> None:
        self._finished = finished
        address = url or f"sqlite:///{home / 'floor.db'}"
        engine = open_engine(address)
        schema.upgrade(engine)
        engine.dispose()
        self._mark = "%s" if url else "?"
        self._connection: Any = (
            psycopg.connect(address.replace("+psycopg", "")) if url else _sqlite(home / "floor.db")
        )
        self._cursor = self._connection.cursor()

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Insert rows by one statement."""
        names = self._finished.columns(table)
        marks = ", ".join([self._mark] * len(names))
        statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - ours
        if rows:
            self._cursor.executemany(statement, rows)

    def commit(self) -> None:
        """End the transaction."""
        self._connection.commit()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()


def _sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _typed(table: str, names: Sequence[str], rows: Sequence[Row], *, strict: bool) -> list[Row]:
    """Give yes and no their type back where the database insists: SQLite keeps numbers."""
    kinds = [metadata.tables[table].c[name].type.python_type for name in names]
    places = [place for place, kind in enumerate(kinds) if kind is bool] if strict else []
    typed = [list(row) for row in rows]
    for row in typed:
        for place in places:
            row[place] = bool(row[place])
    return [tuple(row) for row in typed]


def _batches(finished: Finished, *, strict: bool) -> list[dict[str, list[Row]]]:
    """Return what each transaction stores."""
    done: list[dict[str, list[Row]]] = []
    for tables in STAGES:
        found = {
            name: _typed(name, finished.columns(name), finished.rows(name), strict=strict)
            for name in tables
        }
        parts = max(1, -(-len(found[tables[0]]) // _rows_per_batch(tables[0])))
        done += [
            {name: _share(found[name], part, parts) for name in tables} for part in range(parts)
        ]
    for name in ("event", "message"):
        rows = _typed(name, finished.columns(name), finished.rows(name), strict=strict)
        for part, batch in enumerate(done):
            batch[name] = _share(rows, part, len(done))
    return done


def _rows_per_batch(table: str) -> int:
    """Return how many rows a batch of nominations has in the first table of its stage."""
    return _BATCH * {"review": 5, "participation": 15}.get(table, 1)


def _share(rows: Sequence[Row], part: int, parts: int) -> list[Row]:
    return list(rows[len(rows) * part // parts : len(rows) * (part + 1) // parts])


def _sealed(rows: Sequence[Row], last: str) -> Iterator[Row]:
    """Chain events: each gets the hash of itself and of the one before it."""
    for row in rows:
        last = hashlib.sha256((last + "".join(map(str, row[1:-1]))).encode()).hexdigest()
        yield (*row[:-1], last)


def measure(size: int, folder: Path, server: str = "") -> dict[str, object]:
    """Run a cycle, then store again what it left behind; return what the second took."""
    watch, last = Stopwatch(), ""
    with tempfile.TemporaryDirectory() as home, scratch(server) as url:
        _run_cycle(size, folder, Path(home))
        with (
            closing(Finished(Path(home, "thidua.db"))) as finished,
            closing(Target(finished, Path(home), url)) as target,
        ):
            _copy_the_rest(finished, target, strict=bool(url))
            for batch in _batches(finished, strict=bool(url)):
                with watch.phase("insert"):
                    batch["event"] = list(_sealed(batch["event"], last))
                    last = batch["event"][-1][-1] if batch["event"] else last
                    for name, rows in batch.items():
                        target.insert(name, rows)
                    target.commit()
    return {
        "case": "floor on PostgreSQL" if server else "floor",
        "n": size,
        **watch.figures(size),
    }


def _copy_the_rest(finished: Finished, target: Target, *, strict: bool) -> None:
    """Store registers, campaign, stages and sessions, which others refer to; not counted."""
    for table in metadata.sorted_tables:
        if table.name not in _OF_A_NOMINATION:
            names, rows = finished.columns(table.name), finished.rows(table.name)
            target.insert(table.name, _typed(table.name, names, rows, strict=strict))
    target.commit()


def _run_cycle(size: int, folder: Path, home: Path) -> None:
    province = Province(size)
    app = new_home(home)
    Cycle(app, province, province.playbook(), folder).run()
    app.store.engine.dispose()


def main() -> None:
    """Print the figures as JSON."""
    size, folder, *server = sys.argv[1:]
    print(json.dumps(measure(int(size), Path(folder), *server)))


if __name__ == "__main__":
    main()
