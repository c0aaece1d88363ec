"""Every command comes twice: what stored nothing never answers as if it had.

Which commands there are is read from the vocabulary; one that nobody tries here fails the test.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from language.errors import Refusal
from schemas.commands.command import Command
from schemas.outcomes import Done
from tests.every_act import CASES
from tests.every_command import content
from tests.world import World

COMMANDS: Final = sorted(Command.__subclasses__(), key=lambda one: one.__name__)
_NAMES: Final = [one.__name__ for one in COMMANDS]


def said(answer: Any) -> tuple[bool, bool] | None:
    """Return whether an answer says that something was stored, and that it is a repeat.

    None: it says what holds now.
    """
    if isinstance(answer, tuple):
        return said(answer[0])
    if isinstance(answer, Done):
        return bool(answer.changed) and not answer.repeated, answer.repeated
    return (bool(answer), False) if isinstance(answer, list) else None


def tried(world: World, kind: type[Command], command_id: str, *, other: bool = False) -> Any:
    """Carry a command out; check that it answers as what it stored; return the answer or None."""
    before = content(world)
    try:
        answer = CASES[kind].act(world, command_id, other)
    except Refusal as refused:
        assert content(world) == before
        return refused
    found = said(answer)
    if found is not None:
        assert found[0] == (content(world) != before), (answer, kind)
    return answer


def test_every_command_is_tried() -> None:
    assert set(COMMANDS) == set(CASES)


@pytest.mark.parametrize("kind", COMMANDS, ids=_NAMES)
def test_command_that_comes_again_stores_nothing(world: World, kind: type[Command]) -> None:
    CASES[kind].prepare(world)
    before = content(world)
    first = tried(world, kind, "once")
    assert not isinstance(first, Refusal), first
    after = content(world)
    assert after != before

    tried(world, kind, "once")

    assert content(world) == after


@pytest.mark.parametrize("kind", COMMANDS, ids=_NAMES)
def test_same_act_under_another_id_says_what_it_stored(world: World, kind: type[Command]) -> None:
    CASES[kind].prepare(world)
    tried(world, kind, "once")

    tried(world, kind, "another")


@pytest.mark.parametrize("kind", COMMANDS, ids=_NAMES)
def test_same_id_with_other_words_is_no_repeat(world: World, kind: type[Command]) -> None:
    CASES[kind].prepare(world)
    tried(world, kind, "once")

    answer = tried(world, kind, "once", other=True)

    if isinstance(answer, Refusal):
        return
    found = said(answer)
    assert found is None or not found[1], "other words were answered as a repeat"
