"""A document that goes with messages is kept once, and found altered, on both databases."""

from __future__ import annotations

from sqlalchemy import text

from campaigns.services.mail import delivery
from campaigns.services.registers.directory import Directory
from campaigns.store.enclosure_port import Enclosed
from campaigns.store.mail import attachments, messages
from campaigns.store.tables import attachment
from campaigns.store.transaction import Transaction
from schemas.messages.replication import PledgeRequested
from tests.world import COMMUNE, DISTRICT, World

BODY = bytes(range(256)) * 300


def ask(tx: Transaction, *units: str) -> None:
    """Want a message to each of these units, with one document for all."""
    directory = Directory(tx)
    enclosed = Enclosed("Mô hình được công nhận.xlsx", lambda: BODY)
    for unit in units:
        to = directory.to_unit(directory.unit(unit))
        payload = PledgeRequested(**directory.heading(to), recognised=1, places=(), until=tx.now)
        tx.notify(to, payload, about="stage:replication", cause=1, enclosed=enclosed)


def altered(world: World) -> list[str]:
    return [how for _digest, how in world.read(lambda tx: list(attachments.altered(tx)))]


def test_document_is_kept_once_in_one_change_and_in_later_ones(world: World) -> None:
    world.act(ask, DISTRICT)
    world.act(ask, DISTRICT, COMMUNE)

    assert world.count(attachment) == 1


def test_document_of_known_messages_is_not_kept_again(world: World) -> None:
    world.act(ask, DISTRICT)
    world.act(lambda tx: tx.connection.execute(text("DELETE FROM attachment")).rowcount)
    world.act(ask, DISTRICT)

    assert world.count(attachment) == 0


def test_name_and_size_are_told_of_a_message(world: World) -> None:
    world.act(ask, DISTRICT)
    [row] = world.read(messages.find)

    found = world.read(attachments.of_message, row.id)
    assert found is not None
    assert (found.name, found.size) == ("Mô hình được công nhận.xlsx", len(BODY))


def test_document_leaves_with_its_mail_as_it_was_kept(world: World) -> None:
    world.act(ask, DISTRICT)

    [mail] = world.act(delivery.claim)
    assert [one.body for one in mail.enclosures] == [BODY]


def test_untouched_document_is_not_altered(world: World) -> None:
    world.act(ask, DISTRICT, COMMUNE)

    assert altered(world) == []


def test_document_under_another_name_is_altered(world: World) -> None:
    world.act(ask, DISTRICT)
    world.act(lambda tx: tx.connection.execute(text("UPDATE attachment SET name = 'x'")).rowcount)

    assert altered(world) == ["changed"]


def test_document_that_was_taken_out_is_missing(world: World) -> None:
    world.act(ask, DISTRICT)
    world.act(lambda tx: tx.connection.execute(text("DELETE FROM attachment")).rowcount)

    assert altered(world) == ["missing"]
