"""The command line in this process: what it prints, and how it ends."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from campaigns import bootstrap
from cli.main import run

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "ben-tre-2023"


@dataclass(frozen=True)
class Ended:
    """One command that has ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def _close_installations() -> None:
    bootstrap._built.cache_clear()


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "THIDUA_LANGUAGE", "THIDUA_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an installation's folder; nothing is in it yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("THIDUA_HOME", str(folder))
    yield folder
    if (folder / "thidua.db").exists():
        bootstrap.app().store.engine.dispose()
    _close_installations()


@pytest.fixture
def thidua(capsys: pytest.CaptureFixture[str], home: Path) -> Command:
    """Run one command as a user types it."""

    def command(*arguments: str) -> Ended:
        capsys.readouterr()
        code = run(arguments)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return command


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an installation with nothing in it, made once for all tests: migrating takes long."""
    folder = tmp_path_factory.mktemp("empty") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_HOME", str(folder))
        assert run(["init"]) == 0
        bootstrap.app().store.engine.dispose()
        _close_installations()
    return folder


@pytest.fixture
def ready(home: Path, empty_home: Path) -> None:
    """Have done what `thidua init` does."""
    shutil.copytree(empty_home, home)


@pytest.fixture(scope="session")
def current_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the example's units as if they all existed today."""
    path = tmp_path_factory.mktemp("units") / "units.csv"
    with (EXAMPLE / "units.csv").open(encoding="utf-8") as source:
        rows = [row for row in csv.DictReader(source) if not "2000" < row["valid_to"] < "2023"]
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "valid_to": ""} for row in rows)
    return path


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory, current_units: Path) -> Path:
    """Give an installation with units, people and a campaign, once for all tests."""
    folder = tmp_path_factory.mktemp("prepared") / "home"
    playbook = tmp_path_factory.mktemp("playbook") / "held.yaml"
    text = (ROOT / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")
    playbook.write_text(
        text.replace("held: [result-announced]", "held: [result-announced, approval-requested]"),
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_HOME", str(folder))
        for arguments in (
            ["init"],
            ["import", "units", str(current_units)],
            ["import", "people", str(EXAMPLE / "people.csv"), "--from", "2023-01-01"],
            ["campaign", "create", "--playbook", str(playbook)],
        ):
            assert run(arguments) == 0, arguments
        bootstrap.app().store.engine.dispose()
        _close_installations()
    return folder


@pytest.fixture
def campaign(thidua: Command, home: Path, prepared_home: Path) -> Command:
    """Run commands in an installation that has a campaign, DVK-2023, not launched."""
    shutil.copytree(prepared_home, home)
    return thidua


@pytest.fixture
def launched(campaign: Command) -> Command:
    """Run commands where the campaign is launched and waits for approval, its mail held."""
    from campaigns import acts  # noqa: PLC0415 - the installation is made first
    from campaigns.rules import keys  # noqa: PLC0415
    from campaigns.services import stages  # noqa: PLC0415
    from campaigns.services.approvals import verdicts  # noqa: PLC0415
    from schemas.actors import at_console  # noqa: PLC0415
    from schemas.commands.launch import LaunchCampaign  # noqa: PLC0415
    from schemas.vocabulary import Stage  # noqa: PLC0415

    app, code = bootstrap.app(), "DVK-2023"
    command = LaunchCampaign(command_id=keys.launch_command(code), person_id="P001")
    acts.carry_out(app, at_console("P001"), code, command)
    app.act(code, stages.open_if_due, Stage.LAUNCH)
    app.act(code, verdicts.request_if_done, Stage.LAUNCH)
    return campaign
