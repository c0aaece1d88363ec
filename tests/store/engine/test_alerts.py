"""Work that was given up and a campaign that stands still are told to the coordinators, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.services.engine import alerts
from campaigns.services.engine import runs as service
from campaigns.store.commit import commit
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.tables import event
from campaigns.store.tables import outbox as table
from schemas.commands.engine import ReviveRuns
from schemas.vocabulary import Stage
from tests.world import World


def bury(world: World, topic: str = edges.CYCLE) -> None:
    with world.store.writing("system:test", world.playbook.code) as tx:
        rows = tx.connection.execute(select(table.c.id).where(table.c.topic == topic)).scalars()
        edges.bury(tx, list(rows), "8 runs did not do its work")
        commit(tx)


def told(world: World) -> list[str]:
    return sorted(row.recipient_id for row in world.read(messages.find, template="engine-alert"))


def events(world: World) -> list[str]:
    with world.store.reading() as tx:
        return list(tx.connection.execute(select(event.c.name).order_by(event.c.number)).scalars())


def test_work_given_up_is_told_to_the_coordinators(world: World):
    bury(world)

    world.act(alerts.report_dead)

    assert told(world) == ["lan", "mai"]
    assert events(world)[-1] == "thidua.run.given_up"


def test_work_given_up_is_told_once(world: World):
    bury(world)
    world.act(alerts.report_dead)

    assert world.act(alerts.report_dead).changed == 0
    assert told(world) == ["lan", "mai"]


def test_mail_that_does_not_leave_begets_no_mail(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    bury(world, edges.DELIVER)

    world.act(alerts.report_dead)

    assert told(world) == []
    assert events(world)[-1] == "thidua.run.given_up"


def test_revived_work_is_asked_for_as_a_new_attempt(world: World):
    bury(world)

    assert world.act(alerts.revive_all).changed == 1

    with world.store.writing("system:relay") as tx:
        (wanted,) = service.claim(tx, 10)
    assert wanted.key.endswith(":2")
    assert events(world)[-1] == "thidua.run.revived"


def test_only_a_coordinator_revives(world: World):
    bury(world)

    with pytest.raises(PersonNotAppointed):
        world.do(ReviveRuns(command_id="revive", person_id="binh"))


def test_failed_run_has_its_work_done_again_at_once(world: World):
    with world.store.writing("system:relay") as tx:
        (wanted,) = service.claim(tx, 10)
        service.record_started(tx, wanted, "run-1")
        commit(tx)

    with world.store.writing("system:engine") as tx:
        assert service.redo(tx, "run-2").changed == 0
        assert service.redo(tx, "run-1").changed == 1
        commit(tx)
    world.clock.time += timedelta(seconds=5)

    with world.store.writing("system:relay") as tx:
        (again,) = service.claim(tx, 10)
    assert (again.ids, again.attempts) == (wanted.ids, 1)
    assert again.key != wanted.key


# --- Standstill ----------------------------------------------------------------------------------


def stand_still(world: World, **late: float) -> None:
    """Let the time of a stage come without a run."""
    world.launch()
    dates = world.playbook.calendar.of(Stage.LAUNCH)
    assert dates is not None
    world.at(dates.opens)
    world.clock.time += timedelta(**late)
    with world.store.writing("system:test", world.playbook.code) as tx:
        tx.connection.execute(update(table).values(settled_at=tx.wall, sent_at=tx.wall))
        commit(tx)


def look(world: World) -> int:
    return world.act(alerts.report_standstill, world.clock.time - timedelta(hours=1)).changed


def open_rows(world: World) -> list[str]:
    with world.store.reading() as tx:
        found = tx.connection.execute(select(table.c.topic).where(table.c.settled_at.is_(None)))
        return list(found.scalars())


def test_campaign_whose_time_has_come_is_moved_on(world: World):
    stand_still(world, minutes=5)

    assert look(world) == 1
    assert (open_rows(world), told(world)) == ([edges.CYCLE], [])


def test_standstill_of_hours_is_told_once(world: World):
    stand_still(world, hours=2)

    look(world)
    look(world)

    assert told(world) == ["lan", "mai"]


def test_campaign_that_waits_for_people_does_not_stand_still(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.clock.time += timedelta(days=30)

    assert look(world) == 0
