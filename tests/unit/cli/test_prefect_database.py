"""Does a new home get a whole database, whatever happens to the prepared one?

Prefect's migrations take seconds, so these tests let another program make the database.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from operations.prefect import database as prefect_database
from operations.prefect.database import is_prepared, lay_out, prepared


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Count how often the database is made, one line each."""
    count = tmp_path / "made"
    count.touch()

    def migrated(home: Path) -> bytes:
        with count.open("a") as file:
            file.write("once\n")
        with closing(sqlite3.connect(home / "prefect.db")) as database:
            database.execute("CREATE TABLE alembic_version (version_num TEXT)")
        return (home / "prefect.db").read_bytes()

    monkeypatch.setattr(prefect_database, "_migrated", migrated)
    return count


def tables(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "prefect.db")) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def the_one(folder: Path) -> Path:
    (found,) = folder.glob("*.db")
    return found


def test_two_homes_cost_one_preparation(tmp_path: Path, made: Path):
    folder = tmp_path / "venv" / "share"

    assert not is_prepared(folder)
    assert lay_out(tmp_path / "one", folder)
    assert lay_out(tmp_path / "two", folder)

    assert tables(tmp_path / "one") == tables(tmp_path / "two") == ["alembic_version"]
    assert made.read_text() == "once\n"
    assert is_prepared(folder)


def test_database_that_is_there_stays(tmp_path: Path):
    (tmp_path / "prefect.db").write_bytes(b"mine")

    assert not lay_out(tmp_path, tmp_path / "share")
    assert (tmp_path / "prefect.db").read_bytes() == b"mine"


def test_damaged_preparation_is_made_anew(tmp_path: Path, made: Path):
    folder = tmp_path / "share"
    whole = prepared(folder)
    the_one(folder).write_bytes(b"SQLite format 3\0, and then the disk was full")

    assert prepared(folder) == whole
    assert the_one(folder).read_bytes() == whole
    assert made.read_text() == "once\nonce\n"


def test_interrupted_preparation_leaves_nothing(tmp_path: Path):
    folder = tmp_path / "share"
    left = folder / "tmpabc"
    left.mkdir(parents=True)
    (left / "prefect.db").write_bytes(b"half of it")

    prepared(folder)

    assert not left.exists()


def test_upgrade_of_prefect_takes_the_place(
    tmp_path: Path, made: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "share"
    prepared(folder)
    before = the_one(folder)
    monkeypatch.setattr(prefect_database, "version", lambda _name: "99")

    assert not is_prepared(folder)
    prepared(folder)

    assert the_one(folder) != before
    assert made.read_text() == "once\nonce\n"


def test_folder_that_cannot_be_is_no_harm(tmp_path: Path):
    folder = tmp_path / "share"
    folder.write_text("a file, not a folder")

    assert prepared(folder) is None
    assert not lay_out(tmp_path / "home", folder)
    assert not (tmp_path / "home" / "prefect.db").exists()


def test_prefect_that_fails_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(_home: Path) -> bytes:
        raise subprocess.CalledProcessError(1, "prefect")

    monkeypatch.setattr(prefect_database, "_migrated", fails)

    assert prepared(tmp_path / "share") is None


def test_commands_at_once_make_it_once(tmp_path: Path, made: Path):
    folder = tmp_path / "share"
    fork = multiprocessing.get_context("fork")
    several = [
        fork.Process(target=lay_out, args=(tmp_path / str(number), folder)) for number in range(6)
    ]
    for one in several:
        one.start()
    for one in several:
        one.join()

    assert [one.exitcode for one in several] == [0] * 6
    assert all(tables(tmp_path / str(number)) for number in range(6))
    assert made.read_text() == "once\n"
