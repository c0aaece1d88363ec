"""Which mails are made of the messages that are due, and which messages wait or are dropped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.services.mail import delivery
from campaigns.services.registers.directory import Directory
from campaigns.store.commit import commit
from campaigns.store.mail import mailboxes, messages
from campaigns.store.registers import people
from campaigns.store.tables import message, outbox, unit
from campaigns.store.transaction import Transaction
from schemas.messages.approvals import StageReturned
from schemas.messages.nomination import NominationReceived
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.messages.replication import FollowUpDue, PledgeRequested
from schemas.vocabulary import MessageState
from tests.world import DISTRICT, World

MakeWorld = Callable[..., World]


def pledges(tx: Transaction, *people_ids: str) -> None:
    """Want a message of a bundled kind to each of these people."""
    directory, everyone = Directory(tx), people.everyone(tx)
    for number, person_id in enumerate(people_ids):
        to = directory.to_person(everyone[person_id])
        payload = PledgeRequested(**directory.heading(to), recognised=1, places=(), until=tx.now)
        tx.notify(to, payload, about=f"stage:{number}", cause=1)


def receipt(tx: Transaction, person_id: str, code: str = "A") -> None:
    """Want a message of a kind that is neither bundled nor urgent."""
    directory = Directory(tx)
    to = directory.to_person(people.everyone(tx)[person_id])
    payload = NominationReceived(
        **directory.heading(to),
        nomination_code=code,
        nomination_name="Mô hình",
        received_at=tx.now,
        content_hash="0" * 64,
        version=1,
        late=False,
    )
    tx.notify(to, payload, about=f"nomination:{code}", cause=1)


def urgent(tx: Transaction, person_id: str) -> None:
    """Want a message that waits for nothing."""
    directory = Directory(tx)
    to = directory.to_person(people.everyone(tx)[person_id])
    payload = StageReturned(**directory.heading(to), stage="nomination", reason="Thiếu biên bản")
    tx.notify(to, payload, about="stage:nomination", cause=1)


def follow_up(tx: Transaction) -> None:
    """Want a message to the mailbox of the district."""
    directory = Directory(tx)
    to = directory.to_unit(directory.unit(DISTRICT))
    payload = FollowUpDue(
        **directory.heading(to),
        model_code="A",
        model_name="Mô hình",
        months=3,
        due_on="15/01/2024",
        overdue=False,
    )
    tx.notify(to, payload, about="follow_up:A/3", cause=1)


def claim(world: World, limit: int = 500, per_hour: int = 0) -> list[OutgoingMail]:
    return world.act(delivery.claim, limit, per_hour=per_hour)


def settle(world: World, mails: list[OutgoingMail], state: MessageState) -> None:
    outcomes = [DeliveryOutcome(message_id=mail.message_id, state=state) for mail in mails]
    world.act(delivery.record, outcomes)


def states(world: World) -> list[str]:
    return [row.state for row in world.read(messages.find)]


def timers(world: World) -> list[timedelta]:
    """Return in what time deliveries are to begin, those of the future."""
    with world.store.reading() as tx:
        found = tx.connection.execute(
            select(outbox.c.available_at).where(outbox.c.topic == "deliver-notifications")
        ).scalars()
        return sorted(at - world.clock.time for at in found if at > world.clock.time)


# --- Bundles -------------------------------------------------------------------------------------


def test_messages_to_one_person_leave_as_one_mail(world: World):
    world.act(pledges, "binh", "binh", "binh")

    (mail,) = claim(world)

    assert (mail.template, mail.to_address) == ("bundle", "binh@example.org")
    assert states(world) == ["claimed"] * 3


def test_message_that_is_alone_leaves_as_it_is(world: World):
    world.act(pledges, "binh", "thu")

    assert [mail.template for mail in claim(world)] == ["pledge-requested"] * 2


def test_message_of_a_kind_that_is_not_bundled_leaves_alone(world: World):
    world.act(pledges, "binh", "binh")
    world.act(receipt, "binh")

    assert sorted(mail.template for mail in claim(world)) == ["bundle", "nomination-received"]


def test_mail_to_several_people_of_one_address_names_all(world: World):
    with world.store.writing("mai") as tx:
        tx.connection.execute(
            update(unit).where(unit.c.id == DISTRICT).values(email="Binh@Example.org")
        )
        commit(tx)
    world.act(pledges, "binh")
    world.act(follow_up)

    (mail,) = claim(world)

    assert mail.to_name == "Bình, Huyện Ba Tri"


def test_outcome_of_a_bundle_is_that_of_each_of_its_messages(world: World):
    world.act(pledges, "binh", "binh", "thu")
    mails = claim(world)

    settle(world, mails[:1], MessageState.UNCERTAIN)

    assert states(world) == ["uncertain", "uncertain", "claimed"]


def test_bundle_that_was_deferred_is_the_same_mail_again(world: World):
    world.act(pledges, "binh", "binh")
    first = claim(world)
    settle(world, first, MessageState.QUEUED)
    world.clock.time += timedelta(hours=1)

    assert [mail.key for mail in claim(world)] == [mail.key for mail in first]


def test_bundle_of_a_dead_sender_is_uncertain_whole(world: World):
    world.act(pledges, "binh", "binh")
    world.act(delivery.begin, [mail.message_id for mail in claim(world)], "", [])
    world.clock.time += delivery.LEASE

    world.act(delivery.recover, repeatable=False)

    assert states(world) == ["uncertain"] * 2


def test_bundle_is_whole_though_the_batch_is_small(world: World):
    world.act(pledges, "binh", "thu", "binh", "binh")

    (mail,) = claim(world, limit=1)

    assert (mail.template, states(world).count("claimed")) == ("bundle", 3)


def test_playbook_may_bundle_nothing(world_with: MakeWorld):
    world = world_with(messages={"bundled": ()})
    world.act(pledges, "binh", "binh")

    assert len(claim(world)) == 2


# --- Daily digest ---------------------------------------------------------------------------------


@pytest.fixture
def daily(world: World) -> World:
    """Bình wants one mail a day; it is half past nine."""
    world.at("2023-09-15T09:30:00")
    with world.store.writing("mai") as tx:
        mailboxes.prefer(tx, "binh", "daily")
        commit(tx)
    return world


def test_message_to_who_wants_a_digest_waits_for_it(daily: World):
    daily.act(receipt, "binh")
    daily.act(receipt, "thu", "B")

    assert [mail.to_address for mail in claim(daily)] == ["thu@example.org"]


def test_digest_holds_what_has_gathered_of_every_kind(daily: World):
    daily.act(receipt, "binh")
    daily.act(receipt, "binh", "B")
    daily.act(pledges, "binh")
    daily.at("2023-09-16T07:30:00")

    (mail,) = claim(daily)

    assert (mail.template, states(daily)) == ("bundle", ["claimed"] * 3)


def test_digest_does_not_delay_what_is_urgent(daily: World):
    daily.act(receipt, "binh")
    daily.act(urgent, "binh")

    assert [mail.template for mail in claim(daily)] == ["stage-returned"]


def test_digest_is_woken_for(daily: World):
    daily.act(receipt, "binh")

    assert timers(daily) == [timedelta(hours=22)]


def test_person_who_wants_each_mail_again_gets_each(daily: World):
    with daily.store.writing("mai") as tx:
        mailboxes.prefer(tx, "binh", "each")
        commit(tx)
    daily.act(receipt, "binh")

    assert len(claim(daily)) == 1


# --- Quiet hours ----------------------------------------------------------------------------------


@pytest.fixture
def night(world_with: MakeWorld) -> World:
    world: World = world_with(messages={"quiet": {"begins": "21:00", "ends": "06:30"}})
    world.at("2023-09-15T22:00:00")
    return world


def test_message_waits_for_the_end_of_the_quiet_hours(night: World):
    night.act(receipt, "binh")

    assert claim(night) == []

    night.at("2023-09-16T06:30:00")
    assert len(claim(night)) == 1


def test_urgent_message_leaves_in_the_quiet_hours(night: World):
    night.act(receipt, "binh")
    night.act(urgent, "mai")

    assert [mail.template for mail in claim(night)] == ["stage-returned"]


def test_end_of_the_quiet_hours_is_woken_for_once(night: World):
    night.act(receipt, "binh")

    claim(night)
    claim(night)

    assert timers(night) == [timedelta(hours=8, minutes=30)]


# --- Limit per hour -------------------------------------------------------------------------------


def test_no_more_mails_leave_in_an_hour_than_may(world: World):
    world.act(pledges, "binh", "thu", "tam", "lan")

    assert [len(claim(world, per_hour=3)) for _ in range(2)] == [3, 0]


def test_bundle_counts_as_one_mail(world: World):
    world.act(pledges, "binh", "binh", "binh", "thu")

    assert len(claim(world, per_hour=2)) == 2


def test_mails_leave_again_an_hour_later(world: World):
    world.act(pledges, "binh", "thu", "tam", "lan")
    settle(world, claim(world, per_hour=3), MessageState.SENT)
    claim(world, per_hour=3)

    (wait,) = timers(world)
    world.clock.time += wait

    assert (len(claim(world, per_hour=3)), wait <= timedelta(minutes=61)) == (1, True)


def test_message_that_was_deferred_is_woken_for(world: World):
    world.act(receipt, "binh")
    settle(world, claim(world), MessageState.QUEUED)

    claim(world)

    assert timers(world) == [timedelta(minutes=1)]


# --- Addresses that take no mail ------------------------------------------------------------------


def bounced(tx: Transaction, *, hard: bool = True) -> None:
    mailboxes.note_bounce(
        tx, "Binh@example.org", "5.1.1", "no such user", "hard" if hard else "soft"
    )


def test_message_to_a_failing_address_fails_and_says_why(world: World):
    world.act(bounced)
    world.act(pledges, "binh", "thu")

    assert [mail.to_address for mail in claim(world)] == ["thu@example.org"]
    row = world.read(messages.find)[0]
    assert (row.state, row.detail) == (
        "failed",
        "Not sent: mail to this address came back (5.1.1). Correct the address.",
    )


def test_message_is_sent_to_an_address_that_failed_for_a_time(world: World):
    world.act(bounced, hard=False)
    world.act(pledges, "binh")

    assert len(claim(world)) == 1


def test_message_is_sent_again_to_an_address_that_was_cleared(world: World):
    world.act(bounced)
    world.act(mailboxes.clear, "BINH@example.org")
    world.act(pledges, "binh")

    assert len(claim(world)) == 1


def test_failed_messages_do_not_hide_the_others_behind_them(world: World):
    world.act(bounced)
    world.act(pledges, "binh", "binh", "thu")

    assert len(claim(world, limit=2)) == 1


def test_every_message_of_the_campaign_is_in_the_mail_that_names_it(world: World):
    world.act(pledges, "binh", "binh", "thu")
    claim(world)

    with world.store.reading() as tx:
        marks = list(tx.connection.execute(select(message.c.mail_id)).scalars())
    assert (len(set(marks)), marks[0] == marks[1]) == (2, True)
