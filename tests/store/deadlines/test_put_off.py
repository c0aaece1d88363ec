"""What was being sent when it was taken back, and was put off by the mail server, never leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.services.mail import delivery
from campaigns.services.nomination import acts
from campaigns.store.mail import messages
from schemas.commands.mail import ReleaseMessages
from schemas.commands.nomination import WithdrawNomination
from schemas.commands.recognition import RevokeRecognition
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.vocabulary import MessageState
from tests.world import World, votes


@pytest.fixture
def world(world: World) -> World:
    """Ba Tri has nominated A."""
    world.receive_nominations()
    world.nominate("A")
    return world


def put_off(world: World, mails: list[OutgoingMail]) -> None:
    """Let mails come back from the server until the next day."""
    outcomes = [
        DeliveryOutcome(message_id=mail.message_id, state=MessageState.QUEUED) for mail in mails
    ]
    world.act(delivery.record, outcomes)
    world.clock.time += timedelta(days=1)


def test_receipt_of_a_nomination_that_is_withdrawn_meanwhile(world: World):
    mails = world.act(delivery.claim)
    withdrawal = WithdrawNomination(
        command_id="withdraw", nomination_code="A", reason="Sai tên", person_id="binh"
    )
    world.act(acts.withdraw, withdrawal)
    put_off(world, mails)

    left = {mail.template for mail in world.act(delivery.claim)}

    assert "nomination-received" not in left
    assert "nomination-changed" in left


def test_result_that_is_revoked_meanwhile(world: World):
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    world.act(delivery.release, ReleaseMessages(command_id="release", early=True, person_id="mai"))
    mails = world.act(delivery.claim)
    revocation = RevokeRecognition(
        command_id="revoke",
        nomination_code="A",
        reason="Số liệu sai",
        document="07-QĐ/BDVTU",
        person_id="hung",
    )
    world.act(acts.revoke, revocation)
    put_off(world, mails)
    world.act(delivery.claim)

    rows = world.read(messages.find, template="result-announced", states=["superseded"])
    assert [row.recipient_id for row in rows] == ["binh"]
