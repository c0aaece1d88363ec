"""The clock moves a campaign on within seconds: a timer is set for its next turn, one at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campaigns.services.engine import turns
from campaigns.services.nomination.checking import closes_at
from campaigns.store.engine import edges
from campaigns.store.tables import outbox as table
from schemas.vocabulary import Stage
from tests.world import ZONE, World


def timers(world: World) -> list[datetime]:
    with world.store.reading() as tx:
        found = tx.connection.execute(
            select(table.c.available_at)
            .where(table.c.topic == edges.CYCLE, table.c.available_at > tx.wall)
            .order_by(table.c.available_at)
        )
        return list(found.scalars())


def opens(world: World, stage: Stage) -> datetime:
    dates = world.playbook.calendar.of(stage)
    assert dates is not None
    return world.playbook.instant(dates.opens)


def test_draft_has_no_turn(world: World):
    world.act(turns.set_timer)

    assert timers(world) == []


def approve_launch(world: World) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)


def test_pending_stage_turns_when_it_opens(world: World):
    approve_launch(world)
    world.act(turns.set_timer)

    assert timers(world) == [opens(world, Stage.NOMINATION)]


def test_timer_is_set_once(world: World):
    approve_launch(world)
    world.act(turns.set_timer)
    world.act(turns.set_timer)

    assert len(timers(world)) == 1


def test_open_nomination_turns_at_its_deadline_and_after_the_grace(world: World):
    world.receive_nominations()
    world.act(turns.set_timer)
    dates = world.playbook.calendar.of(Stage.NOMINATION)
    assert dates is not None
    assert timers(world) == [world.playbook.instant(dates.closes)]

    world.at(dates.closes)
    world.act(turns.set_timer)

    late = [at for at in [world.read(closes_at)] if at > world.clock.time.astimezone(ZONE)]
    assert timers(world) == late


def test_stage_that_waits_for_people_has_no_turn(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.act(turns.set_timer)

    assert timers(world) == []


@pytest.mark.parametrize("hours", [1, 1000])
def test_turn_that_is_past_sets_no_timer(world: World, hours: int):
    world.launch()
    world.clock.time = opens(world, Stage.LAUNCH) + timedelta(hours=hours)
    world.act(turns.set_timer)

    assert timers(world) == []
