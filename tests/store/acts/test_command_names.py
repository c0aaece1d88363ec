"""A command is known again by a digest of what it says, and that digest tells nothing.

Whoever has the database could try out what is small: so each word a command says stands beside it
in plain, and what must not stand there (a ballot, a score, a code) comes beside the command.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campaigns.rules import keys
from schemas.commands.command import Command
from tests.every_command import CASES, content
from tests.world import World

_KINDS = sorted(CASES, key=lambda one: one.__name__)


def words(value: object) -> Iterator[str]:
    """Yield every text a command says, however deep."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from words(one)
        case list():
            for one in value:
                yield from words(one)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """Note each command that is named."""
    named: list[Command] = []
    name = keys.command_name

    def noting(command: Command) -> str:
        named.append(command)
        return name(command)

    monkeypatch.setattr(keys, "command_name", noting)
    return named


@pytest.mark.parametrize("kind", _KINDS, ids=[one.__name__ for one in _KINDS])
def test_digest_of_a_command_holds_no_word_that_is_not_beside_it(
    world: World, said: list[Command], kind: type[Command]
) -> None:
    CASES[kind].prepare(world)
    said.clear()
    CASES[kind].act(world, "once", False)

    stored = "\n".join(row for rows in content(world).values() for row in rows)
    given = [one.model_dump(mode="json", exclude={"command_id"}) for one in said]
    assert [word for word in words(given) if word not in stored] == []
