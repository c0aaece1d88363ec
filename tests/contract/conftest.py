"""The store's contract is tested on both databases, with the same small campaign."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campaigns.store.transaction import Store
from tests.databases import Database
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def store(world: World) -> Store:
    return world.store
