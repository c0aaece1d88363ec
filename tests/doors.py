"""The doors of a small world: commands as they are typed, files as they are sent."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaigns.store.engine import beats
from cli.main import run
from tests.portal_client import API, People
from tests.world import CODE


@dataclass(frozen=True)
class Answer:
    """What a door answered."""

    status: int
    """Exit code of a command, or status of a response."""
    text: str
    """All of it, for people."""


class Typed:
    """Types commands in the installation of a world, whose engine runs elsewhere."""

    def __init__(
        self, people: People, patch: pytest.MonkeyPatch, caught: pytest.CaptureFixture[str]
    ) -> None:
        self._app, self._caught = people.app, caught
        home = people.app.settings.home
        home.mkdir(mode=0o700, exist_ok=True)
        patch.setenv("THIDUA_HOME", str(home))
        patch.setenv("COLUMNS", "200")
        patch.setattr("operations.installation.app", lambda: people.app)
        self.come()

    def come(self) -> None:
        """Have the engine live now."""
        self._app.act_as("system:relay", None, beats.beat, "relay:test", beats.RELAY)

    def __call__(self, *words: str) -> Answer:
        self._caught.readouterr()
        code = run(["--lang", "en", *words])
        said = self._caught.readouterr()
        return Answer(code, said.out + said.err)


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Write rows as a CSV file."""
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def place(kind: str) -> str:
    """Return where a file of this kind is sent."""
    is_register = kind in {"units", "people", "past-models"}
    return f"/api/v1/{kind}/import" if is_register else f"{API}/import/{kind}"


def come_in(people: People, person: str = "mai") -> None:
    """Have a token that is good today, and used: its use is noted once a minute."""
    people._tokens.clear()
    assert people.get(person, "/api/v1/whoami").status_code < 400


def sent(people: People, kind: str, content: str) -> Answer:
    """Send a file as the coordinator."""
    files = {"file": ("table.csv", content.encode(), "text/csv")}
    answer = people.ask("mai", "POST", place(kind), files=files)
    return Answer(answer.status_code, answer.text)


def typed(command: Typed, kind: str, content: str, folder: Path) -> Answer:
    """Import a file by the command line."""
    file = folder / "table.csv"
    file.write_text(content, encoding="utf-8")
    return command("import", kind, str(file), "--campaign", CODE, "--as", "mai")
