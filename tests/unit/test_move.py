"""Does everything follow where modules and definitions move? Tried on a small checkout."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from move import MoveRefused, Moves, carry_out

FILES: Mapping[str, str] = {
    "house/__init__.py": "",
    "house/rules/__init__.py": "",
    "house/rules/late.py": '"""Late."""\n\nLIMIT = 3\n"""Days."""\n\n\ndef late() -> int:\n'
    "    # Why.\n    return LIMIT\n",
    "house/rules/errors.py": '"""Errors."""\n\nimport re\n\n\n'
    "class Base(Exception):\n    pass\n\n\n"
    "# Said of late ones.\nclass TooLate(Base):\n    seen = re.compile('x')\n",
    "app.py": "from house.rules import errors, late\nfrom house.rules.errors import Base, TooLate\n"
    "print(late.late(), errors.TooLate, Base, TooLate, f'{late.LIMIT}', dict(late=1))\n",
    "shadow.py": "from house.rules import late\n\n\ndef f(lateness: int) -> int:\n"
    "    return late.late() + lateness\n",
    "page.md": "See `house/rules/late.py`, `rules/late.py`, `house.rules.late.late`; not later.\n",
    "settings.toml": 'entry = "house.rules.late:late"\n',
    "start.py": 'from pathlib import Path\n\nFILE = Path("house") / "rules" / "late.py"\n',
    "Makefile": "run:\n\tpython -m house.rules.late\n",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a checkout of its own."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for arguments in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)  # noqa: S607
    return tmp_path


def move(checkout: Path, moves: str, *, dry_run: bool = False) -> list[str]:
    return carry_out(checkout, Moves.read(moves), dry_run=dry_run)


def read(checkout: Path, name: str) -> str:
    return (checkout / name).read_text("utf-8")


LATE = "house/rules/late.py -> house/rules/deadlines/lateness.py"
ERRORS = "house/rules/errors.py -> house/rules/deadlines/errors.py: TooLate"


def test_a_module_that_moves_leaves_nothing_behind(checkout: Path) -> None:
    move(checkout, LATE)

    assert not (checkout / "house/rules/late.py").exists()
    assert (checkout / "house/rules/deadlines/__init__.py").exists()


def test_imports_follow_under_the_new_name(checkout: Path) -> None:
    move(checkout, LATE)

    text = read(checkout, "app.py")
    assert "from house.rules import errors\nfrom house.rules.deadlines import lateness\n" in text
    assert (
        "lateness.late(), errors.TooLate, Base, TooLate, f'{lateness.LIMIT}', dict(late=1)" in text
    )


def test_the_old_name_is_kept_where_the_new_one_is_taken(checkout: Path) -> None:
    move(checkout, LATE)

    text = read(checkout, "shadow.py")
    assert "from house.rules.deadlines import lateness as late\n" in text
    assert "return late.late() + lateness" in text


def test_pages_settings_and_scripts_follow(checkout: Path) -> None:
    move(checkout, LATE)

    assert read(checkout, "page.md") == (
        "See `house/rules/deadlines/lateness.py`, `rules/deadlines/lateness.py`, "
        "`house.rules.deadlines.lateness.late`; not later.\n"
    )
    assert read(checkout, "settings.toml") == 'entry = "house.rules.deadlines.lateness:late"\n'
    assert "python -m house.rules.deadlines.lateness" in read(checkout, "Makefile")


def test_a_definition_takes_its_comment_and_finds_what_it_needs(checkout: Path) -> None:
    move(checkout, ERRORS)

    there = read(checkout, "house/rules/deadlines/errors.py")
    assert "# Said of late ones.\nclass TooLate(Base):" in there
    assert "import re" in there
    assert "from house.rules.errors import Base" in there
    assert "TooLate" not in read(checkout, "house/rules/errors.py")


def test_whoever_names_a_definition_finds_it_where_it_went(checkout: Path) -> None:
    move(checkout, ERRORS)

    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dry_run_changes_nothing_and_names_each_file(checkout: Path) -> None:
    report = move(checkout, f"{LATE}\n{ERRORS}", dry_run=True)

    assert {name: read(checkout, name) for name in FILES} == FILES
    assert "changed: app.py" in report
    assert "changed: page.md" in report


def test_path_that_is_put_together_is_pointed_out(checkout: Path) -> None:
    assert "look at it: names late.py without its folder: start.py" in move(checkout, LATE)


def test_what_is_not_there_is_named(checkout: Path) -> None:
    report = move(checkout, "house/gone.py -> house/there.py\nhouse/rules/errors.py -> a.py: Gone")

    assert "look at it: not here: house/gone.py" in report
    assert "look at it: house/rules/errors.py has no Gone" in report


def test_a_file_is_never_written_over(checkout: Path) -> None:
    with pytest.raises(MoveRefused, match="There is a file already"):
        move(checkout, "house/rules/late.py -> house/rules/errors.py")

    assert read(checkout, "house/rules/errors.py") == FILES["house/rules/errors.py"]


def test_a_line_that_is_no_move_is_refused(checkout: Path) -> None:
    with pytest.raises(MoveRefused, match="Line 1 is no move"):
        move(checkout, "house/rules/late.py house/late.py")
