"""Numbers and days on the command line: none too far, and none a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from campaigns.acts import ACTS
from cli.index import PLACES, load
from cli.terminal.failures import explain
from cli.terminal.terminal import USAGE, Terminal
from schemas.commands.command import Command
from schemas.limits import LARGEST_NUMBER

HUGE = str(10**24)


def commands(found: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(found, "commands"):
        for each, one in found.commands.items():
            yield from commands(one, f"{name} {each}")
    else:
        yield name, found


ALL = [one for name in PLACES for one in commands(load(name), name)]
NUMBERS = [
    (name, parameter)
    for name, command in ALL
    for parameter in command.params
    if parameter.type_descriptor.annotation in {int, float, int | None}
]


@pytest.mark.parametrize(("name", "parameter"), NUMBERS, ids=lambda one: getattr(one, "name", one))
def test_number_has_bounds(name: str, parameter: Any) -> None:
    assert parameter.min is not None
    assert parameter.max is not None
    assert parameter.max <= LARGEST_NUMBER


def test_every_command_is_looked_at() -> None:
    assert len(ALL) > 60
    assert len(NUMBERS) > 10


@pytest.mark.parametrize(
    "words",
    [
        f"outbox show {HUGE}",
        f"token revoke {HUGE}",
        f"feed revoke {HUGE} --for P001",
        f"delegation revoke {HUGE} --as P001",
        f"webhook remove {HUGE}",
        f"webhook log --webhook {HUGE}",
        f"outbox list --limit {HUGE}",
        f"campaign playbook --version {HUGE}",
        f"rehearse x --seed {HUGE} --out y",
        "deadline extend nomination --until 9999-12-31T23:59 --reason x --as P001",
        "deadline extend nomination --until 0001-01-01T00:00 --reason x --as P001",
        "delegation add --from P1 --to P3 --from-date 0001-01-01 --to-date 9999-12-31 --letter 1",
        "import people x.csv --from 0001-01-01",
        "outbox list --template nope",
        "outbox retry --template nope --as P001 --yes",
        "token list --for nope",
    ],
)
def test_what_is_too_far_or_unknown_is_refused_in_one_line(campaign: Any, words: str) -> None:
    ended = campaign("--lang", "vi", *words.split())
    assert ended.code == 2, ended
    assert "Sự cố" not in ended.err
    assert ended.err.startswith("Lỗi")


def test_unknown_language_of_the_environment_is_refused(ready, thidua: Any, monkeypatch):
    monkeypatch.setenv("THIDUA_LANGUAGE", "de")
    ended = thidua("playbook", "list")
    assert (ended.code, "THIDUA_LANGUAGE" in ended.err) == (2, True)
    monkeypatch.delenv("THIDUA_LANGUAGE")
    assert thidua("playbook", "list").code == 0


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://x/y", "http://x", "sqlite:////nowhere/x/y.db"]
)
def test_address_of_no_database_is_named(home, thidua: Any, monkeypatch, url: str) -> None:
    monkeypatch.setenv("THIDUA_DATABASE_URL", url)
    ended = thidua("--lang", "en", "campaign", "list")
    assert ended.code == 2, ended
    assert "unexpected" not in ended.err


WRITERS = (
    "audit export --out {}",
    "campaign export --out {}",
    "campaign playbook --out {}",
    "template nominations --out {}",
    "backup {}",
)


@pytest.mark.parametrize("words", WRITERS)
@pytest.mark.parametrize("name", ["-", "nowhere/x.xlsx", "a/b/c.xlsx"])
def test_no_folder_is_made_for_a_file_and_a_dash_is_refused(
    campaign: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ended = campaign("--lang", "vi", *words.format(name).split())
    assert (ended.code, ended.err.startswith("Lỗi")) == (2, True)
    assert sorted(tmp_path.iterdir()) == before


def test_backup_writes_over_nothing_unasked(campaign: Any, tmp_path: Path) -> None:
    out = tmp_path / "kept.tgz"
    out.write_text("kept")
    ended = campaign("--lang", "en", "backup", str(out))
    assert (ended.code, "--replace" in ended.err, out.read_text()) == (2, True, "kept")
    assert campaign("backup", str(out), "--replace").code == 0
    assert out.stat().st_size > 1_000


def test_backup_of_no_database_is_refused(thidua: Any, home: Path, tmp_path: Path) -> None:
    ended = thidua("--lang", "en", "backup", str(tmp_path / "x.tgz"))
    assert (ended.code, "thidua init" in ended.err) == (2, True)
    assert not (tmp_path / "x.tgz").exists()


@pytest.mark.parametrize("kind", sorted(ACTS, key=str))
def test_what_makes_no_command_is_the_persons_to_mend(kind: type[Command], capsys: Any) -> None:
    with pytest.raises(ValidationError) as wrong:
        kind.model_validate({})

    assert explain(Terminal("en"), wrong.value) == USAGE
    assert capsys.readouterr().err.startswith("Error: This cannot be used: command_id")
