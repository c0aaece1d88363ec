"""Do the floors hold? floors.toml is the one list of packages, and what it says is checked."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from floors import EXCEPTIONS, LIST, house

ROOT = Path(__file__).parents[2]
HOUSE = house(ROOT)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]

SMALL = """
floors = ["roof", "attic : stairs", "hall.upper | hall.lower", "cellar"]
unshipped = []
pure = ["cellar"]
impure = ["os"]

[within]
stairs = ["top", "(middle)", "bottom"]
[libraries]
json = ["hall"]
smtplib = []
[never]
roof = ["cellar", "(hall.safe)"]
[only]
attic = ["cellar"]
"""
MODULES = ("roof", "attic", "stairs.top", "stairs.bottom", "hall.upper", "hall.lower", "cellar")


class Small:
    """A small house in a folder of its own; every module is empty, but for one use of json."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for module in MODULES:
            self.write(module, "")
        self.write("hall.upper", "import json")
        (folder / LIST).write_text(SMALL, encoding="utf-8")
        (folder / EXCEPTIONS).parent.mkdir()
        self.exceptions("")

    def write(self, module: str, text: str) -> None:
        package, _, name = module.partition(".")
        folder = self.folder / package
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
        (folder / f"{name or '__init__'}.py").write_text(f"{text}\n", encoding="utf-8")

    def exceptions(self, text: str) -> None:
        (self.folder / EXCEPTIONS).write_text(text, encoding="utf-8")

    def check(self, *arguments: str) -> tuple[int, str]:
        """Check the house; return the exit code and what was printed, on one line."""
        done = subprocess.run(
            [sys.executable, ROOT / ".ci/floors.py", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


# --- the other lists ---


def test_what_is_installed_is_what_is_shipped():
    assert PROJECT["hatch"]["build"]["targets"]["wheel"]["packages"] == HOUSE.shipped


def test_types_are_checked_in_every_package():
    assert sorted(PROJECT["mypy"]["files"]) == sorted([*HOUSE.packages, ".ci", "tests"])


def test_coverage_counts_what_is_shipped():
    assert PROJECT["coverage"]["run"]["source"] == HOUSE.shipped


def test_the_image_holds_what_is_shipped():
    dockerfile = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\w+) \1$", dockerfile, re.MULTILINE)

    assert copied == HOUSE.shipped


def test_the_image_is_sent_what_is_shipped():
    sent = re.findall(r"^!(\w+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)

    assert [name for name in sent if name != "LICENSE"] == HOUSE.shipped


def test_every_folder_of_code_has_a_floor():
    folders = {path.parent.name for path in ROOT.glob("[!.]*/__init__.py")}

    assert folders == set(HOUSE.packages)


# --- the contracts, in a small house ---


def test_a_house_without_fault_is_accepted(small: Small):
    code, said = small.check()

    assert code == 0, said


@pytest.mark.parametrize(
    ("module", "text", "broken"),
    [
        ("cellar", "import roof", "Imports go downwards only BROKEN"),
        ("hall.lower", "import hall.upper", "Imports go downwards only BROKEN"),
        ("hall.shed", "", "Every module of hall has its floor BROKEN"),
        ("stairs.bottom", "import stairs.top", "Imports go downwards only inside stairs BROKEN"),
        ("roof", "import json", "json only in hall BROKEN"),
        ("roof", "import smtplib", "smtplib nowhere BROKEN"),
        ("cellar", "import os", "cellar are pure BROKEN"),
        ("roof", "import cellar", "roof never imports cellar, (hall.safe) BROKEN"),
        ("attic", "import stairs", "attic imports cellar only BROKEN"),
    ],
)
def test_an_import_against_the_floors_is_refused(small: Small, module: str, text: str, broken: str):
    small.write(module, text)

    code, said = small.check()

    assert code == 1
    assert broken in said


def test_a_circle_is_refused_though_it_is_for_types_only(small: Small):
    small.write("stairs.top", "import stairs.bottom\nimport attic")
    small.write(
        "attic.beam", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import stairs.top"
    )
    small.write("attic", "import attic.beam")

    code, said = small.check()

    assert code == 1
    assert "No circles of modules BROKEN" in said
    assert "Not allowed: attic.beam -> stairs.top (l. 3)" in said
    assert "stairs.top -> stairs.bottom" not in said


def test_a_floor_that_is_not_there_is_refused(small: Small):
    (small.folder / "hall/lower.py").unlink()

    code, said = small.check()

    assert code == 1
    assert "module hall.lower does not exist" in said


# --- exceptions only get fewer ---


def test_an_exception_is_accepted_while_it_is_needed(small: Small):
    small.write("roof", "import cellar")
    small.exceptions('roof = ["roof -> cellar"]')

    code, said = small.check()

    assert code == 0
    assert "roof never imports cellar, (hall.safe) KEPT (1 ignored import)" in said


@pytest.mark.parametrize("text", ["", "import hall"])
def test_an_exception_that_is_not_needed_is_refused(small: Small, text: str):
    small.write("roof", text)
    small.exceptions('roof = ["roof -> hall"]')

    code, said = small.check()

    assert code == 1
    assert "No longer needed as an exception: roof -> hall" in said


def test_an_exception_from_no_rule_is_refused(small: Small):
    small.exceptions('hall = ["hall.upper -> cellar"]')

    code, said = small.check()

    assert code == 1
    assert "names hall, which has no rule" in said


def test_exceptions_that_are_not_needed_are_taken_out(small: Small):
    small.write("roof", "import cellar")
    small.exceptions('roof = ["roof -> gone", "roof -> cellar"]\ncircles = ["a -> b"]')

    small.check("--exceptions")

    kept = tomllib.loads((small.folder / EXCEPTIONS).read_text("utf-8"))
    assert kept == {"roof": ["roof -> cellar"]}
    assert small.check()[0] == 0


def test_the_list_of_exceptions_is_not_made_longer(small: Small):
    small.write("roof", "import cellar")

    code, said = small.check("--exceptions")

    assert code == 1
    assert '"roof -> cellar"' in said
    assert (small.folder / EXCEPTIONS).read_text("utf-8") == ""
