"""A unit acts on its nominations by what it was told, and letters tell what was released."""

from __future__ import annotations

import pytest

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.nomination.errors import VotingBegun
from campaigns.services.mail import delivery
from campaigns.services.replication import pledges
from campaigns.store.mail import messages
from campaigns.store.nomination import disclosed
from schemas.commands.mail import ReleaseMessages
from schemas.vocabulary import Stage
from tests.store.nomination.test_nomination_acts import withdraw
from tests.world import World, votes


@pytest.fixture
def world(world: World) -> World:
    """A is nominated."""
    world.receive_nominations()
    world.nominate("A")
    return world


def release(world: World) -> None:
    command = ReleaseMessages(command_id=world.command_id(), person_id="mai", early=True)
    world.act(delivery.release, command)


def test_unit_withdraws_nothing_once_the_council_votes_on_anything(world: World):
    """It may not learn whether its nomination is among those voted on."""
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("B"))

    with pytest.raises(VotingBegun):
        withdraw(world)


def test_unit_withdraws_what_the_rules_turned_down_until_it_is_told(world: World):
    world.nominate("B", rank=2, registered=False)
    world.check_all()

    withdraw(world, code="B")

    assert world.state_of("B") == "withdrawn"


def test_what_is_told_to_be_ineligible_is_not_withdrawn(world: World):
    world.nominate("B", rank=2, registered=False)
    world.check_all()
    world.finish(Stage.NOMINATION)

    with pytest.raises(TransitionNotAllowed, match="ineligible"):
        withdraw(world, code="B")


def test_pledges_wait_for_the_release_of_the_results(world: World):
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    world.open(Stage.REPLICATION)
    world.act(pledges.request_pledges)
    before = world.read(messages.find, template="pledge-requested")

    release(world)
    world.act(pledges.request_pledges)

    after = world.read(messages.find, template="pledge-requested")
    assert (len(before), len(after)) == (0, 1)


def test_release_is_on_record(world: World):
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    assert world.read(disclosed.counts) == {"eligible": 1}

    release(world)

    assert world.read(disclosed.counts) == {"recognised": 1}
    assert world.read(lambda tx: tx.campaign.results_released_at) is not None
