"""Where does a peer keep its rows? In a plain SQLite file, or in a database of PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from bench.cycle import scratch

Write = Callable[..., object]
"""Runs one statement, whose values stand where it says `?`."""


class Database:
    """One open connection, with the settings of thidua's own."""

    def __init__(self, connection: sqlite3.Connection | psycopg.Connection) -> None:
        self._connection = connection

    @contextmanager
    def writing(self) -> Iterator[Write]:
        """Open a transaction; it is committed at the end of the block."""
        one = self._connection
        if isinstance(one, sqlite3.Connection):
            one.execute("BEGIN IMMEDIATE")
            yield lambda statement, *values: one.execute(statement, values)
        else:
            yield lambda statement, *values: one.execute(
                statement.replace("?", "%s").encode(), values
            )
        one.commit()


@contextmanager
def opened(folder: Path, server: str) -> Iterator[Database]:
    """Open a file in the folder, or a database made beside the one named and removed at the end."""
    with scratch(server) as url:
        if url:
            plain = url.replace("postgresql+psycopg", "postgresql")
            with closing(psycopg.connect(plain)) as connection:
                yield Database(connection)
            return
        with closing(sqlite3.connect(folder / "peer.db", isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode=WAL")
            file.execute("PRAGMA synchronous=NORMAL")
            yield Database(file)
