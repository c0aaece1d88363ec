"""What the clock brings about: once, however often and by however many it is asked."""

from __future__ import annotations

from sqlalchemy import select

from campaigns.services.deadlines import sweep
from campaigns.store.tables import outbox
from schemas.vocabulary import Stage
from tests.world import World


def runs_wanted(world: World, topic: str = "campaign-cycle") -> int:
    with world.store.reading() as tx:
        rows = tx.connection.execute(select(outbox.c.id).where(outbox.c.topic == topic))
        return len(rows.all())


def test_sweep_starts_a_run_for_a_stage_whose_time_to_close_has_come(world: World):
    world.receive_nominations()
    world.at("2023-09-15T17:00:00")
    before = runs_wanted(world)

    world.act(sweep.sweep)

    assert runs_wanted(world) == before + 1


def test_sweep_starts_a_run_for_a_stage_whose_time_to_open_has_come(world: World):
    world.receive_nominations()
    world.check_all()
    world.finish(Stage.NOMINATION)
    dates = world.playbook.calendar.of(Stage.APPRAISAL)
    assert dates is not None
    world.at(dates.opens)
    before = runs_wanted(world)

    world.act(sweep.sweep)

    assert runs_wanted(world) == before + 1


def test_sweep_done_twice_starts_one_run(world: World):
    world.receive_nominations()
    world.at("2023-09-15T17:00:00")
    world.act(sweep.sweep)
    before = runs_wanted(world)

    world.act(sweep.sweep)

    assert runs_wanted(world) == before


def test_sweep_before_anything_is_due_starts_nothing(world: World):
    world.receive_nominations()
    before = runs_wanted(world)

    world.act(sweep.sweep)

    assert runs_wanted(world) == before


def test_sweep_of_a_draft_does_nothing(world: World):
    assert world.act(sweep.sweep).changed == 0
