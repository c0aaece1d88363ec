"""Does a command load only what it needs? What it loads is most of the time it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperCommand

from cli.index import PLACES, load

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "ben-tre-2023"
ASK = """
import sys
from cli.main import run
codes = [run(line.split()) for line in sys.argv[1:]]
print("ended", *codes, *sorted(sys.modules), file=sys.stderr)
"""
HELP = {"campaigns.services", "campaigns.store", "prefect", "rich", "schemas.commands.command"}
READING = (
    "audit verify",
    "bounces list",
    "campaign history",
    "campaign list",
    "campaign status",
    "deadline list",
    "decision list",
    "delegation list",
    "engine status",
    "outbox list",
    "outbox stats",
    "stage status",
    "token list",
    "webhook list",
)
READ = {
    "aiosmtplib",
    "alembic",
    "babel",
    "fastapi",
    "holidays",
    "httpx",
    "icalendar",
    "jinja2",
    "openpyxl",
    "prefect",
    "rapidfuzz",
    "sqlalchemy.dialects.postgresql",
    "uvicorn",
    "xlsxwriter",
}


def loaded(home: Path, *lines: str) -> set[str]:
    """Return what a process has loaded that ran these commands one after the other."""
    command = [sys.executable, "-c", ASK, *lines]
    environment = {**os.environ, "THIDUA_HOME": str(home)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    ended, *rest = done.stderr.splitlines()[-1].split()
    assert ended == "ended", done.stderr
    assert set(rest[: len(lines)]) == {"0"}, done.stderr
    return set(rest[len(lines) :])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an installation with one campaign and its registers."""
    home = tmp_path_factory.mktemp("start")
    loaded(
        home,
        "init",
        f"import units {EXAMPLE / 'units.csv'}",
        f"import people {EXAMPLE / 'people.csv'}",
        "campaign create --playbook dan-van-kheo",
    )
    return home


def test_help_loads_no_engine(tmp_path):
    assert not loaded(tmp_path, "--help") & {*HELP, "pydantic"}
    assert not loaded(tmp_path, *(f"{name} --help" for name in PLACES)) & HELP


def test_command_that_reads_loads_no_more_than_it_needs(kept):
    assert not loaded(kept, *READING) & READ


def test_schema_of_the_playbook_opens_no_database(tmp_path):
    assert "sqlalchemy" not in loaded(tmp_path, "playbook schema")


def test_dry_run_of_an_import_loads_no_more_than_it_needs(kept):
    assert not loaded(kept, f"import units {EXAMPLE / 'units.csv'} --dry-run") & READ


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("width", [20, 45, 66, 200])
def test_summary_is_the_one_of_the_command(name, width):
    summary = TyperCommand(name, help=PLACES[name].summary).get_short_help_str(width)
    assert summary == load(name).get_short_help_str(width)
