"""Mail that came back: which address is marked, who is told, and what a forged notice does."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select, update

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.services.mail import bounces, delivery
from campaigns.store.commit import commit
from campaigns.store.mail import mailboxes, messages
from campaigns.store.tables import event, message, person
from schemas.commands.mail import ClearAddress
from schemas.messages.outgoing import DeliveryOutcome
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Stage
from tests.sealed import bare
from tests.world import World

HUNG = "hung@example.org"


@pytest.fixture
def world(world: World) -> World:
    """Hưng and Lan were asked to approve the launch, by mail."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    mails = world.act(delivery.claim)
    sent = [DeliveryOutcome(message_id=mail.message_id, state=MessageState.SENT) for mail in mails]
    world.act(delivery.record, sent)
    return world


def mail_id(world: World, address: str = HUNG) -> str:
    with world.store.reading() as tx:
        found: str = tx.connection.execute(
            select(message.c.mail_id).where(message.c.to_address == address)
        ).scalar_one()
    return found


def bounce(world: World, digest: str = "d", kind: str = "hard") -> Done:
    return world.act(
        bounces.record, bounces.Told(digest, mail_id(world), kind, "5.1.1", "no such user")
    )


def is_failing(world: World) -> bool:
    return bool(world.read(mailboxes.failing, [HUNG]))


def told(world: World) -> list[str]:
    return [row.recipient_id for row in world.read(messages.find, template="address-failing")]


def test_hard_bounce_marks_the_address(world: World):
    assert bounce(world) == Done(changed=1, detail="hard")
    assert is_failing(world)


def test_soft_bounces_are_counted_and_mark_nothing(world: World):
    bounce(world, "d-1", "soft")
    bounce(world, "d-2", "soft")

    (known,) = world.read(mailboxes.all_failing)
    assert (known.bounces, known.failing_since, told(world)) == (2, None, [])


def test_coordinators_are_told_once(world: World):
    bounce(world, "d-1")
    bounce(world, "d-2")

    assert told(world) == ["lan", "mai"]


def test_notice_counts_once_however_often_it_is_found(world: World):
    bounce(world)

    assert bounce(world) == Done()
    assert [one.bounces for one in world.read(mailboxes.all_failing)] == [1]


def test_mail_that_was_sent_names_its_campaign(world: World):
    assert world.read(bounces.campaign_of, mail_id(world)) == "DVK-TEST"


@pytest.mark.parametrize("forged", ["", "0" * 32])
def test_forged_notice_changes_nothing(world: World, forged: str):
    assert world.read(bounces.campaign_of, forged) is None

    world.act(bounces.pass_over, "d", "hard")

    assert world.read(mailboxes.all_failing) == []


def test_notice_about_a_mail_that_was_not_sent_changes_nothing(world: World):
    with world.store.writing("mai") as tx:
        tx.connection.execute(update(message).values(state="failed"))
        commit(tx)

    assert world.read(bounces.campaign_of, mail_id(world)) is None


def test_log_names_no_address(world: World):
    bounce(world)

    with world.store.reading() as tx:
        facts = tx.connection.execute(
            select(event.c.facts).where(event.c.name == "thidua.address.failed")
        ).scalar_one()
    assert bare(json.loads(facts)) == {"owners": 1, "status": "5.1.1"}


def test_address_that_was_cleared_gets_mail_again(world: World):
    bounce(world)
    command = ClearAddress(command_id="c", address="Hung@Example.org", person_id="mai")

    assert world.do(command) == Done(changed=1)
    assert not is_failing(world)


def test_address_is_cleared_by_a_coordinator(world: World):
    bounce(world)
    command = ClearAddress(command_id="c", address=HUNG, person_id="thu")

    with pytest.raises(PersonNotAppointed):
        world.do(command)


def test_person_with_another_address_is_reached_again(world: World):
    bounce(world)
    with world.store.writing("mai") as tx:
        tx.connection.execute(
            update(person).where(person.c.id == "hung").values(email="hung2@example.org")
        )
        commit(tx)
    world.send_back(Stage.LAUNCH, "lan")

    assert world.read(mailboxes.owners, HUNG) == []
    assert world.read(mailboxes.failing, ["hung2@example.org"]) == {}
