"""Does everybody import downwards? Checks the code here against the contracts of floors.toml.

The contracts are made anew each time, in build/importlinter.toml, and checked by import-linter.
With --exceptions, the list of exceptions is written anew instead, unless it would grow.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import grimp
from importlinter.cli import lint_imports

from ratchets import Never, NoCircles

LIST: Final = Path("floors.toml")
EXCEPTIONS: Final = Path(".ci/floor-exceptions.toml")
CONTRACTS: Final = Path("build/importlinter.toml")
CACHE: Final = ".import_linter_cache"
"""Where import-linter keeps what it has read of each file, and grimp as well."""

CIRCLES: Final = "circles"
"""The exceptions that belong to no package."""

HEADER: Final = """\
# Which imports still break the rules of floors.toml? By the package whose rule it is; circles last.
# `make floors` writes this anew after imports were mended or modules renamed, and never longer.
"""

RATCHETS: Final = {"never": Never, "no_circles": NoCircles}

Exceptions = Mapping[str, list[str]]
Contract = dict[str, str | bool | list[str]]


@dataclass(frozen=True)
class House:
    """The content of floors.toml; what each part means stands there."""

    floors: list[str]
    unshipped: list[str]
    pure: list[str]
    impure: list[str]
    within: dict[str, list[str]]
    libraries: dict[str, list[str]]
    never: dict[str, list[str]]
    only: dict[str, list[str]]

    @property
    def packages(self) -> list[str]:
        """The top-level packages, in the order of the alphabet."""
        return sorted({name.partition(".")[0] for floor in self.floors for name in _names(floor)})

    @property
    def shipped(self) -> list[str]:
        """The packages that are installed, in the order of the alphabet."""
        return [name for name in self.packages if name not in self.unshipped]


def house(folder: Path) -> House:
    """Read the list of floors in a folder.

    Raises:
        TypeError: a part of the list is missing, or there is one too many.
    """
    return House(**tomllib.loads((folder / LIST).read_text(encoding="utf-8")))


def contracts(here: House, exceptions: Exceptions) -> list[Contract]:
    """Make the contracts for import-linter out of the list.

    Raises:
        ValueError: there are exceptions from a rule that does not exist.
    """
    ratchets = [*_ratchets(here, exceptions)]
    for key in exceptions.keys() - {ratchet["id"] for ratchet in ratchets}:
        msg = f"{EXCEPTIONS} names {key}, which has no rule in {LIST}: take it out"
        raise ValueError(msg)
    return [*_downwards(here), *_libraries(here), *ratchets]


def _downwards(here: House) -> Iterator[Contract]:
    yield {"name": "Imports go downwards only", "type": "layers", "layers": here.floors}
    for package in here.packages:
        parts = [part for floor in here.floors if (part := _parts_of(package, floor))]
        if parts:
            yield {
                "name": f"Every module of {package} has its floor",
                "type": "layers",
                "containers": [package],
                "layers": parts,
                "exhaustive": True,
            }
    for package, floors in here.within.items():
        yield {
            "name": f"Imports go downwards only inside {package}",
            "type": "layers",
            "containers": [package],
            "layers": floors,
        }


def _libraries(here: House) -> Iterator[Contract]:
    for library, places in here.libraries.items():
        if places:
            yield {
                "name": f"{library} only in {', '.join(places)}",
                "type": "protected",
                "protected_modules": [library],
                "allowed_importers": places,
            }
        else:
            yield _direct(f"{library} nowhere", here.packages, [library])
    yield _direct(f"{' and '.join(here.pure)} are pure", here.pure, here.impure)


def _direct(name: str, sources: list[str], forbidden: list[str]) -> Contract:
    return {
        "name": name,
        "type": "forbidden",
        "source_modules": sources,
        "forbidden_modules": forbidden,
        "allow_indirect_imports": True,
    }


def _ratchets(here: House, exceptions: Exceptions) -> Iterator[Contract]:
    rules = [
        *((key, f"{key} never imports {', '.join(to)}", to) for key, to in here.never.items()),
        *(
            (key, f"{key} imports {' and '.join(to)} only", _others(here, key, to))
            for key, to in here.only.items()
        ),
    ]
    for key, name, targets in rules:
        yield {
            "id": key,
            "name": name,
            "type": "never",
            "package": key,
            "targets": targets,
            "exceptions": exceptions.get(key, []),
        }
    yield {
        "id": CIRCLES,
        "name": "No circles of modules",
        "type": "no_circles",
        "exceptions": exceptions.get(CIRCLES, []),
    }


def _names(floor: str) -> list[str]:
    return re.findall(r"[\w.]+", floor)


def _parts_of(package: str, floor: str) -> str:
    """Return what a floor holds of a package, named from inside it; empty when nothing."""
    between = " | " if "|" in floor else " : "
    prefix = f"{package}."
    return between.join(
        name.removeprefix(prefix) for name in _names(floor) if name.startswith(prefix)
    )


def _others(here: House, package: str, allowed: list[str]) -> list[str]:
    return [name for name in here.packages if name not in {package, *allowed}]


def needed(here: House) -> dict[str, list[str]]:
    """Return the imports that break a rule with exceptions, by the key of the rule."""
    sys.path.insert(0, str(Path.cwd()))
    graph = grimp.build_graph(*here.packages, include_external_packages=True, cache_dir=CACHE)
    found: dict[str, list[str]] = {}
    for options in _ratchets(here, {}):
        ratchet = RATCHETS[str(options["type"])](str(options["name"]), {}, options)
        found[str(options["id"])] = sorted(ratchet.forbidden(graph))
    return found


def write_exceptions(here: House, exceptions: Exceptions) -> int:
    """Write the list of exceptions anew; return 1 and leave it when a rule would get more."""
    found = needed(here)
    longer = [key for key, imports in found.items() if len(imports) > len(exceptions.get(key, []))]
    for key in longer:
        print(f"{key} would get more exceptions. Mend these, or write them into {EXCEPTIONS}:")
        for one in sorted({*found[key]} - {*exceptions.get(key, [])}):
            print(f"    {json.dumps(one)},")
    if longer:
        return 1
    lists = (_list(key, imports) for key, imports in found.items() if imports)
    EXCEPTIONS.write_text(HEADER + "".join(lists), encoding="utf-8")
    print(f"{EXCEPTIONS}: {sum(map(len, found.values()))} imports")
    return 0


def check(here: House, exceptions: Exceptions) -> int:
    """Check the code in this folder; return 1 when a contract is broken."""
    session: Contract = {
        "root_packages": here.packages,
        "include_external_packages": True,
        "contract_types": [f"{name}: ratchets.{one.__name__}" for name, one in RATCHETS.items()],
    }
    made = (_table("[tool.importlinter.contracts]", one) for one in contracts(here, exceptions))
    CONTRACTS.parent.mkdir(exist_ok=True)
    CONTRACTS.write_text("\n".join([_table("tool.importlinter", session), *made]), encoding="utf-8")
    return lint_imports(str(CONTRACTS), cache_dir=CACHE, no_logo=True)


def _table(name: str, options: Contract) -> str:
    """Write a table; TOML writes texts, lists of them and truth as JSON does."""
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in options.items())
    return f"[{name}]\n{''.join(lines)}"


def _list(key: str, imports: list[str]) -> str:
    lines = (f"    {json.dumps(one)},\n" for one in imports)
    return f"\n{json.dumps(key)} = [\n{''.join(lines)}]\n"


def main() -> int:
    """Check, or write the list of exceptions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exceptions", action="store_true", help="write their list anew")
    chosen = parser.parse_args()
    here = house(Path.cwd())
    exceptions = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))
    return (write_exceptions if chosen.exceptions else check)(here, exceptions)


if __name__ == "__main__":
    sys.exit(main())
