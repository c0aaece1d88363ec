"""The log of the registers is a year ahead: rights and links count from the repair on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.rules.clock.errors import LogAhead, NothingAhead
from campaigns.rules.registers.events import NEVER
from campaigns.services import clock
from campaigns.services.registers import audit, enrolment
from campaigns.store.commit import commit
from campaigns.store.registers import resting
from campaigns.store.tables import handover, mail_pause, person
from schemas.commands.command import Command
from schemas.commands.registers import AppointPerson
from schemas.commands.signing import RevokeLinks
from schemas.outcomes import Done
from tests.clocks import YEAR, a_year_ahead, command
from tests.databases import Database
from tests.world import World, make_world


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    yield world
    world.store.engine.dispose()


def on_registers(world: World, service: Callable[..., object], wanted: Command) -> object:
    with world.store.writing("mai") as tx:
        done = service(tx, wanted)
        commit(tx)
    return done


def revoke_links(world: World) -> None:
    on_registers(
        world, enrolment.revoke_links, RevokeLinks(command_id="v", of_id="thu", person_id="mai")
    )


def appoint(world: World) -> None:
    wanted = AppointPerson(command_id="w", of_id="thu", role="leader", person_id="mai")
    on_registers(world, enrolment.appoint, wanted)


def test_registers_that_are_ahead_take_nothing(world: World):
    a_year_ahead(world, lambda: revoke_links(world))

    with pytest.raises(LogAhead, match="registers"):
        appoint(world)


def test_registers_go_on_and_links_count_from_now(world: World):
    a_year_ahead(world, lambda: revoke_links(world))

    assert on_registers(world, clock.repair_registers, command()) == Done(changed=1, detail="1")

    with world.store.reading() as tx:
        since = tx.connection.execute(
            select(person.c.links_since).where(person.c.id == "thu")
        ).scalar_one()
        assert since == world.clock.time
        assert audit.verify(tx).intact
    appoint(world)


def test_right_rests_its_whole_time_from_the_repair(world: World):
    a_year_ahead(world, lambda: appoint(world))

    on_registers(world, clock.repair_registers, command())

    with world.store.reading() as tx:
        (one,) = resting.find(tx)
    assert one.until == (world.clock.time + timedelta(hours=24)).replace(microsecond=0)


def test_right_that_was_refused_stays_refused(world: World):
    with world.store.writing("mai") as tx:
        tx.connection.execute(update(person).where(person.c.id == "thu").values(rests_until=NEVER))
        commit(tx)
    a_year_ahead(world, lambda: revoke_links(world))

    on_registers(world, clock.repair_registers, command())

    with world.store.reading() as tx:
        until, since = tx.connection.execute(
            select(person.c.rests_until, person.c.links_since).where(person.c.id == "thu")
        ).one()
    assert (until, since) == (NEVER, world.clock.time)


def test_pause_that_began_an_hour_ahead_began_now(world: World):
    begun, until = (world.clock.time + timedelta(hours=hours) for hours in (1, 2))
    with world.store.writing("mai") as tx:
        tx.connection.execute(
            mail_pause.insert().values(
                id=1, hindrance="refused", said="x", times=1, since=begun, until=until
            )
        )
        commit(tx)

    on_registers(world, clock.repair_registers, command())

    with world.store.reading() as tx:
        row = tx.connection.execute(select(mail_pause.c.since, mail_pause.c.until)).one()
    assert tuple(row) == (world.clock.time, until)


def test_pause_and_limit_of_mail_end(world: World):
    far = world.clock.time + YEAR
    with world.store.writing("mai") as tx:
        tx.connection.execute(handover.insert().values(minute=far.replace(second=0), mails=7))
        tx.connection.execute(
            mail_pause.insert().values(
                id=1, hindrance="refused", said="x", times=1, since=far, until=far
            )
        )
        commit(tx)

    on_registers(world, clock.repair_registers, command())

    with world.store.reading() as tx:
        assert [one.name for one in audit.events(tx)][-1] == "thidua.clock.repaired"
        assert tx.connection.execute(select(mail_pause.c.until)).scalar_one() <= world.clock.time
        minute, mails = tx.connection.execute(select(handover)).one()
        assert minute <= world.clock.time
        assert mails == 7


def test_registers_that_are_right_are_not_repaired(world: World):
    with pytest.raises(NothingAhead):
        on_registers(world, clock.repair_registers, command())
