"""Do the pages say what is there? Links, commands, settings, events and codes against the code."""

from __future__ import annotations

import csv
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typer

from campaigns.rules.importing.faults import FAULTS
from campaigns.rules.lifecycle import LIFECYCLES
from campaigns.rules.playbook.reading import read_playbook
from campaigns.settings import Settings
from cli.main import app
from floors import house
from notifications.settings import MailSettings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
SOURCES = (DOCS / "reference/sources.md").read_text("utf-8")
SUFFIXES = {".py", ".yaml", ".json", ".md"}
DANGLING = re.compile(r"\bdomain (?:dossier|\d|R\d)|\bdossier \d\.\d")
CITED = re.compile(r"\bsources(?:\.md)? ([A-Z]\d+)(?: to ([A-Z]\d+))?")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')
ARROW = re.compile(r'"(thidua\.\w+\.\w+)"')
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[str, str]]:
    """Everything in which a source may be cited."""
    for folder in (*house(ROOT).packages, "examples", "docs"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in SUFFIXES:
                yield name(file), file.read_text("utf-8")


def anchors(page: Path) -> set[str]:
    """The anchors of a page: those set by hand, and the ones made from headings."""
    text = page.read_text("utf-8")
    made = set(ANCHOR.findall(text))
    for heading in re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE):
        plain = re.sub(r"<[^>]+>|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        made.add(re.sub(r"[^\w\- ]", "", plain).replace(" ", "-"))
    return made


def blocks(page: Path) -> Iterator[str]:
    """The shell blocks of a page, fenced or indented."""
    text = page.read_text("utf-8")
    yield from re.findall(
        r"^```(?:console|sh|shell|bash)\n(.*?)^```", text, re.DOTALL | re.MULTILINE
    )
    yield from re.findall(r"(?:^ {4}(?:thidua|make) .*\n)+", text, flags=re.MULTILINE)


def commands(page: Path) -> Iterator[list[str]]:
    """The words of every line that calls `thidua` or `make`."""
    for block in blocks(page):
        for line in block.splitlines():
            words = shlex.split(line.strip().removeprefix("$ "), comments=True)
            while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
                words.pop(0)
            if words and words[0] in {"thidua", "make"}:
                yield words


def in_text(page: Path) -> Iterator[list[str]]:
    """Calls that stand in a sentence: `thidua audit verify CODE`."""
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for call in re.findall(r"`(?:\w+=\S+ )?((?:thidua|make) [^`]+)`", prose):
        yield shlex.split(call)


def problem(words: list[str]) -> str:
    """Say what is wrong with a call, nothing if all is well."""
    if words[0] == "make":
        known = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
        wanted = [word for word in words[1:] if re.fullmatch(r"[a-z-]+", word)]
        return "" if set(wanted) <= known else f"no such target: {' '.join(words)}"
    # Typed loosely: typer brings its own copy of click, or uses click, by its version.
    command: Any = typer.main.get_command(app)
    options = {"--help", "-h", *_options(command)}
    for word in words[1:]:
        if word.startswith("-"):
            if word.partition("=")[0] not in options:
                return f"no option {word}: {' '.join(words)}"
        elif hasattr(command, "commands") and re.fullmatch(r"[a-z][a-z-]*", word):
            if word not in command.commands:
                return "" if word in {"vi", "en"} else f"no command {word}: {' '.join(words)}"
            command = command.commands[word]
            options |= _options(command)
    return ""


def _options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page):
    lost = []
    for link in LINK.findall(page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        missing = not target.exists()
        if missing or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_exist(page):
    calls = [*commands(page), *in_text(page)]
    assert [found for words in calls if (found := problem(words))] == []


def test_a_wrong_command_would_be_found():
    assert problem(["thidua", "campaign", "begin"])
    assert problem(["thidua", "campaign", "status", "--nonsense"])
    assert problem(["make", "everything"])
    assert not problem(["thidua", "--lang", "en", "stage", "approve", "launch", "--as", "P003"])


def test_every_page_can_be_reached():
    index = (DOCS / "README.md").read_text("utf-8")
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in LINK.findall(index)}
    pages = {page for page in DOCS.rglob("*.md") if page != DOCS / "README.md"}
    assert sorted(name(page) for page in pages - linked) == []


def test_no_source_is_cited_that_is_not_there():
    known = set(ANCHOR.findall(SOURCES))
    for file, text in texts():
        assert not DANGLING.search(text), f"{file} cites a page that does not exist"
        for first, last in CITED.findall(text):
            assert {first, last or first} <= known, file


def test_catalogue_of_rules_is_whole():
    known = set(ANCHOR.findall(SOURCES))
    assert {f"R{number}" for number in range(1, 37)} <= known
    rows = re.findall(r"^\| <a id=\"R\d+\".*$", SOURCES, flags=re.MULTILINE)
    assert len(rows) == 36
    for row in rows:
        assert re.search(r"\| \*\*(?:yes|partly|no)\*\*[^|]*\|$", row), row


def test_settings_are_all_listed():
    page = (DOCS / "reference/settings.md").read_text("utf-8")
    rows = re.findall(r"^\| `(THIDUA_\w+)` \| (?:`([^`]*)`)? *\|", page, flags=re.MULTILINE)
    listed = {variable: default for variable, default in rows if "_TEST_" not in variable}
    wanted = {}
    for settings in (Settings, MailSettings):
        prefix = settings.model_config["env_prefix"]
        for key, field in settings.model_fields.items():
            value = field.default
            shown = str(value).lower() if isinstance(value, bool) else str(value or "")
            wanted[f"{prefix}{key.upper()}"] = shown
    assert listed == wanted


def test_events_are_all_listed():
    page = (DOCS / "reference/events.md").read_text("utf-8")
    listed = set(re.findall(r"`(thidua\.\w+\.\w+)`", page))
    moving = {
        f"thidua.{thing.value}.{arrow.event}"
        for thing, arrows in LIFECYCLES.items()
        for arrow in arrows
    }
    floors = ("services", "store", "rules")
    files = [file for floor in floors for file in (ROOT / "campaigns" / floor).rglob("*.py")]
    recorded = {event for file in files for event in ARROW.findall(file.read_text("utf-8"))}
    assert listed == moving | recorded


def test_problem_codes_of_imports_are_all_listed():
    page = (DOCS / "how-to/import-a-workbook.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", page, flags=re.MULTILINE)
    listed = {code for row in rows for code in re.findall(r"`(\w+)`", row)}
    levels = {"error", "warn", "info"}
    assert listed - levels == {key.partition("/")[0] for key in FAULTS}


def test_the_script_for_the_event_log_checks_a_real_one(tmp_path):
    page = (DOCS / "explanation/event-log.md").read_text("utf-8")
    script = tmp_path / "check.py"
    script.write_text(re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)[0])
    assert len(script.read_text().splitlines()) <= 20
    log = (ROOT / "tests/golden/history/dvk-2023.jsonl").read_text("utf-8")
    whole, changed = tmp_path / "whole.jsonl", tmp_path / "changed.jsonl"
    whole.write_text(log, "utf-8")
    lines = log.splitlines(keepends=True)
    lines[99] = lines[99].replace('"actor":"', '"actor":"x', 1)
    changed.write_text("".join(lines), "utf-8")

    def said(file: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", script, file]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    last = json.loads(lines[-1])
    assert said(whole).stdout == f"DVK-2023: {len(lines)} events, last hash {last['hash']}\n"
    assert said(changed).returncode == 1
    assert said(changed).stderr == "record 100 does not fit\n"


def test_the_script_of_the_tutorial_brings_a_playbook_to_today(tmp_path):
    script = DOCS / "tutorial/bring_to_today.py"
    command = [sys.executable, script, tmp_path, "15"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    playbook, problems = read_playbook((tmp_path / "playbook.yaml").read_text("utf-8"), "p", "en")
    assert playbook is not None
    assert {problem.code for problem in problems} <= {"cut_off_differs", "day_off", "days_off"}
    dates = playbook.calendar.nomination
    assert dates.closes - dates.opens == timedelta(minutes=15)
    with (tmp_path / "units.csv").open(encoding="utf-8", newline="") as stream:
        assert "" in {row["valid_to"] for row in csv.DictReader(stream)}
