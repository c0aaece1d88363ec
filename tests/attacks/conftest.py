"""What every attack gets: a record of its attempts, and how many rounds it may go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks import record
from tests.databases import Database
from tests.world import World, make_world


@pytest.fixture
def attempt(request: pytest.FixtureRequest) -> Iterator[record.Attempts]:
    """Take note of each attempt; fail at the end where one did not hold."""
    attempts = record.Attempts()
    yield attempts
    record.keep(request, attempts)
    attempts.ensure_all_held()


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    """Say whether the long lists are tried: `make attacks`, or `--long`."""
    return bool(request.config.getoption("long"))


@pytest.fixture
def world(sqlite_database: Database) -> Iterator[World]:
    """Give a small campaign of its own, on SQLite."""
    made = make_world(sqlite_database)
    yield made
    made.store.engine.dispose()
