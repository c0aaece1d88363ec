"""Results are released from their date on; a campaign that holds letters is not over."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from campaigns.rules.recognition.errors import ReleaseTooEarly
from campaigns.services import standing
from campaigns.services.mail import delivery
from campaigns.services.nomination import acts
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.tables import campaign, event
from schemas.commands.mail import ReleaseMessages
from schemas.commands.recognition import RevokeRecognition
from schemas.outcomes import Done
from schemas.vocabulary import Role
from tests.world import World, votes

RESULT, REVOKED = "result-announced", "recognition-revoked"
BEFORE, DATE = "2023-10-13T07:59:59", "2023-10-13T08:00:00"


@pytest.fixture
def world(world: World) -> World:
    """A is recognised, and its unit's letter is held."""
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    return world


def release(world: World, *, early: bool = False, template: str | None = None) -> Done:
    command = ReleaseMessages(
        command_id=world.command_id(), person_id="mai", template=template, early=early
    )
    return world.act(delivery.release, command)


def revoke(world: World) -> None:
    command = RevokeRecognition(
        command_id=world.command_id(),
        nomination_code="A",
        reason="Số liệu sai",
        document="07-QĐ/BDVTU",
        person_id="hung",
    )
    world.act(acts.revoke, command)


def close(world: World) -> None:
    with world.store.writing("mai") as tx:
        tx.connection.execute(campaign.update().values(state="closed"))
        commit(tx)


def facts(world: World) -> list[dict[str, object]]:
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(event.c.facts).where(event.c.name == "thidua.messages.released")
        ).scalars()
        return [json.loads(one) for one in rows]


def states(world: World, template: str = RESULT) -> set[str]:
    return {row.state for row in world.read(messages.find, template=template)}


@pytest.mark.parametrize("template", [None, RESULT])
def test_results_do_not_go_before_their_date(world: World, template: str | None):
    world.at(BEFORE)

    with pytest.raises(ReleaseTooEarly, match=r"13/10/2023 08:00 \(Asia/Ho_Chi_Minh\)"):
        release(world, template=template)

    assert states(world) == {"held"}


def test_letter_of_a_revocation_does_not_go_before_that_date_either(world: World):
    world.at(BEFORE)
    revoke(world)

    with pytest.raises(ReleaseTooEarly):
        release(world, template=REVOKED)

    assert "held" in states(world, REVOKED)


def test_results_go_early_where_that_is_said(world: World):
    world.at(BEFORE)

    assert release(world, early=True).changed == 1


def test_early_release_is_on_record(world: World):
    world.at(BEFORE)
    release(world, early=True)

    assert [one.get("early") for one in facts(world)] == [True]


def test_results_go_on_their_date(world: World):
    world.at(DATE)

    assert (release(world).changed, [one.get("early") for one in facts(world)]) == (1, [None])


def test_campaign_that_holds_letters_waits_for_their_release(world: World):
    close(world)

    waiting = world.read(standing.waiting)

    assert waiting is not None
    assert (waiting.what, waiting.roles, waiting.count) == ("release", (Role.COORDINATOR,), 1)


def test_campaign_waits_for_nothing_once_they_are_released(world: World):
    world.at(DATE)
    release(world)
    close(world)

    assert world.read(standing.waiting) is None
