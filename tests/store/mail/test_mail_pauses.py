"""The mail server refuses us: mail waits, nothing is lost, and the coordinators are told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campaigns.services.launch import launch
from campaigns.services.mail import delivery, pauses, waits
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.mail import pauses as rows
from campaigns.store.tables import message
from campaigns.store.tables import outbox as edges
from schemas.commands.mail import RetryMessages
from schemas.messages.outgoing import DeliveryOutcome, Hindrance, OutgoingMail
from schemas.vocabulary import MessageState, Stage
from tests.world import World

HOUR = timedelta(hours=1)
WORDS = "550 5.4.5 Daily user sending limit exceeded"


@pytest.fixture
def world(world: World) -> World:
    """Three units are to be told that the campaign has started."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    accept(world)
    world.act(launch.announce)
    return world


def accept(world: World) -> int:
    mails = world.act(delivery.claim)
    world.act(
        delivery.record,
        [DeliveryOutcome(message_id=one.message_id, state=MessageState.SENT) for one in mails],
    )
    return len(mails)


def refuse(world: World, hindrance: Hindrance = "refused") -> list[OutgoingMail]:
    """Have the server refuse us."""
    mails = world.act(delivery.claim)
    world.act(
        delivery.record,
        [
            DeliveryOutcome(
                message_id=one.message_id,
                state=MessageState.QUEUED,
                detail=WORDS,
                retry_in_seconds=3600,
                hindrance=hindrance,
            )
            for one in mails
        ],
    )
    return mails


def alerts(world: World) -> list[str]:
    return [row.recipient_id for row in world.read(messages.find, template="mail-alert")]


@pytest.mark.parametrize("hindrance", ["refused", "login", "encryption"])
def test_mail_waits_and_the_coordinators_are_told_once(world: World, hindrance: Hindrance) -> None:
    assert len(refuse(world, hindrance)) == 3
    assert world.act(delivery.claim) == []
    world.clock.time += HOUR + timedelta(minutes=1)
    refuse(world, hindrance)

    assert alerts(world) == ["lan", "mai"]
    found = world.read(rows.present)
    assert found is not None
    assert (found.hindrance, found.times, found.said) == (hindrance, 2, WORDS)


def test_server_away_for_a_moment_is_no_refusal(world: World) -> None:
    refuse(world, "unreachable")

    assert world.read(rows.present) is None
    assert alerts(world) == []


def test_pause_grows_up_to_six_hours(world: World) -> None:
    for hours in (1, 2, 4, 6, 6):
        refuse(world)
        found = world.read(rows.present)
        assert found is not None
        assert found.until - world.clock.now() == hours * HOUR
        world.clock.time = found.until


def test_refusal_of_us_is_no_attempt_of_a_message(world: World) -> None:
    for _ in range(delivery.ATTEMPTS + 5):
        assert refuse(world)
        world.clock.time += timedelta(hours=6)

    with world.store.reading() as tx:
        found = tx.connection.execute(
            select(message.c.state, message.c.attempts, func.count())
            .where(message.c.template == "campaign-launched")
            .group_by(message.c.state, message.c.attempts)
        ).all()
    assert [tuple(row) for row in found] == [("queued", 0, 3)]


def test_next_try_is_made_with_a_few(world: World) -> None:
    refuse(world)
    world.clock.time += HOUR

    assert world.read(pauses.fitting, 500) == pauses.PROBE


def test_first_mail_taken_ends_it(world: World) -> None:
    refuse(world)
    world.clock.time += 6 * HOUR

    assert accept(world) == 5  # the alerts themselves among them
    assert world.read(rows.present) is None
    assert world.read(pauses.fitting, 500) == 500


def test_it_is_told_again_when_it_begins_anew(world: World) -> None:
    refuse(world)
    world.clock.time += 6 * HOUR
    accept(world)
    with world.store.writing("mai") as tx:
        tx.connection.execute(message.update().values(state="queued"))
        commit(tx)
    refuse(world)

    assert len(alerts(world)) == 4


def test_delivery_is_asked_for_when_the_pause_ends(world: World) -> None:
    refuse(world)
    world.act(delivery.claim)
    found = world.read(rows.present)
    assert found is not None

    with world.store.reading() as tx:
        times = tx.connection.execute(
            select(edges.c.available_at).where(edges.c.topic == "deliver-notifications")
        ).scalars()
        assert found.until in list(times)


def test_coordinator_has_mail_tried_at_once(world: World) -> None:
    refuse(world)
    world.act(delivery.retry, RetryMessages(command_id="r", person_id="mai"))

    assert world.read(rows.paused_until) is None
    found = world.read(rows.present)
    assert found is not None  # remembered, so that nobody is told twice


def test_why_mail_waits_is_told(world: World) -> None:
    refuse(world)
    found = world.read(rows.present)
    assert found is not None

    first, *_ = world.read(waits.waiting)
    assert (first.why, first.until) == ("paused", found.until)


def test_rehearsal_knows_no_pause(world: World) -> None:
    from campaigns.store.tables import campaign  # noqa: PLC0415

    refuse(world)
    with world.store.writing("test") as tx:
        tx.connection.execute(campaign.update().values(clock_at=tx.wall + 2 * HOUR))
        commit(tx)

    assert world.act(delivery.claim)
