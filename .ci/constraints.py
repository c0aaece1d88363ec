"""Which versions is the project tested with? Writes constraints.txt from this environment.

Only what the project needs, directly or not, is listed, so a tool someone installed by hand does
not slip in. A line that carries a marker belongs to another Python version than this one and is
kept as it stands, until this one needs the package as well. `make constraints` runs this with the
Python of `.venv`.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = "thidua"
EXTRAS = ("cluster", "dev", "postgres")
FILE = Path(__file__).parent.parent / "constraints.txt"
HEADER = """\
# The exact versions the project is tested with, on Python 3.11, 3.12 and 3.13.
# Written by `make constraints`; names and versions only. How to raise them: CONTRIBUTING.md.
"""


def normalised(name: str) -> str:
    """Return the name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, extras: tuple[str, ...], found: dict[str, str]) -> None:
    """Add what the named project needs, and what that needs, to the versions found."""
    for line in distribution(name).requires or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        key = normalised(requirement.name)
        seen = key in found
        found[key] = distribution(requirement.name).version
        if not seen or requirement.extras:
            needed(requirement.name, tuple(requirement.extras), found)


def marked_lines() -> list[str]:
    """Return the lines of the present file that are for another Python version."""
    if not FILE.exists():
        return []
    lines = (line.strip() for line in FILE.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if ";" in line and not line.startswith("#")]


def main() -> int:
    """Write the file; say what is missing when the environment is incomplete."""
    found: dict[str, str] = {}
    try:
        needed(PROJECT, EXTRAS, found)
    except PackageNotFoundError as missing:
        print(f"{missing.name} is not installed here: run `make setup` first.", file=sys.stderr)
        return 1
    marked = [line for line in marked_lines() if normalised(line.split("==")[0]) not in found]
    lines = [f"{name}=={version}" for name, version in found.items()]
    FILE.write_text(HEADER + "\n".join(sorted(lines + marked)) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(lines)} versions, {len(marked)} kept for other Python versions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
