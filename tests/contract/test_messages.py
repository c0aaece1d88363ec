"""The mail outbox: a message is wanted once per key, held or queued, and claimed by one sender."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from campaigns.rules.errors import StateStale
from campaigns.rules.lifecycle import Thing
from campaigns.services.mail import delivery
from campaigns.services.registers.directory import Directory
from campaigns.store.commit import commit
from campaigns.store.mail import handover, messages
from campaigns.store.tables import message
from campaigns.store.transaction import ENGINE, Transaction
from campaigns.store.transitions import Change, write
from schemas.messages.outgoing import OutgoingMail
from schemas.messages.recognition import ResultAnnounced
from schemas.messages.replication import PledgeRequested
from tests.databases import Database
from tests.world import CODE, DISTRICT, World, make_world, short_playbook

LEASE = delivery.LEASE


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    """Each message leaves in a mail of its own."""
    world = make_world(database, short_playbook(messages={"bundled": ()}))
    yield world
    world.store.engine.dispose()


def announce_result(tx: Transaction, cause: int = 1) -> None:
    """Want a message that the playbook holds."""
    directory = Directory(tx)
    recipient = directory.to_unit(directory.unit(DISTRICT))
    payload = ResultAnnounced(
        **directory.heading(recipient),
        nomination_code="A",
        nomination_name="Mô hình A",
        recognised=True,
        decision_number="01-QĐ/BDVTU",
        signed_on="11/10/2023",
    )
    tx.notify(recipient, payload, about="nomination:A", cause=cause)


def ask_pledges(tx: Transaction, number: int, cause: int = 1) -> None:
    """Want that many messages that are queued at once."""
    directory = Directory(tx)
    recipient = directory.to_unit(directory.unit(DISTRICT))
    payload = PledgeRequested(**directory.heading(recipient), recognised=1, places=(), until=tx.now)
    for one in range(number):
        tx.notify(recipient, payload, about=f"stage:{one}", cause=cause)


def claim(world: World, limit: int = 100) -> list[OutgoingMail]:
    with world.store.writing(ENGINE, CODE) as tx:
        claimed = delivery.claim(tx, limit)
        commit(tx)
    return claimed


def states(world: World) -> Counter[str]:
    return Counter(row.state for row in world.read(messages.find))


def test_message_is_wanted_once_per_key(world: World):
    world.act(ask_pledges, 1)

    world.act(ask_pledges, 1)

    assert world.count(message) == 1


def test_message_wanted_twice_in_one_change_is_stored_once(world: World):
    def ask_twice(tx: Transaction) -> None:
        ask_pledges(tx, 1)
        ask_pledges(tx, 1)

    world.act(ask_twice)

    assert world.count(message) == 1


def test_message_of_a_new_cause_is_a_new_message(world: World):
    world.act(ask_pledges, 1, cause=1)

    world.act(ask_pledges, 1, cause=2)

    assert world.count(message) == 2


def test_message_that_is_known_does_not_change_when_it_is_wanted_again(world: World):
    world.act(ask_pledges, 1)
    claim(world)

    world.act(ask_pledges, 1)

    assert states(world) == {"claimed": 1}


def test_message_the_playbook_holds_is_held(world: World):
    world.act(announce_result)

    assert states(world) == {"held": 1}


def test_message_that_is_held_is_not_claimed(world: World):
    world.act(announce_result)

    assert claim(world) == []


def test_message_is_claimed_with_what_it_says(world: World):
    world.act(ask_pledges, 1)

    (mail,) = claim(world)

    assert (mail.content.subject, mail.content.text) == (
        "[DVK-TEST] pledge-requested",
        "Huyện Ba Tri",
    )
    assert (mail.to_address, mail.reply_to) == ("ba-tri@example.org", "board@example.org")


def test_messages_are_claimed_oldest_first_up_to_the_limit(world: World):
    world.act(ask_pledges, 5)

    assert [mail.key.split("/")[2] for mail in claim(world, 3)] == ["stage:0", "stage:1", "stage:2"]


def test_message_that_is_claimed_is_not_claimed_again(world: World):
    world.act(ask_pledges, 5)
    claim(world, 3)

    assert len(claim(world)) == 2


def test_message_whose_time_has_not_come_is_not_claimed(world: World):
    world.act(ask_pledges, 1)
    later = world.clock.time + timedelta(minutes=1)
    with world.store.writing(ENGINE) as tx:
        tx.connection.execute(update(message).values(available_at=later))
        commit(tx)

    assert claim(world) == []

    world.clock.time = later
    assert len(claim(world)) == 1


def test_claim_is_not_expired_before_its_lease_ends(world: World):
    world.act(ask_pledges, 1)
    claim(world)
    world.clock.time += LEASE - timedelta(seconds=1)
    assert world.read(handover.abandoned, LEASE) == []

    world.clock.time += timedelta(seconds=1)
    assert len(world.read(handover.abandoned, LEASE)) == 1


def test_claims_are_expired_at_once_by_who_takes_over(world: World):
    world.act(ask_pledges, 2)
    claim(world)

    world.act(handover.end_leases)

    assert len(world.read(handover.abandoned, LEASE)) == 2


def test_message_moved_by_two_senders_is_stale_for_the_second(world: World):
    world.act(ask_pledges, 1)
    (mail,) = claim(world)
    claimed = [Change(mail.message_id, mail.key, "claimed")]
    world.act(lambda tx: write(tx, Thing.MESSAGE, "confirm", claimed))

    with pytest.raises(StateStale):
        world.act(lambda tx: write(tx, Thing.MESSAGE, "fail", claimed))


def test_two_claimers_never_get_the_same_message(world: World):
    world.act(ask_pledges, 60)
    got: list[list[int]] = [[], [], []]
    start = threading.Barrier(len(got))

    def send(number: int) -> None:
        start.wait()
        while mails := claim(world, 4):
            got[number] += [mail.message_id for mail in mails]

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(got))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    claimed = [message_id for ids in got for message_id in ids]
    assert len(claimed) == 60
    assert len(set(claimed)) == 60


def test_more_mails_are_found_than_one_query_takes(world: World):
    world.act(ask_pledges, 1_100)
    ids = [mail.message_id for mail in claim(world, 1_100)]

    # As many ids as no database takes in one statement.
    found = world.read(handover.of_mails, [*ids, *range(10_000_000, 10_070_000)])

    assert len(found) == 1_100


def test_attempts_are_counted(world: World):
    world.act(ask_pledges, 1)
    (mail,) = claim(world)

    for _ in range(2):
        world.act(messages.note_attempts, {mail.message_id: "250 Ok"})

    row = world.read(messages.find)[0]
    assert (row.attempts, row.detail) == (2, "250 Ok")


def test_message_is_shown_with_what_it_says(world: World):
    world.act(ask_pledges, 1)
    row = world.read(messages.find)[0]

    found = world.read(messages.get, row.id)

    assert found is not None
    assert found[1].text == "Huyện Ba Tri"


def test_message_of_an_unknown_number_is_none(world: World):
    assert world.read(messages.get, 999) is None


def test_messages_are_counted_by_template_and_state(world: World):
    world.act(ask_pledges, 3)
    world.act(announce_result)
    claim(world, 1)

    assert world.read(messages.counts) == {
        ("pledge-requested", "queued"): 2,
        ("pledge-requested", "claimed"): 1,
        ("result-announced", "held"): 1,
    }


def test_messages_of_one_template_and_state_are_listed(world: World):
    world.act(ask_pledges, 3)
    world.act(announce_result)

    rows = world.read(messages.find, states=["held", "queued"], template="result-announced")

    assert [row.template for row in rows] == ["result-announced"]
