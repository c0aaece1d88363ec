"""A webhook whose events are given up is told to the coordinators, once until it takes one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.services import webhooks
from campaigns.services.engine import alerts
from campaigns.store import webhooks as rows
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.tables import event
from tests.world import CODE, World

ADDRESS = "https://hooks.example.org/T000/very-secret-part"
TAKEN, REFUSED = 204, 500


@pytest.fixture
def hook(world: World) -> int:
    with world.store.writing("test") as tx:
        number = webhooks.add(tx, ADDRESS, "*", None, private=False)
        commit(tx)
    world.launch()
    return number


def answer(world: World, status: int, times: int = 1) -> None:
    """Let the receiver answer so often, an hour after each other; the oldest event first."""
    for _ in range(times):
        with world.store.writing("system:webhooks", CODE) as tx:
            for one in rows.in_force(tx):
                webhooks.fan_out(tx, one)
            commit(tx)
        world.clock.time += timedelta(hours=1)
        with world.store.writing("system:webhooks") as tx:
            first, *rest = webhooks.claim(tx)
            webhooks.record(tx, first, status, "", [one.id for one in rest])
            commit(tx)


def report(world: World) -> int:
    return world.act(alerts.report_silent_webhooks).changed


def told(world: World) -> list[str]:
    return sorted(row.recipient_id for row in world.read(messages.find, template="engine-alert"))


def test_webhook_that_takes_events_is_not_told_of(world: World, hook: int):
    answer(world, TAKEN, 3)

    assert report(world) == 0
    assert told(world) == []


def test_webhook_is_not_told_of_before_an_event_is_given_up(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS - 1)

    assert report(world) == 0


def test_event_given_up_is_told_to_the_coordinators(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS)

    assert report(world) == 1
    assert told(world) == ["lan", "mai"]


def test_more_events_given_up_are_not_told_again(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS)
    report(world)
    answer(world, REFUSED, webhooks.ATTEMPTS)

    assert report(world) == 0
    assert told(world) == ["lan", "mai"]


def test_webhook_that_falls_silent_again_is_told_of_again(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS)
    report(world)
    answer(world, TAKEN)
    answer(world, REFUSED, webhooks.ATTEMPTS)

    assert report(world) == 1
    assert told(world) == ["lan", "lan", "mai", "mai"]


def test_webhook_that_was_removed_is_not_told_of(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS)
    with world.store.writing("test") as tx:
        webhooks.remove(tx, hook)
        commit(tx)

    assert report(world) == 0


def test_address_of_the_webhook_is_told_nowhere(world: World, hook: int):
    answer(world, REFUSED, webhooks.ATTEMPTS)
    report(world)

    row = world.read(messages.find, template="engine-alert")[0]
    with world.store.reading() as tx:
        logged = str(tx.connection.execute(event.select()).all())
    assert "hooks.example.org" not in f"{world.read(messages.get, row.id)}{logged}"


def test_event_says_which_webhook_and_what_it_took_last(world: World, hook: int):
    answer(world, TAKEN, 2)
    answer(world, REFUSED, webhooks.ATTEMPTS)
    report(world)

    with world.store.reading() as tx:
        last = tx.connection.execute(event.select().order_by(event.c.number.desc())).first()
    assert last is not None
    assert (last.name, last.subject) == ("thidua.webhook.given_up", f"webhook:{hook}")
    assert '"delivered":3' in last.facts
