"""What becomes of a message once it was claimed: sent, deferred, failed, or nobody knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from campaigns.services.launch import launch
from campaigns.services.mail import delivery
from campaigns.store.engine import beats
from campaigns.store.mail import messages
from campaigns.store.tables import event, message
from schemas.commands.mail import RetryMessages
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.outcomes import Done
from schemas.views.mail import Delivery
from schemas.vocabulary import MessageState, Stage
from tests.world import World

SENT, FAILED, QUEUED, UNCERTAIN = (
    MessageState.SENT,
    MessageState.FAILED,
    MessageState.QUEUED,
    MessageState.UNCERTAIN,
)


@pytest.fixture
def world(world: World) -> World:
    """Three units are to be told that the campaign has started."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    settle(world, claim(world), SENT)
    world.act(launch.announce)
    return world


def _outcome(mail: OutgoingMail, state: MessageState, **changes: Any) -> DeliveryOutcome:
    return DeliveryOutcome(message_id=mail.message_id, state=state, detail="said", **changes)


def claim(world: World, sender: str = "") -> list[OutgoingMail]:
    return world.act(delivery.claim, sender=sender)


def begin(world: World, mails: list[OutgoingMail], sender: str = "") -> set[int]:
    """Let the sender of claimed mails begin to hand them over."""
    mine, _ = world.act(delivery.begin, [mail.message_id for mail in mails], sender, [])
    return mine


def settle(
    world: World,
    mails: list[OutgoingMail],
    state: MessageState,
    sender: str = "",
    **changes: Any,
) -> Delivery:
    outcomes = [_outcome(mail, state, **changes) for mail in mails]
    return world.act(delivery.record, outcomes, sender=sender)


def announcements(world: World) -> list[messages.MessageRow]:
    return world.read(messages.find, template="campaign-launched")


def states(world: World) -> list[str]:
    return [row.state for row in announcements(world)]


def retry(world: World, *, uncertain: bool = False) -> Done:
    command = RetryMessages(command_id=world.command_id(), person_id="mai", uncertain=uncertain)
    return world.act(delivery.retry, command)


def wait(world: World, **time: float) -> None:
    world.clock.time += timedelta(**time)


# --- Outcomes ------------------------------------------------------------------------------------


def test_message_that_was_sent_says_when(world: World):
    settle(world, claim(world), SENT)

    assert {(row.state, row.sent_at) for row in announcements(world)} == {
        ("sent", world.clock.time)
    }


def test_message_that_failed_keeps_the_words_of_the_server(world: World):
    settle(world, claim(world), FAILED)

    assert {(row.state, row.detail) for row in announcements(world)} == {("failed", "said")}


def test_outcomes_are_counted(world: World):
    first, second, third = claim(world)

    counted = world.act(
        delivery.record,
        [_outcome(first, SENT), _outcome(second, QUEUED), _outcome(third, UNCERTAIN)],
    )

    assert counted == Delivery(sent=1, failed=0, uncertain=1, deferred=1)


def test_message_that_was_sent_is_not_claimed_again(world: World):
    settle(world, claim(world), SENT)
    wait(world, days=1)

    assert claim(world) == []


# --- Back-off ------------------------------------------------------------------------------------


def test_message_that_was_deferred_waits_a_minute(world: World):
    settle(world, claim(world), QUEUED)

    found = []
    for seconds in (59, 1):
        wait(world, seconds=seconds)
        found.append(len(claim(world)))
    assert found == [0, 3]


def test_message_that_was_deferred_waits_twice_as_long_each_time(world: World):
    waits = []
    for _ in range(4):
        settle(world, claim(world), QUEUED)
        with world.store.reading() as tx:
            until = tx.connection.execute(
                select(message.c.available_at).where(message.c.template == "campaign-launched")
            ).scalars()
            waits.append(next(iter(until)) - world.clock.time)
        world.clock.time += waits[-1]

    assert waits == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]


def test_message_waits_as_long_as_the_server_asks(world: World):
    settle(world, claim(world), QUEUED, retry_in_seconds=600)
    wait(world, seconds=599)

    assert claim(world) == []


@pytest.mark.parametrize("attempts", [9, 100, 10_000])
def test_message_waits_six_hours_at_most(attempts: int):
    assert delivery.back_off(attempts) == timedelta(hours=6)


def test_message_that_was_not_tried_waits_for_nothing_and_has_its_attempts(world: World):
    settle(world, claim(world), QUEUED, was_tried=False)

    assert {row.attempts for row in announcements(world)} == {0}
    assert len(claim(world)) == 3


# --- A sender that died, and one that was slow ----------------------------------------------------


def test_message_a_dead_sender_had_begun_is_uncertain(world: World):
    begin(world, claim(world))
    wait(world, minutes=15)

    assert world.act(delivery.recover, repeatable=False) == Done(changed=3)
    assert states(world) == ["uncertain"] * 3


def test_message_a_dead_sender_had_not_come_to_leaves_by_another(world: World):
    begin(world, claim(world)[:1])
    wait(world, minutes=15)

    assert world.act(delivery.recover, repeatable=False) == Done(changed=3)
    assert states(world) == ["uncertain", "queued", "queued"]
    assert len(claim(world)) == 2


def test_message_claimed_anew_is_not_begun(world: World):
    begin(world, claim(world))
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=True)
    claim(world)
    wait(world, minutes=15)

    world.act(delivery.recover, repeatable=False)

    assert states(world) == ["queued"] * 3


def test_sender_that_was_given_up_may_begin_nothing(world: World):
    slow = claim(world, "slow")
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=False)
    assert begin(world, slow, "slow") == set()

    claim(world, "quick")

    assert begin(world, slow, "slow") == set()


def test_sender_begins_only_what_is_still_its_own(world: World):
    mails = claim(world, "slow")
    settle(world, mails[:1], SENT, sender="slow")

    assert begin(world, mails, "slow") == {mail.message_id for mail in mails[1:]}


def test_sender_that_was_given_up_settles_nothing_of_its_successor(world: World):
    slow = claim(world, "slow")
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=False)
    claim(world, "quick")

    assert settle(world, slow, SENT, sender="slow") == Delivery()
    assert states(world) == ["claimed"] * 3


def test_run_that_fell_silent_is_given_up_at_once(world: World):
    name = beats.name_of_run("b1")
    world.act(beats.beat, name, beats.RUN)
    claim(world, name)
    assert world.act(delivery.recover, repeatable=False) == Done()

    wait(world, seconds=21)

    assert world.act(delivery.recover, repeatable=False) == Done(changed=3)


def test_run_that_lives_keeps_its_messages(world: World):
    name = beats.name_of_run("b1")
    claim(world, name)
    for _ in range(5):
        world.act(beats.beat, name, beats.RUN)
        wait(world, seconds=10)

    assert world.act(delivery.recover, repeatable=False) == Done()


def test_message_of_a_dead_sender_is_queued_again_where_a_repeat_does_no_harm(world: World):
    begin(world, claim(world))
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=True)

    assert len(claim(world)) == 3


def test_message_of_a_living_sender_is_left_alone(world: World):
    claim(world)
    wait(world, minutes=14)

    assert world.act(delivery.recover, repeatable=False) == Done()


def test_message_that_was_sent_though_its_sender_was_given_up_is_sent(world: World):
    mails = claim(world)
    begin(world, mails)
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=False)

    settle(world, mails, SENT)

    assert states(world) == ["sent"] * 3


def test_message_that_another_sender_has_sent_stays_sent(world: World):
    slow = claim(world)
    wait(world, minutes=15)
    world.act(delivery.recover, repeatable=True)
    settle(world, claim(world), SENT)

    counted = settle(world, slow, FAILED)

    assert (counted, states(world)) == (Delivery(), ["sent"] * 3)


def test_outcomes_of_others_are_recorded_though_one_message_was_settled_meanwhile(world: World):
    first, *others = claim(world)
    settle(world, [first], FAILED)

    settle(world, [first, *others], SENT)

    assert states(world) == ["failed", "sent", "sent"]


# --- Retried -------------------------------------------------------------------------------------


def test_message_that_failed_is_queued_again_by_a_coordinator(world: World):
    settle(world, claim(world), FAILED)

    assert retry(world).changed == 3
    assert states(world) == ["queued"] * 3


def test_message_that_is_uncertain_is_not_retried_unasked(world: World):
    """The recipient may have it already."""
    settle(world, claim(world), UNCERTAIN)

    assert retry(world).changed == 0


def test_message_that_is_uncertain_is_retried_when_asked(world: World):
    settle(world, claim(world), UNCERTAIN)

    assert retry(world, uncertain=True).changed == 3


def test_retry_is_on_record_with_counts_and_without_addresses(world: World):
    settle(world, claim(world), FAILED)
    retry(world)

    with world.store.reading() as tx:
        facts = tx.connection.execute(
            select(event.c.facts).where(event.c.name == "thidua.messages.retried")
        ).scalar_one()
    assert facts == '{"by":{"campaign-launched":3},"count":3,"person":"mai"}'


def deferred_until_given_up(world: World) -> None:
    for _attempt in range(delivery.ATTEMPTS):
        world.clock.time += timedelta(hours=7)
        settle(world, claim(world), QUEUED)


def test_message_that_no_server_takes_is_given_up_with_its_words(world: World):
    deferred_until_given_up(world)

    assert {(row.state, row.attempts, row.detail) for row in announcements(world)} == {
        ("failed", delivery.ATTEMPTS, "said")
    }


def test_message_is_not_given_up_before_its_last_attempt(world: World):
    for _attempt in range(delivery.ATTEMPTS - 1):
        world.clock.time += timedelta(hours=7)
        settle(world, claim(world), QUEUED)

    assert set(states(world)) == {"queued"}


def test_message_that_was_given_up_has_all_its_attempts_again_when_retried(world: World):
    deferred_until_given_up(world)

    retry(world)
    settle(world, claim(world), QUEUED)

    assert {(row.state, row.attempts) for row in announcements(world)} == {("queued", 1)}
