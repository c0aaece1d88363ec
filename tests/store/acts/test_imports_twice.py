"""Every table comes again: known, said otherwise, and with one thing more, through every door.

Which tables there are is read from the code; one that nobody tries here fails the test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, get_args

import pytest

from campaigns.services.registers.imports import Kind
from cli.commands import imports as cli_imports
from schemas.imports import ImportReport
from tests.doors import Answer, Typed, come_in, sent, table, typed
from tests.every_command import content
from tests.every_import import CASES, Case, Change, Fields
from tests.portal_client import People
from tests.world import World

KINDS: Final = sorted(get_args(Kind))
DOORS: Final = ("command", "api")
DERIVED: Final = {"state"}
"""Columns that say again what others say."""
CHANGES: Final = [
    (kind, name) for kind, case in sorted(CASES.items()) for name in sorted(case.changes)
]


class Door(NamedTuple):
    """Where a file goes in."""

    name: str
    give: Callable[[str, Sequence[Fields]], Answer]
    come: Callable[[], object]
    """Come to the door, with a token that is good today where one is needed."""

    def counted(self, answer: Answer) -> tuple[int, int]:
        """Return what was stored and what was known, as the answer says it."""
        if self.name == "api":
            said = json.loads(answer.text)
            return said["stored"], said["known"]
        return _counted(answer.text)

    def is_refusal(self, answer: Answer) -> bool:
        return answer.status == (409 if self.name == "api" else 2)


_NEW: Final = re.compile(r"(\d+) newly stored")
_KNOWN: Final = re.compile(r"(\d+) known already|stored just so already \((\d+)\)")


def _counted(text: str) -> tuple[int, int]:
    stored, known = _NEW.search(text), _KNOWN.search(text)
    return int(stored[1]) if stored else 0, int(known[1] or known[2]) if known else 0


@pytest.fixture(params=DOORS)
def door(
    request: pytest.FixtureRequest,
    people: People,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Door:
    if request.param == "api":
        return Door(
            "api", lambda kind, rows: sent(people, kind, table(rows)), lambda: come_in(people)
        )
    command = Typed(people, monkeypatch, capsys)
    return Door(
        "command", lambda kind, rows: typed(command, kind, table(rows), tmp_path), lambda: None
    )


def begun(world: World, door: Door, kind: Kind) -> Case:
    """Have the table imported once."""
    case = CASES[kind]
    case.prepare(world)
    door.come()
    before = content(world)
    first = door.give(kind, case.rows)
    assert door.counted(first) == (2, 0), first.text
    assert content(world) != before
    return case


def otherwise(case: Case, change: Change) -> list[Fields]:
    *rest, last = case.rows
    return [*rest, last | change.fields]


def test_every_table_is_tried() -> None:
    reported = get_args(ImportReport.model_fields["kind"].annotation)

    assert set(CASES) == set(KINDS) == set(reported)


def test_every_table_of_the_command_is_tried() -> None:
    assert {one.name for one in cli_imports.group.registered_commands} == set(CASES)


def test_every_import_of_the_api_is_tried(people: People) -> None:
    """The workbook of a unit has tests of its own: what it answers names each nomination."""
    described = people.http.get("/openapi.json").json()["paths"]
    kinds = next(
        one["schema"]["enum"]
        for one in described["/api/v1/campaigns/{code}/import/{kind}"]["post"]["parameters"]
        if one["name"] == "kind"
    )
    registers = {one.split("/")[3] for one in described if one.endswith("/import")}

    assert {*kinds, *registers} == set(CASES)


@pytest.mark.parametrize("kind", KINDS)
def test_table_that_comes_again_is_known(world: World, door: Door, kind: Kind) -> None:
    case = begun(world, door, kind)
    before = content(world)

    again = door.give(kind, case.rows)

    assert door.counted(again) == (0, 2), again.text
    assert content(world) == before


@pytest.mark.parametrize("kind", KINDS)
def test_one_thing_more_is_counted_alone(world: World, door: Door, kind: Kind) -> None:
    case = begun(world, door, kind)
    before = content(world)

    more = door.give(kind, (*case.rows, *case.new))

    stored, known = door.counted(more)
    assert (stored, known) == (1, 1 if kind == "votes" else 2), more.text
    assert content(world) != before


@pytest.mark.parametrize(("kind", "name"), CHANGES)
def test_row_that_says_otherwise_is_told_or_refused(
    world: World, door: Door, kind: Kind, name: str
) -> None:
    case = begun(world, door, kind)
    change, before = case.changes[name], content(world)

    answer = door.give(kind, otherwise(case, change))

    if not change.is_told:
        assert door.is_refusal(answer), answer.text
        assert content(world) == before
        return
    assert door.counted(answer) == (1, 1), answer.text
    assert content(world) != before
    for field in change.fields.keys() - DERIVED:
        after = change.fields[field]
        for value in (case.rows[-1][field], after):
            assert value_told(value) in answer.text.lower(), answer.text
    assert case.rows[-1][case.key] in answer.text


def value_told(value: str) -> str:
    """Return how a cell is told: what has a name of its own in the program, by that."""
    return {"Có": "true", "Không": "false"}.get(value, value).lower()
