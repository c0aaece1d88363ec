"""`thidua doctor` finds what is wrong, and says what to do about it."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from campaigns import bootstrap
from cli.checks.engine import prefect_url
from cli.checks.installation import _is_within
from cli.commands.doctor import NAMES


class Ended(Protocol):
    code: int
    out: str
    err: str


class Command(Protocol):
    def __call__(self, *arguments: str) -> Ended: ...


@pytest.fixture(autouse=True)
def no_prefect(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    yield
    bootstrap._built.cache_clear()


def levels(thidua: Command) -> dict[str, str]:
    return {one["name"]: one["level"] for one in json.loads(thidua("doctor", "--json").out)}


@pytest.mark.usefixtures("ready")
def test_fresh_installation_fails_nothing(thidua: Command):
    ended = thidua("doctor")

    assert ended.code == 0, ended.out
    assert "run thidua up" in ended.out


def test_missing_installation_says_to_make_one(thidua: Command):
    ended = thidua("--lang", "vi", "doctor")

    assert ended.code == 2
    assert "chạy thidua init" in ended.out


@pytest.mark.usefixtures("ready")
def test_newer_database_says_to_install_the_newer_program(thidua: Command, home: Path):
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    doctor, check = thidua("doctor"), thidua("db", "check")
    (home / "thidua.db").unlink()

    assert (doctor.code, check.code) == (2, 2)
    assert "install the newer program" in doctor.out
    assert "install the newer program" in check.out
    assert "upgrade" not in doctor.out + check.out


@pytest.mark.usefixtures("ready")
def test_older_database_says_to_back_up_and_upgrade(thidua: Command, home: Path):
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()

    ended = thidua("doctor")
    (home / "thidua.db").unlink()

    assert ended.code == 2
    assert "thidua db upgrade" in ended.out


@pytest.mark.usefixtures("ready")
def test_secret_that_others_can_read_is_found(thidua: Command, home: Path):
    (home / "secret.key").chmod(0o644)

    assert levels(thidua)["secret"] == "fail"  # noqa: S105 - the name of a check


@pytest.mark.usefixtures("ready")
def test_mail_server_that_does_not_answer_is_found(
    thidua: Command, monkeypatch: pytest.MonkeyPatch
):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("THIDUA_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("THIDUA_SMTP_PORT", str(port))
    monkeypatch.setenv("THIDUA_SMTP_SENDER_ADDRESS", "thidua@example.org")

    found = levels(thidua)

    assert found["mail"] == "fail"
    assert found["public-url"] == "warn"


def test_clock_behind_the_last_event_is_found(launched: Command, home: Path):
    bootstrap.app().store.engine.dispose()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE event_head SET occurred_at = '2999-01-01 00:00:00.000000'")
    connection.close()

    assert levels(launched)["clock"] == "fail"


def test_people_without_address_are_counted(campaign: Command, home: Path):
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE person SET email = '' WHERE id = 'P001'")
    connection.close()

    assert "1 people without one" in campaign("doctor").out


def test_codes_beside_links_that_are_not_sent_are_found(launched: Command, home: Path):
    assert levels(launched)["codes"] == "ok"
    bootstrap.app().store.engine.dispose()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute(
            "UPDATE campaign_playbook SET hash = 'other', "
            """snapshot = replace(snapshot, '"one_time_code":false', '"one_time_code":true')"""
        )
    connection.close()

    assert "a stage asks for codes beside links" in launched("doctor").out


def test_work_given_up_is_found(launched: Command, home: Path):
    bootstrap.app().store.engine.dispose()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE outbox SET dead_at = '2026-01-01 00:00:00.000000'")
    connection.close()

    assert levels(launched)["outbox"] == "fail"


def test_hint_can_be_pasted(launched: Command):
    """`a|b` is a pipe; a command for each state that there is stands in the hint."""
    said = launched("doctor").out

    assert "see thidua outbox list --state held" in said
    assert "|" not in said


@pytest.mark.usefixtures("ready")
def test_open_home_is_found(thidua: Command, home: Path):
    home.chmod(0o750)

    assert levels(thidua)["home"] == "fail"


@pytest.mark.usefixtures("ready")
def test_password_that_others_can_read_is_found(thidua: Command, home: Path):
    (home / "prefect-password").write_text("thidua:of-everybody\n", "utf-8")
    (home / "prefect-password").chmod(0o640)

    assert levels(thidua)["secret"] == "fail"  # noqa: S105 - the name of a check


@pytest.mark.usefixtures("ready")
def test_every_check_has_a_name_in_both_languages(thidua: Command):
    assert levels(thidua).keys() == NAMES.keys()


@pytest.mark.parametrize(
    ("have", "wanted", "fits"),
    [
        ("0.150.0", ">=0.139,<0.151", True),
        ("0.151.0", ">=0.139,<0.151", False),
        ("3.9.0", ">=3.9.1,<4", False),
        ("4.0.0", ">=3.9.1,<4", False),
        ("3.10.0", ">=3.9.1,<4", True),
        ("-", ">=1", False),
    ],
)
def test_version_is_compared_by_its_numbers(have: str, wanted: str, fits: bool):
    assert _is_within(have, wanted) is fits


def test_prefect_is_looked_for_where_a_file_of_settings_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text("PREFECT_API_URL=http://gateway.example/api\n", "utf-8")

    assert prefect_url(tmp_path) == "http://gateway.example/api"
