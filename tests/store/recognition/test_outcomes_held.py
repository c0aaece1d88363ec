"""Nobody learns what the rules came to before the stage's approvers have approved it."""

from __future__ import annotations

from campaigns.store import campaigns
from campaigns.store.mail import messages
from schemas.vocabulary import Stage
from tests.world import World


def states(world: World) -> set[str]:
    rows = world.read(messages.find, template="nomination-checked")
    return {row.state for row in rows}


def checked(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", registered=False)
    world.check_all()


def test_outcomes_are_held_before_the_approval(world: World) -> None:
    checked(world)

    assert states(world) == {"held"}


def test_outcomes_go_with_the_approval(world: World) -> None:
    checked(world)

    world.finish(Stage.NOMINATION)

    assert states(world) == {"queued"}


def test_outcomes_are_dated_by_the_approval(world: World) -> None:
    checked(world)

    world.finish(Stage.NOMINATION)

    approved_at = world.read(campaigns.get_stage, Stage.NOMINATION).approved_at
    rows = world.read(messages.find, template="nomination-checked")
    assert {row.queued_at for row in rows} == {approved_at}
