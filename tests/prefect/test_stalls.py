"""Does anything make a run wait that need not? Prefect's SQLite, and the hearts of runs (ADR 0029).

What is changed of Prefect is changed in two places. These tests fail when Prefect changes there.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from prefect import flow, flow_engine
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import MODELS_DEPENDENCIES, provide_database_interface
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from flows.heartbeats import let_hearts_stop_alone
from operations.prefect.sqlite import WritersTakeTurns, let_writers_take_turns

READ, WRITE = text("SELECT count(*) FROM fact"), text("INSERT INTO fact VALUES (1)")
Story = Callable[[AioSqliteConfiguration, AsyncSession, AsyncSession], Awaitable[None]]


def told(kind: type[AioSqliteConfiguration], folder: Path, story: Story) -> int:
    """Tell a story of two sessions; return how many facts there are afterwards."""

    async def tell() -> int:
        configuration = kind(f"sqlite+aiosqlite:///{folder / 'prefect.db'}")
        engine = await configuration.engine()
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE fact (number INTEGER)"))
        async with (
            await configuration.session(engine) as one,
            await configuration.session(engine) as two,
        ):
            await asyncio.wait_for(story(configuration, one, two), 30)
        async with engine.connect() as connection:
            found = (await connection.execute(READ)).scalar_one()
        await engine.dispose()
        return int(found)

    return asyncio.run(tell())


async def write_of_another(
    configuration: AioSqliteConfiguration, one: AsyncSession, two: AsyncSession
) -> None:
    """Let one read, two write, and one write then."""
    request = copy_context()  # not one that has begun inside the other's transaction

    async def write() -> None:
        async with configuration.begin_transaction(two):
            await two.execute(WRITE)

    async with configuration.begin_transaction(one):
        await one.execute(READ)
        second = asyncio.create_task(write(), context=request)
        await asyncio.wait([second], timeout=0.5)
        await one.execute(WRITE)
    await second


async def look_inside(
    configuration: AioSqliteConfiguration, one: AsyncSession, two: AsyncSession
) -> None:
    """Let one write, and its request look at something in a transaction of its own meanwhile."""
    async with configuration.begin_transaction(one):
        await one.execute(WRITE)
        async with configuration.begin_transaction(two):
            await two.execute(READ)


def test_prefect_refuses_whom_another_overtook(tmp_path: Path):
    with pytest.raises(OperationalError, match="database is locked"):
        told(AioSqliteConfiguration, tmp_path, write_of_another)


def test_writers_take_turns(tmp_path: Path):
    assert told(WritersTakeTurns, tmp_path, write_of_another) == 2


def test_transaction_inside_another_does_not_wait_for_it(tmp_path: Path):
    assert told(WritersTakeTurns, tmp_path, look_inside) == 1


def test_server_takes_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(MODELS_DEPENDENCIES, "database_config", None)

    let_writers_take_turns("sqlite+aiosqlite:///prefect.db")

    assert isinstance(provide_database_interface().database_config, WritersTakeTurns)


def test_run_does_not_wait_for_its_heart(prefect_api: str, monkeypatch: pytest.MonkeyPatch):
    asked: list[object] = []
    prefects: Any = getattr(flow_engine._send_heartbeats, "func", None)

    @contextmanager
    def noted(engine: object, join_on_exit: bool = True) -> Iterator[None]:
        asked.append(join_on_exit)
        with prefects(engine, join_on_exit=join_on_exit):
            yield

    monkeypatch.setattr(flow_engine, "_send_heartbeats", noted)
    let_hearts_stop_alone()

    @flow
    def empty() -> None: ...

    empty()

    assert asked == [False]
    assert inspect.signature(prefects).parameters["join_on_exit"].default is True
