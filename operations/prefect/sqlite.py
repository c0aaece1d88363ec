"""How do writers of Prefect's SQLite database take turns? Each begins with the write lock.

Prefect begins most transactions as readers. One that has read, and then writes after another has
written, is refused by SQLite at once, whatever the busy timeout (SQLITE_BUSY_SNAPSHOT): the server
answers 503, and its client sleeps two seconds. Seven runs of eight met that (ADR 0029).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import set_database_config

_within: ContextVar[bool] = ContextVar("within", default=False)


class WritersTakeTurns(AioSqliteConfiguration):
    """Prefect's SQLite, with `BEGIN IMMEDIATE` for each transaction that is asked for by name."""

    @asynccontextmanager
    async def begin_transaction(
        self,
        session: Any,  # noqa: ANN401 - a session of SQLAlchemy, which this package does not import
        with_for_update: bool = False,
    ) -> AsyncGenerator[Any, None]:
        """Begin with the write lock; one inside another as Prefect does, not to wait for itself."""
        outermost = not _within.get()
        token = _within.set(True)
        try:
            async with super().begin_transaction(
                session, with_for_update=with_for_update or outermost
            ) as transaction:
                yield transaction
        finally:
            _within.reset(token)


def let_writers_take_turns(url: str) -> None:
    """Have the Prefect server of this process use its SQLite database so."""
    set_database_config(WritersTakeTurns(url))
