"""Which campaign does a test work on? One of its own, on SQLite, with short dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.databases import Database
from tests.portal_client import People
from tests.world import World, make_world, short_playbook


@pytest.fixture
def world(sqlite_database: Database) -> Iterator[World]:
    world = make_world(sqlite_database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def world_with(sqlite_database: Database) -> Iterator[Callable[..., World]]:
    """Make the world with changes to the playbook."""
    made: list[World] = []

    def make(**changes: Any) -> World:
        made.append(make_world(sqlite_database, short_playbook(**changes)))
        return made[-1]

    yield make
    for world in made:
        world.store.engine.dispose()


@pytest.fixture
def people(world: World, tmp_path: Path) -> People:
    return People(world, tmp_path)


@pytest.fixture
def receiving(world: World, people: People) -> People:
    world.receive_nominations()
    return people
