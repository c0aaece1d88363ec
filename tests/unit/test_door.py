"""Does everything that acts go by the one door? What does not is named here, and gets less."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from campaigns.acts import ACTS
from campaigns.rules.access.permissions import SIGHTS
from portal.api.routes import router

ROOT: Final = Path(__file__).parents[2]
PAST_THE_DOOR: Final = {
    "campaigns/access.py": 1,  # a letter about what the door has done
    "campaigns/rehearsal/invented.py": 5,  # the engine's steps
    "campaigns/registers.py": 2,  # letters about what the door has done; what has rested counts
    "campaigns/rehearsal/player.py": 2,  # as above
    "campaigns/rehearsal/recorded.py": 2,  # as above
    "cli/commands/backup.py": 2,  # a restored installation is put right before anybody acts
    "cli/commands/campaign.py": 1,  # `campaign cycle` asks for a run, which changes nothing
    "portal/api/holders.py": 1,  # notes that a token was used
}
"""Calls that write without a command. No file may be added, no number may grow."""
_WRITES: Final = {"act", "act_as", "soon", "writing"}


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr in _WRITES:
            yield path.relative_to(ROOT).as_posix()


def test_whoever_acts_goes_by_the_door() -> None:
    """The engine's own steps (tasks, relay, webhooks, delivery) are no acts of people."""
    people = [
        *(ROOT / "cli").rglob("*.py"),
        *(ROOT / "portal").rglob("*.py"),
        *(ROOT / f"campaigns/{name}.py" for name in ("intake", "registers", "access")),
        *(ROOT / "campaigns" / "rehearsal").glob("*.py"),
    ]

    found = Counter(name for path in people for name in calls(path))

    assert found == PAST_THE_DOOR


def rows(dependant: Dependant) -> Iterator[object]:
    row = getattr(dependant.call, "row", None)
    if row is not None:
        yield row
    for each in dependant.dependencies:
        yield from rows(each)


ROUTES: Final = [one for one in router.routes if isinstance(one, APIRoute)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: f"{min(one.methods)} {one.path}")
def test_operation_of_the_api_has_a_row_in_the_table(route: APIRoute) -> None:
    [row] = rows(route.dependant)

    assert row in ACTS or row in SIGHTS
