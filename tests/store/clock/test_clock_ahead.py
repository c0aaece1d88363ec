"""One clock is a year ahead of the others: it writes nothing, and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select

from campaigns.rules.clock.comparison import LEAD, Machine
from campaigns.rules.clock.errors import ClockAhead
from campaigns.services.nomination import checking
from campaigns.store.commit import commit
from campaigns.store.engine import beats
from campaigns.store.tables import process_beat
from campaigns.store.transaction import Store
from tests.databases import Database
from tests.world import CODE, Clock, PlainRenderer, World, make_world, nomination_row

YEAR = timedelta(days=365)


class House:
    """Processes of one machine, each with a clock of its own."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.engine, self.now, self.uptime = database.open(), now, 5_000_000

    def process(self, ahead: timedelta = timedelta(), *, boot: str = "boot") -> Store:
        """Start a process whose clock is by so much ahead of the right time."""
        house = self

        class Own(Clock):
            def now(self) -> datetime:
                return house.now + self.ahead

            ahead: timedelta

        clock = Own(self.now)
        clock.ahead = ahead
        return Store(
            self.engine, clock, PlainRenderer(), machine=lambda: Machine(boot, house.uptime)
        )

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.uptime += round(seconds * 1e3)

    def set_clock(self, step: timedelta) -> None:
        """Set the machine's clock, which all its processes look at."""
        self.now += step


def speak(store: Store, name: str) -> None:
    with store.writing("system:test", by_any_clock=True) as tx:
        beats.beat(tx, name, beats.RELAY)
        commit(tx)


def nominate(store: Store, code: str) -> None:
    with store.writing("mai", CODE) as tx:
        checking.receive(tx, [nomination_row(code)])
        commit(tx)


def write(store: Store) -> None:
    with store.writing("mai", CODE) as tx:
        tx.record("thidua.test.noted", "x:y", {})
        commit(tx)


def living(store: Store) -> list[str]:
    with store.reading() as tx:
        return [one.name for one in beats.living(tx)]


@pytest.fixture
def world(sqlite_database: Database) -> Iterator[World]:
    world = make_world(sqlite_database)
    world.receive_nominations()
    yield world
    world.store.engine.dispose()


@pytest.fixture
def house(world: World, sqlite_database: Database) -> Iterator[House]:
    house = House(sqlite_database, world.clock.time)
    yield house
    house.engine.dispose()


def test_process_a_year_ahead_of_a_living_one_writes_nothing(house: House):
    speak(house.process(), "relay:right")
    house.wait(4)

    with pytest.raises(ClockAhead, match="365 days ahead"):
        nominate(house.process(YEAR), "A")

    nominate(house.process(), "A")


@pytest.mark.parametrize(("ahead", "written"), [(LEAD, True), (LEAD * 1.01, False)])
def test_two_minutes_are_believed(house: House, ahead: timedelta, written: bool):
    speak(house.process(), "relay:right")

    try:
        nominate(house.process(ahead), "A")
    except ClockAhead:
        assert not written
    else:
        assert written


def test_process_that_is_behind_may_write(house: House):
    speak(house.process(), "relay:right")

    nominate(house.process(-timedelta(minutes=1)), "A")


def test_clock_that_agrees_with_one_of_several_is_believed(house: House):
    speak(house.process(), "relay:right")
    speak(house.process(-YEAR), "web:behind")

    nominate(house.process(), "A")


def test_process_ahead_is_known_to_live_and_is_no_witness(house: House):
    speak(house.process(), "relay:right")
    speak(house.process(YEAR), "relay:ahead")
    house.wait(1)

    assert living(house.process()) == ["relay:ahead", "relay:right"]
    with pytest.raises(ClockAhead):
        nominate(house.process(YEAR), "A")


def test_process_ahead_forgets_no_other(house: House):
    speak(house.process(), "relay:right")

    speak(house.process(timedelta(days=2)), "relay:ahead")

    assert "relay:right" in living(house.process())


def test_process_that_is_dead_tells_nothing(house: House):
    speak(house.process(), "relay:dead")
    house.wait(21)

    write(house.process(YEAR))


def test_process_of_an_earlier_start_of_the_machine_tells_nothing(house: House):
    speak(house.process(boot="before"), "relay:before")

    write(house.process(YEAR))


def test_processes_agree_again_soon_after_their_machine_was_set(house: House):
    relay, web = house.process(), house.process()
    for store, name in ((relay, "relay"), (web, "web")):
        speak(store, name)
    house.set_clock(timedelta(hours=7))

    with pytest.raises(ClockAhead):
        nominate(web, "A")

    for _ in range(2):
        house.wait(4)
        for store, name in ((relay, "relay"), (web, "web")):
            speak(store, name)
    nominate(web, "A")


def test_living_processes_stay_so_when_their_machine_is_set(house: House):
    speak(house.process(), "relay")
    house.set_clock(-timedelta(hours=7))
    house.wait(4)

    assert living(house.process()) == ["relay"]


def test_repeat_of_an_act_is_refused_as_well(house: House):
    nominate(house.process(), "A")
    speak(house.process(), "relay:right")

    with pytest.raises(ClockAhead):
        nominate(house.process(YEAR), "A")


# --- PostgreSQL has a clock of its own -----------------------------------------------------------


@pytest.fixture
def shared(postgres_database: Database) -> Iterator[House]:
    house = House(postgres_database, datetime.now(UTC))
    yield house
    house.engine.dispose()


@pytest.mark.parametrize("ahead", [YEAR, -timedelta(minutes=1)])
def test_time_is_that_of_the_database_whatever_a_process_shows(shared: House, ahead: timedelta):
    with shared.process(ahead).writing("system:test") as tx:
        assert abs(tx.wall - shared.now) < timedelta(minutes=1)
    with shared.process(ahead).reading() as tx:
        assert abs(tx.now - shared.now) < timedelta(minutes=1)
    assert abs(shared.process(ahead).now() - shared.now) < timedelta(minutes=1)


def test_beats_are_dated_by_the_database(shared: House):
    speak(shared.process(YEAR), "relay:ahead")

    with shared.process().reading() as tx:
        (one,) = beats.beats(tx)
    assert abs(one.seen_at - shared.now) < timedelta(minutes=1)


def test_database_that_is_ahead_of_every_process_is_not_believed(shared: House):
    with (
        pytest.raises(ClockAhead, match="database's server"),
        shared.process(-YEAR).writing("system:test"),
    ):
        pass


def test_database_is_believed_where_another_process_agrees_with_it(shared: House):
    speak(shared.process(), "relay:right")

    with shared.process(-YEAR).writing("system:test") as tx:
        assert tx.present.is_believed


def test_beat_of_the_version_before_is_read(house: House):
    with house.engine.begin() as connection:
        connection.execute(delete(process_beat))
        connection.execute(
            insert(process_beat).values(
                name="relay:old", kind="relay", started_at=house.now, seen_at=house.now, detail=""
            )
        )

    nominate(house.process(), "A")

    assert living(house.process()) == ["relay:old"]
    with house.engine.connect() as connection:
        assert connection.execute(select(process_beat.c.boot)).scalar_one() is None
