"""An installation in one file, and back: whole, checked, and without sending mail again."""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from campaigns import bootstrap
from campaigns.store.engine import beats


class Ended(Protocol):
    code: int
    out: str
    err: str


class Command(Protocol):
    def __call__(self, *arguments: str) -> Ended: ...


CODE = "DVK-2023"


@pytest.fixture
def backup(launched: Command, home: Path, tmp_path: Path) -> Path:
    """Back up an installation whose campaign has held mail, one queued message and a document."""
    set_state(home, 1, "queued")
    (home / "documents").mkdir(exist_ok=True)
    (home / "documents" / "list.txt").write_text("kept", "utf-8")
    out = tmp_path / "backup.tgz"
    ended = launched("backup", str(out))
    assert ended.code == 0, ended.err
    return out


def set_state(home: Path, number: int, state: str) -> None:
    bootstrap.app().store.engine.dispose()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE message SET state = ? WHERE id = ?", (state, number))
    connection.close()


def states(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "thidua.db") as connection:
        found = dict(connection.execute("SELECT state, count(*) FROM message GROUP BY 1"))
    connection.close()
    return found


@pytest.fixture
def other(
    backup: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Work on another home, where nothing is yet, from now on."""
    bootstrap.app().store.engine.dispose()
    folder = tmp_path / "other"
    monkeypatch.setenv("THIDUA_HOME", str(folder))
    yield folder
    if folder.exists():
        bootstrap.app().store.engine.dispose()
    monkeypatch.setenv("THIDUA_HOME", str(home))


def changed(backup: Path, name: str, content: bytes) -> Path:
    """Write the backup anew with one file of it changed."""
    out = backup.with_name("changed.tgz")
    with tarfile.open(backup) as source, tarfile.open(out, "w:gz") as target:
        for info in source.getmembers():
            file = source.extractfile(info)
            assert file is not None
            data = content if info.name == name else file.read()
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return out


def test_backup_is_readable_by_its_owner_only(backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_backup_leaves_nothing_beside_it(backup: Path, home: Path):
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, home.name}


def test_folder_in_place_of_a_file_is_named(backup: Path, launched: Command):
    ended = launched("backup", str(backup.parent))

    assert ended.code == 2
    assert ended.err == f"Error: {backup.parent} is a folder, not a file.\n"


def test_database_that_waits_for_its_upgrade_can_be_backed_up(backup: Path, home: Path, launched):
    bootstrap.app().store.engine.dispose()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0008'")
    connection.close()

    ended = launched("backup", str(backup), "--replace")

    assert ended.code == 0, ended.err
    with tarfile.open(backup) as tar:
        file = tar.extractfile("manifest.json")
        assert file is not None
        assert json.load(file)["revision"] == "0008"


def test_secret_is_in_a_backup_only_where_asked_for(backup: Path, launched: Command):
    with_secret = backup.with_name("with-secret.tgz")
    launched("backup", str(with_secret), "--with-secret")

    with tarfile.open(backup) as without, tarfile.open(with_secret) as asked:
        assert "secret.key" not in without.getnames()
        assert "secret.key" in asked.getnames()


def test_restored_installation_is_the_one_backed_up(backup: Path, thidua: Command, other: Path):

    ended = thidua("restore", str(backup))

    assert ended.code == 0, ended.err
    assert "the chain is intact" in ended.out
    assert json.loads(thidua("campaign", "status", "--json").out)["stages"][0]["name"] == "launch"
    assert (other / "documents" / "list.txt").read_text("utf-8") == "kept"


def test_processes_of_the_backup_are_not_taken_for_running_ones(
    launched: Command, thidua: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bootstrap.app().act_as("system:test", None, beats.beat, "relay:elsewhere", beats.RELAY)
    out = tmp_path / "backup.tgz"
    assert launched("backup", str(out)).code == 0
    bootstrap.app().store.engine.dispose()
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path / "other"))

    restored = thidua("--lang", "en", "restore", str(out))

    assert restored.code == 0, restored.err
    assert "(Asia/Ho_Chi_Minh)" in " ".join(restored.out.split())
    assert bootstrap.app().read(None, beats.living) == []
    bootstrap.app().store.engine.dispose()


def test_queued_mail_does_not_leave_after_a_restore(backup: Path, thidua: Command, other: Path):
    ended = thidua("restore", str(backup))

    assert "may have left since the backup" in ended.out
    assert states(other)["uncertain"] == 1
    assert "queued" not in states(other)
    assert thidua("audit", "verify").code == 0


def test_queued_mail_stays_queued_where_none_has_left_since(
    backup: Path, thidua: Command, other: Path
):
    thidua("restore", str(backup), "--nothing-since")

    assert states(other)["queued"] == 1


def test_restore_into_a_used_home_is_refused(backup: Path, thidua: Command, home: Path):
    before = states(home)

    ended = thidua("restore", str(backup))

    assert ended.code == 2
    assert "--force" in ended.err
    assert states(home) == before


def test_forced_restore_moves_the_old_home_aside(backup: Path, thidua: Command, home: Path):
    (home / "mine.txt").write_text("mine", "utf-8")
    bootstrap.app().store.engine.dispose()

    ended = thidua("restore", str(backup), "--force")

    aside = home.with_name(f"{home.name}.before-restore-1")
    assert ended.code == 0, ended.err
    assert (aside / "mine.txt").read_text("utf-8") == "mine"
    assert not (home / "mine.txt").exists()


@pytest.mark.parametrize("name", ["database.sqlite", "documents/list.txt", "manifest.json"])
def test_changed_backup_is_refused(
    backup: Path, thidua: Command, other: Path, tmp_path: Path, name: str
):
    ended = thidua("restore", str(changed(backup, name, b"changed")))

    assert ended.code == 2
    assert "cannot be restored" in ended.err
    assert not other.exists()
    assert [path.name for path in tmp_path.iterdir() if "restoring" in path.name] == []


@pytest.mark.parametrize(("key", "value"), [("format", 2), ("revision", "9999")])
def test_backup_of_a_newer_program_is_refused_before_anything_changes(
    backup: Path, thidua: Command, other: Path, key: str, value: object
):
    with tarfile.open(backup) as tar:
        file = tar.extractfile("manifest.json")
        assert file is not None
        manifest = json.load(file)
    newer = changed(backup, "manifest.json", json.dumps(manifest | {key: value}).encode())

    ended = thidua("restore", str(newer))

    assert ended.code == 2
    assert "a newer program has written it" in ended.err
    assert not other.exists()


def test_restored_home_is_for_its_owner_only(backup: Path, thidua: Command, other: Path):
    thidua("restore", str(backup))

    assert stat.S_IMODE(other.stat().st_mode) == 0o700


def test_backup_that_was_cut_off_is_refused(backup: Path, thidua: Command, other: Path):
    backup.write_bytes(backup.read_bytes()[:-200])

    ended = thidua("restore", str(backup))

    assert ended.code == 2
    assert not other.exists()


def test_file_that_does_not_exist_is_named(thidua: Command, tmp_path: Path):
    ended = thidua("restore", str(tmp_path / "nothing.tgz"))

    assert ended.code == 2
    assert "nothing.tgz" in ended.err


def test_restore_while_the_engine_runs_is_refused(backup: Path, thidua: Command, home: Path):
    from operations.lock import UP, lock_file, taken  # noqa: PLC0415 - beside its use

    with lock_file(home, UP) as file:
        assert taken(file, wait=False)
        ended = thidua("restore", str(backup), "--force")

    assert ended.code == 2
    assert "end it first" in ended.err
