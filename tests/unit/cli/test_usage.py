"""Bad usage: one line on stderr, exit code 2, and never a traceback."""

from __future__ import annotations

import errno
import io
import os
import socket
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import typer
from sqlalchemy.exc import OperationalError

from cli import main
from tests.unit.cli.conftest import EXAMPLE, ROOT, Command

BINARY = bytes(range(256)) * 64
HOSTILE = {
    "empty": "",
    "blank": "   ",
    "nul": "DVK\x00",
    "newline": "DVK\n2023",
    "escape": "\x1b[2JDVK",
    "right_to_left": "DVK\u202e2023",
    "surrogate": "DVK\udcff",
    "megabyte": "A" * 1_000_000,
    "spaces": "A B",
}


def is_one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1


def all_visible(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["campaign", "nothing"],
        ["campaign", "status", "--nothing"],
        ["campaign", "status", "more"],
        ["campaign", "launch"],
        ["campaign", "status", "--campaign"],
        ["campaign", "export", "--out", "x.pdf"],
        ["stage", "approve", "lunch", "--as", "P001"],
        ["stage", "approve", "launch", "--as", ""],
        ["outbox", "list", "--state", "gone"],
        ["outbox", "list", "--limit", "0"],
        ["outbox", "show", "one"],
        ["campaign", "create", "--code", "lower case"],
        ["campaign", "create", "--code", "dvk"],
        ["campaign", "create", "--playbook", "no-such"],
        ["import", "people", "p.csv", "--from", "yesterday"],
        ["playbook", "check", "no-such.yaml"],
        ["rehearse", "no-such-folder", "--out", "x"],
        ["template", "nominations", "--out", "x.docx"],
        ["audit", "verify", "--lang"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("ready")
def test_bad_usage_is_one_line_and_exit_2(thidua: Command, arguments: list[str]) -> None:
    ended = thidua(*arguments)

    assert ended.code == 2
    assert ended.out == ""
    assert is_one_line(ended.err), ended.err
    assert ended.err.startswith("Error: ")


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    "arguments",
    [
        ["campaign", "status", "--campaign", "{}"],
        ["audit", "verify", "{}"],
        ["stage", "approve", "launch", "--as", "{}"],
        ["stage", "approve", "{}", "--as", "P001"],
        ["campaign", "create", "--code", "{}"],
        ["campaign", "create", "--playbook", "{}"],
        ["playbook", "check", "{}"],
        ["import", "units", "{}"],
        ["rehearse", "{}", "--out", "out"],
        ["{}"],
        ["--{}"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("ready")
def test_hostile_argument_is_refused_in_one_visible_line(
    thidua: Command, arguments: list[str], value: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)

    ended = thidua(*(argument.replace("{}", value) for argument in arguments))

    assert ended.code == 2, ended.err
    assert is_one_line(ended.err), ended.err[:500]
    assert all_visible(ended.err)
    assert len(ended.err) < 3_000


@pytest.mark.parametrize("reason", ["\x00", "a\x1b[2J", "x" * 5_000])
def test_hostile_reason_is_refused(launched: Command, reason: str) -> None:
    ended = launched("stage", "return", "launch", "--as", "P003", "--reason", reason)

    assert ended.code == 2
    assert is_one_line(ended.err)


@pytest.mark.parametrize("kind", ["units", "people", "past-models", "nominations"])
@pytest.mark.parametrize("name", ["missing.xlsx", "folder", "binary.xlsx", "empty.csv", "x" * 300])
def test_file_that_cannot_be_read_is_named(
    campaign: Command, tmp_path: Path, kind: str, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.xlsx").write_bytes(BINARY)
    (tmp_path / "empty.csv").touch()

    ended = campaign("import", kind, str(tmp_path / name))

    assert ended.code == 2
    assert is_one_line(ended.err), ended.err
    assert name[:12] in ended.err


def test_unreadable_file_is_named(campaign: Command, monkeypatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "units.csv")

    monkeypatch.setattr("campaigns.intake.open_workbook", refuse)

    ended = campaign("import", "units", str(EXAMPLE / "units.csv"))

    assert ended.code == 2
    assert ended.err == "Error: There is no permission to read or write units.csv.\n"


def test_command_without_installation_says_what_to_run(thidua: Command) -> None:
    ended = thidua("campaign", "status")

    assert ended.code == 2
    assert "thidua init" in ended.err
    assert is_one_line(ended.err)


def test_home_that_is_a_file_is_refused(thidua: Command, home: Path) -> None:
    home.write_text("")

    ended = thidua("init")

    assert ended.code == 2
    assert is_one_line(ended.err)
    home.unlink()


def test_unusable_setting_is_named(thidua: Command, monkeypatch) -> None:
    monkeypatch.setenv("THIDUA_ACCEPT_VALID", "perhaps")

    ended = thidua("init")

    assert ended.code == 2
    assert "THIDUA_ACCEPT_VALID" in ended.err
    monkeypatch.delenv("THIDUA_ACCEPT_VALID")


@pytest.mark.usefixtures("ready")
def test_no_campaign_and_two_campaigns_are_told_apart(thidua: Command) -> None:
    none = thidua("campaign", "status")
    thidua("campaign", "create", "--code", "ONE-1")
    thidua("campaign", "create", "--code", "TWO-2")
    two = thidua("campaign", "status")

    assert "none yet" in none.err
    assert "ONE-1, TWO-2" in two.err
    assert (none.code, two.code) == (2, 2)


@pytest.mark.usefixtures("ready")
def test_unexpected_failure_is_one_line_and_its_traceback_is_in_the_log(
    thidua: Command, home: Path, monkeypatch
) -> None:
    def fail() -> None:
        msg = "the first line\nand a secret in the second"
        raise RuntimeError(msg)

    with monkeypatch.context() as patch:
        patch.setattr("operations.installation.app", fail)
        ended = thidua("campaign", "status")

    log = (home / "logs" / "thidua.log").read_text("utf-8")
    assert ended.code == 1
    assert is_one_line(ended.err)
    assert "RuntimeError: the first line" in ended.err
    assert "secret" not in ended.err
    assert "Traceback" in log


def test_interruption_says_what_is_kept(thidua: Command, monkeypatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("operations.installation.open_app", interrupt)
    ended = thidua("campaign", "status")

    assert ended.code == 130
    assert ended.err == (
        "Stopped. Everything recorded so far is kept; the same command goes on from there.\n"
    )


def test_broken_pipe_ends_quietly(monkeypatch, capfd) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    broken = os.fdopen(write_end, "w")
    monkeypatch.setattr(sys, "stdout", broken)
    assert main.run(["playbook", "schema"]) == 1
    monkeypatch.undo()
    with suppress(BrokenPipeError):
        broken.close()

    assert capfd.readouterr().err == ""


def test_help_and_version_are_no_errors(thidua: Command) -> None:
    shown = thidua("--help")
    version = thidua("--version")
    nothing = thidua()

    assert (shown.code, version.code, nothing.code) == (0, 0, 2)
    assert "rehearse" in shown.out
    assert version.out.startswith("thidua ")
    assert "rehearse" in nothing.err


def test_output_that_the_terminal_cannot_show_is_written_out(monkeypatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "argv", ["thidua", "playbook", "list", "--json"])

    with pytest.raises(SystemExit) as end:
        main.main()

    stream.seek(0)
    assert end.value.code == 0
    assert "D\\u00e2n v\\u1eadn kh\\u00e9o" in stream.read()


def _commands(group: object, name: str) -> list[str]:
    commands = getattr(group, "commands", None)
    if commands is None:
        return [name]
    return [line for key, one in commands.items() for line in _commands(one, f"{name} {key}")]


def test_reference_names_every_command() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    commands = _commands(typer.main.get_command(main.app), "thidua")
    kinds = [one.split()[-1] for one in commands if one.startswith("thidua import ")]

    others = [one for one in commands if not one.startswith("thidua import ")]
    assert [one for one in others if f"`{one}" not in reference] == []
    assert [one for one in kinds if f"`{one}`" not in reference] == []


def test_port_and_address_that_cannot_be_used_are_told_apart(thidua: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        taken = str(other.getsockname()[1])
        busy = thidua("up", "--prefect-port", taken)
        twice = thidua("up", "--prefect-port", "4299", "--web-port", "4299")
        elsewhere = thidua("up", "--host", "192.0.2.1", "--prefect-port", taken)

    assert f"Another program uses 127.0.0.1:{taken}" in busy.err
    assert "two servers need two ports" in twice.err
    assert "192.0.2.1 is no address of this machine" in elsewhere.err
    assert (busy.code, twice.code, elsewhere.code) == (2, 2, 2)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "The disk is full"),
        (sqlite3.SQLITE_READONLY, "may not write the database"),
        (sqlite3.SQLITE_CANTOPEN | 1 << 8, "may not write the database"),
    ],
)
@pytest.mark.usefixtures("ready")
def test_what_the_disk_refuses_a_database_is_no_surprise(
    thidua: Command, monkeypatch, code: int, said: str
) -> None:
    cause = sqlite3.OperationalError("the statement, and a name")
    cause.sqlite_errorcode = code

    def fail() -> None:
        raise OperationalError("INSERT", {}, cause)

    with monkeypatch.context() as patch:
        patch.setattr("operations.installation.app", fail)
        ended = thidua("campaign", "status")

    assert ended.code == 2
    assert said in ended.err
    assert is_one_line(ended.err)


def test_full_disk_without_a_name_is_still_a_sentence(thidua: Command, monkeypatch) -> None:
    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("operations.installation.app", fail)
    ended = thidua("campaign", "status")

    assert ended.err.startswith("Error: The disk is full; nothing was written halfway.")
