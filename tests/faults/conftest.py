"""What the tests of faults share: processes that act, race and die."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.databases import Database
from tests.processes import listening
from tests.world import World, make_world

Together = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def actors() -> Iterator[subprocess.Popen[str]]:
    with listening("tests.faults.actors") as process:
        yield process


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def together(actors: subprocess.Popen[str], world: World, database: Database) -> Together:
    """Let other processes act on the world, all at the same moment; return what became of each."""

    def act(*jobs: dict[str, Any]) -> list[dict[str, Any]]:
        common = {
            "backend": database.backend,
            "url": database.url,
            "now": world.clock.time.isoformat(),
        }
        assert actors.stdin is not None
        assert actors.stdout is not None
        actors.stdin.write(json.dumps([common | job for job in jobs]) + "\n")
        actors.stdin.flush()
        results: list[dict[str, Any]] = json.loads(actors.stdout.readline())
        return results

    return act
