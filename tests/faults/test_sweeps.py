"""Several processes sweep one campaign at the same moment, or die in the middle of it."""

from __future__ import annotations

import signal
from collections import Counter

import pytest
from sqlalchemy import select

from campaigns.services.log import audit
from campaigns.store.tables import message, outbox
from tests.faults.conftest import Together
from tests.world import World

SWEEP = {"act": "sweep", "actor": "system:deadline"}


@pytest.fixture
def world(world: World) -> World:
    """Ba Tri has sent nothing, and its reminder of the day before is due."""
    world.receive_nominations()
    world.at("2023-09-14T08:00:00")
    return world


def reminders(world: World) -> int:
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(message.c.id).where(message.c.template == "deadline-reminder")
        )
        return len(rows.all())


def timers(world: World) -> int:
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(outbox.c.id).where(
                outbox.c.topic == "sweep-deadlines", outbox.c.available_at > world.clock.time
            )
        )
        return len(rows.all())


def test_sweepers_at_one_moment_remind_once_and_set_one_timer(world: World, together: Together):
    results = together(*[SWEEP] * 4)

    done = Counter(result["answers"][0] for result in results)
    assert done == {1: 1, 0: 3}
    assert (reminders(world), timers(world)) == (1, 1)
    assert world.read(audit.verify).intact


@pytest.mark.parametrize("point", ["before_flush", "before_commit"])
def test_sweep_killed_before_its_commit_is_done_by_the_next(
    world: World, together: Together, point: str
):
    assert together({**SWEEP, "die_at": point}) == [{"killed_by": signal.SIGKILL}]
    assert reminders(world) == 0

    together(SWEEP)

    assert (reminders(world), timers(world)) == (1, 1)


def test_sweep_killed_after_its_commit_is_not_done_again(world: World, together: Together):
    together({**SWEEP, "die_at": "after_commit"})

    together(SWEEP, SWEEP)

    assert (reminders(world), timers(world)) == (1, 1)
    assert world.read(audit.verify).intact
