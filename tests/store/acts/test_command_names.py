"""A command is known again by a digest of what it says, and that digest tells nothing.

Whoever has the database could try out what is small. So the digest is made with the installation's
key, which is not in it; a digest without a key is looked for, of versions before, and never kept.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaigns.rules import keys, repeats
from campaigns.store.tables import processed_command
from schemas.commands.command import Command
from tests.every_act import CASES
from tests.world import World

_KINDS = sorted(CASES, key=lambda one: one.__name__)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """Note each command that is looked for under the name it had without a key."""
    named: list[Command] = []
    name = keys.command_name

    def noting(command: Command) -> str:
        named.append(command)
        return name(command)

    monkeypatch.setattr(keys, "command_name", noting)
    return named


@pytest.mark.parametrize("kind", _KINDS, ids=[one.__name__ for one in _KINDS])
def test_name_of_a_command_is_of_its_kind_and_a_key(
    world: World, said: list[Command], kind: type[Command]
) -> None:
    CASES[kind].prepare(world)
    said.clear()
    CASES[kind].act(world, "once", False)

    with world.store.reading() as tx:
        name = tx.connection.execute(
            select(processed_command.c.name).where(processed_command.c.command_id == "once")
        ).scalar_one()
    [command] = said
    plain = (keys.command_name(command), repeats.name_of(b"", kind, "once", ""))
    assert name.startswith(f"{kind.__name__} ")
    assert name not in plain


def test_same_command_has_another_name_by_another_key_id_or_person() -> None:
    kind, said = _KINDS[0], "the same"

    names = {
        repeats.name_of(key, kind, identity, who, "DVK", said)
        for key in (b"1", b"2")
        for identity in ("a", "b")
        for who in ("mai", "lan")
    }

    assert len(names) == 8
