"""The machine's clock is set back: leases heal, and mail that is under way is not lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.services.mail import delivery
from campaigns.store.mail import messages
from schemas.messages.outgoing import DeliveryOutcome
from schemas.vocabulary import MessageState, Stage
from tests.world import World


@pytest.fixture
def claimed(world: World) -> World:
    """A sender has claimed the request for approval, and said nothing since."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    mails = world.act(delivery.claim)
    world.act(delivery.begin, [mail.message_id for mail in mails], "", [])
    return world


def states(world: World) -> set[str]:
    return {row.state for row in world.read(messages.find)}


def test_claim_made_before_the_clock_was_set_back_is_over(claimed: World):
    claimed.clock.time -= timedelta(hours=1)

    assert claimed.act(delivery.recover, repeatable=False).changed
    assert states(claimed) == {MessageState.UNCERTAIN}


def test_claim_of_a_living_sender_stays(claimed: World):
    assert claimed.act(delivery.recover, repeatable=False).changed == 0
    assert states(claimed) == {MessageState.CLAIMED}


def test_mail_leaves_while_the_clock_catches_up_by_seconds(claimed: World):
    claimed.clock.time -= timedelta(minutes=2)
    claimed.act(delivery.recover, repeatable=True)

    assert claimed.act(delivery.claim)


def test_what_becomes_of_mail_under_way_is_recorded_although_the_log_is_ahead(claimed: World):
    rows = claimed.read(messages.find)
    claimed.clock.time -= timedelta(hours=1)
    refused = [
        DeliveryOutcome(
            message_id=one.id, state=MessageState.QUEUED, detail="450", hindrance="refused"
        )
        for one in rows
    ]

    claimed.act(delivery.record, refused)

    assert states(claimed) == {MessageState.QUEUED}
