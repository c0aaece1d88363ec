"""Every command is typed twice: what stored nothing never answers as if it had.

Which commands there are is read from the program; one that acts and that nobody tries fails.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.doors import Answer, Typed
from tests.every_command import content
from tests.every_import import CASES as TABLES
from tests.every_typed_command import CASES, ENGINE, LOOKING, WHOLE, every_command, fill
from tests.portal_client import People
from tests.world import World

NOTHING: Final = re.compile(
    r"nothing was changed|nothing to amend|No message is held|No message has failed|"
    r"was not marked|No work was given up|0 notices read|is of this version"
)
"""How it is said that nothing was stored."""
REFUSED: Final = 2
IN_PLACE: Final = {"init", "db upgrade"}
"""They make what a world has already."""


def said_nothing(answer: Answer) -> bool:
    return answer.status == REFUSED or NOTHING.search(answer.text) is not None


def test_every_command_is_tried_or_only_looks() -> None:
    tables = {f"import {kind}" for kind in TABLES}
    templates = {one for one in every_command() if one.startswith("template ")}

    assert every_command() == {*CASES, *LOOKING, *ENGINE, *WHOLE, *tables, *templates}


@pytest.mark.parametrize("name", sorted(CASES))
def test_command_typed_twice_says_what_it_stored(
    name: str,
    world: World,
    people: People,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case, command = CASES[name], Typed(people, monkeypatch, capsys)
    fill(tmp_path)
    case.prepare(world)
    command.come()
    words = case.words.format(folder=tmp_path).split()

    before = content(world)
    first = command(*words)
    after = content(world)
    second = command(*words)

    assert first.status == 0, first.text
    assert said_nothing(first) == (after == before) == (name in IN_PLACE), first.text
    assert said_nothing(second) == (content(world) == after), second.text
