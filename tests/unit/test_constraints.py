"""Are the pinned versions complete, free of addresses, and the ones that are installed?"""

from __future__ import annotations

import re
import runpy
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(
    r"(?P<name>[a-z0-9]+(?:[-_.][a-z0-9]+)*)==(?P<version>[^\s;@/]+)"
    r'(?: ; python(?:_full)?_version [<>=]+ "3\.\d+(?:\.\d+)?")?'
)


def lines() -> list[str]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def pins() -> dict[str, str]:
    found = (PIN.fullmatch(line) for line in lines())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


def requirements() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    named = [*project["dependencies"], *(line for extra in extras for line in extra)]
    return [Requirement(line) for line in named]


def test_constraints_hold_names_and_versions_only():
    assert [line for line in lines() if not PIN.fullmatch(line)] == []


def test_constraints_name_each_package_once_and_not_the_project():
    names = [canonicalize_name(line.partition("==")[0]) for line in lines()]

    assert sorted(set(names)) == sorted(names)
    assert "thidua" not in names


def test_constraints_pin_every_requirement_within_its_range():
    pinned = pins()

    wrong = [
        str(requirement)
        for requirement in requirements()
        if pinned.get(canonicalize_name(requirement.name), "none") not in requirement.specifier
    ]

    assert wrong == []


def test_constraints_pin_whatever_the_project_needs_here():
    script = runpy.run_path(str(ROOT / ".ci" / "constraints.py"))
    found: dict[str, str] = {}
    script["needed"]("thidua", script["EXTRAS"], found)
    pinned = (Requirement(line) for line in lines())
    pinned_here = {f"{pin.name}{pin.specifier}" for pin in pinned if _applies(pin)}

    assert {f"{name}=={number}" for name, number in found.items()} - pinned_here == set()


def _applies(pin: Requirement) -> bool:
    return pin.marker is None or pin.marker.evaluate()


@pytest.mark.parametrize("name", ["prefect", "fastapi", "sqlalchemy", "pydantic"])
def test_installed_version_is_the_pinned_one(name):
    assert version(name) == pins()[name]
