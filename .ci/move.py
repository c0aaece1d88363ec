"""Move modules and definitions, and everything that names them: `make move ARGS="moves.txt"`.

A file of moves has one move a line; what follows `#` is passed over:

    campaigns/rules/late.py -> campaigns/rules/deadlines/late.py
    campaigns/rules/errors.py -> campaigns/rules/launch/errors.py: StageNotOpen, CampaignExists

The first line moves a file, the second the named definitions out of one (into a file that is
made where it is missing). Imports, names of modules in text, paths in pages, settings and scripts
follow. Whole files move first, then definitions, so their lines name files as they are called
by then. A name that a file only hands on is taken from where it is defined.

`--dry-run` changes nothing and says what would change. What it cannot decide, it says: look at it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from moved_files import Paths, follow_modules, module_of
from moved_names import cut_out, defined_in, follow_names, with_imports, without_own_names

_TEXT: Final = {".py", ".md", ".toml", ".yaml", ".yml", ".cfg", ".txt", ".service", ".sh", ".conf"}
_PLAIN: Final = {"Makefile", "Dockerfile", "run", "system-packages"}
_NEW: Final = '"""What?"""\n\nfrom __future__ import annotations\n'
"""How a file begins that a definition moves into, until somebody writes what it is."""
_LINE: Final = re.compile(r"^(?P<old>\S+) -> (?P<new>[^\s:]+)(?:: *(?P<names>.+))?$")


class MoveRefused(SystemExit):
    """The moves cannot be made; nothing was changed."""


@dataclass(frozen=True)
class Moves:
    """What is to be moved, in the order of the file."""

    files: Mapping[str, str]
    """Old path to new path."""
    names: Mapping[tuple[str, str], Sequence[str]]
    """Path a definition leaves and path it goes to, with the names."""

    @classmethod
    def read(cls, text: str) -> Moves:
        """Read the lines of a file of moves.

        Raises:
            MoveRefused: A line cannot be read.
        """
        files: dict[str, str] = {}
        names: dict[tuple[str, str], list[str]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            meant = line.split("#")[0].strip()
            if not meant:
                continue
            found = _LINE.match(meant)
            if found is None:
                raise MoveRefused(f"Line {number} is no move: {line}. Write: old.py -> new.py")
            old, new = found["old"], found["new"]
            if found["names"]:
                listed = [one.strip() for one in found["names"].split(",")]
                names.setdefault((old, new), []).extend(one for one in listed if one)
            else:
                files[old] = new
        return cls(files, names)


# --- on disk ------------------------------------------------------------------------------------


@dataclass
class House:
    """A checkout: which files it tracks, and what they say after the moves."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def load(self) -> None:
        """Read every text file that git tracks or would track."""
        listed = _git(self.root, "ls-files", "-co", "--exclude-standard").splitlines()
        for name in listed:
            path = self.root / name
            if path.is_file() and (path.suffix in _TEXT or path.name in _PLAIN):
                self.files[name] = path.read_text("utf-8")

    def move_files(self, files: Mapping[str, str]) -> dict[str, str]:
        """Follow the moves of whole files in memory; return those that can be made."""
        can = {old: new for old, new in files.items() if (self.root / old).is_file()}
        self.notes += [f"not here: {old}" for old in files if old not in can]
        taken = [new for new in can.values() if new in self.files and new not in can]
        if taken:
            raise MoveRefused(f"There is a file already: {', '.join(taken)}")
        if not can:
            return can
        paths = Paths(can)
        changed = {}
        for name, text in self.files.items():
            python = name.endswith(".py")
            changed[can.get(name, name)] = (
                follow_modules(text, paths) if python else paths.in_text(text)
            )
        self.files = changed
        self._note_bare_names(can)
        return can

    def _note_bare_names(self, can: Mapping[str, str]) -> None:
        """Note where a moved file is named without its folder: nothing tells where it is meant."""
        names = {Path(old).name for old in can}
        for name, text in self.files.items():
            bare = sorted(one for one in names if f'"{one}"' in text)
            self.notes += [f"names {one} without its folder: {name}" for one in bare]

    def move_names(self, names: Mapping[tuple[str, str], Sequence[str]]) -> None:
        """Follow the moves of definitions in memory."""
        moved: dict[tuple[str, str], str] = {}
        for (old, new), listed in names.items():
            if old not in self.files:
                self.notes.append(f"not here: {old}")
                continue
            cut = cut_out(self.files[old], listed)
            there = self.files.get(new, _NEW)
            handed_on = set(cut.missing) & set(defined_in(there))
            moved |= {(module_of(old), name): module_of(new) for name in handed_on}
            self.notes += [f"{old} has no {name}" for name in cut.missing if name not in handed_on]
            if not cut.text:
                continue
            self.notes += [
                f"private across modules: {name} ({old}, {new})"
                for name in (*cut.needs, *cut.needed)
                if name.startswith("_")
            ]
            imports = list(cut.imports)
            if cut.needs:
                imports.append(f"from {module_of(old)} import {', '.join(cut.needs)}")
            self.files[new] = with_imports(there, imports).rstrip() + "\n\n\n" + cut.text
            back = [f"from {module_of(new)} import {', '.join(cut.needed)}"] if cut.needed else []
            self.files[old] = with_imports(cut.rest, back)
            gone = set(listed) - set(cut.missing)
            moved |= {(module_of(old), name): module_of(new) for name in gone}
        for name, text in self.files.items():
            if name.endswith(".py"):
                self.files[name] = follow_names(text, moved)
        for new in {new for _, new in names} & set(self.files):
            self.files[new] = without_own_names(self.files[new])


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]  # arguments are file names of the checkout
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _packages(files: Iterable[str], root: Path) -> set[str]:
    """Return the `__init__.py` that are missing above modules of packages."""
    wanted: set[str] = set()
    for name in files:
        parts = name.split("/")
        if name.endswith(".py") and (root / parts[0] / "__init__.py").exists():
            wanted.update("/".join([*parts[:cut], "__init__.py"]) for cut in range(2, len(parts)))
    return {one for one in wanted if not (root / one).exists()}


def carry_out(root: Path, moves: Moves, *, dry_run: bool) -> list[str]:
    """Make the moves, or only say what they change; return what was done and what to look at.

    Raises:
        MoveRefused: A file is there already.
    """
    house = House(root)
    house.load()
    before = dict(house.files)
    can = house.move_files(moves.files)
    house.move_names(moves.names)
    back = {new: old for old, new in can.items()}
    changed = [
        name for name, text in house.files.items() if before.get(back.get(name, name)) != text
    ]
    report = [f"{old} -> {new}" for old, new in can.items()]
    report += [f"changed: {name}" for name in sorted(changed)]
    report += [f"look at it: {note}" for note in house.notes]
    if dry_run:
        return report
    for old, new in can.items():
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        _git(root, "mv", "-f", old, new)
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(house.files[name], "utf-8")
    for name in _packages(house.files, root):
        (root / name).touch()
    return report


def main(arguments: Sequence[str]) -> int:
    """Read the file of moves and carry it out in this checkout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("moves", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_args(arguments)
    root = Path(__file__).resolve().parents[1]
    moves = Moves.read(given.moves.read_text("utf-8"))
    for line in carry_out(root, moves, dry_run=given.dry_run):
        print(line)
    if not given.dry_run:
        print("Now: ruff check --fix, ruff format, make lint, make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
