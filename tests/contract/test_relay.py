"""Every recorded change comes to a run: claimed by one relay, asked for once, until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campaigns.bootstrap import App
from campaigns.engine.relay import PrefectUnreachable, Relay, RunRefused
from campaigns.services.engine.runs import ATTEMPTS, Wanted, redrive
from campaigns.settings import Settings
from campaigns.store.engine import beats, edges
from campaigns.store.tables import outbox as table
from campaigns.store.transaction import Transaction
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.databases import Database
from tests.world import CODE, World, make_world

PATIENCE = timedelta(minutes=5)


@dataclass
class FakePrefect:
    """Gives the same run for the same key, as Prefect's unique index does."""

    runs: dict[str, str] = field(default_factory=dict)
    trouble: Exception | None = None
    lost: set[str] = field(default_factory=set)

    def is_to_come(self, flow_run_id: str, _since: datetime) -> bool:
        return flow_run_id not in self.lost

    def start(self, wanted: Wanted) -> str:
        if self.trouble is not None:
            raise self.trouble
        return self.runs.setdefault(wanted.key, f"run-{len(self.runs) + 1}")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def prefect() -> FakePrefect:
    return FakePrefect()


@pytest.fixture
def relay(world: World, prefect: FakePrefect, tmp_path) -> Relay:
    app = App(
        Settings(home=tmp_path),
        world.store,
        transport_from(MailSettings.model_construct(), tmp_path),
    )
    return Relay(app, prefect, name="relay:here:1")


def rows(world: World) -> list[tuple[str, int, str | None, bool]]:
    """Return (topic, attempt, run, settled) of every row."""
    with world.store.reading() as tx:
        found = tx.connection.execute(
            select(
                table.c.topic, table.c.attempt, table.c.flow_run_id, table.c.settled_at
            ).order_by(table.c.id)
        )
        return [(topic, n, run, settled is not None) for topic, n, run, settled in found]


def later(world: World, **how: float) -> None:
    world.clock.time += timedelta(**how)


def wake(tx: Transaction, at: datetime) -> None:
    tx.wake(edges.CYCLE, at)


def end_run(world: World) -> None:
    """Let the run under way do its work."""
    world.act(edges.settle, edges.CYCLE, world.read(edges.covered, edges.CYCLE))


# --- Started -------------------------------------------------------------------------------------


def test_change_comes_to_a_run(world: World, relay: Relay):
    relay.tick()

    assert rows(world) == [(edges.CYCLE, 1, "run-1", False)]


def test_changes_of_one_campaign_come_to_one_run(world: World, relay: Relay, prefect: FakePrefect):
    world.act(wake, world.clock.time)

    relay.tick()

    assert len(rows(world)) > 1
    assert {run for _, _, run, _ in rows(world)} == {"run-1"}
    assert len(prefect.runs) == 1


def test_run_is_named_by_its_newest_row(world: World, relay: Relay, prefect: FakePrefect):
    """A run for the older row alone may have read before the newer change was committed."""
    world.act(wake, world.clock.time)
    with world.store.reading() as tx:
        newest = max(tx.connection.execute(select(table.c.id)).scalars())

    relay.tick()

    assert list(prefect.runs) == [f"{CODE}:{newest}:1"]


def test_second_round_starts_nothing(relay: Relay, prefect: FakePrefect):
    relay.tick()
    relay.tick()

    assert len(prefect.runs) == 1


def test_timer_waits_for_its_time(world: World, relay: Relay, prefect: FakePrefect):
    relay.tick()
    world.act(wake, world.clock.time + timedelta(hours=1))
    relay.tick()
    assert len(prefect.runs) == 1
    end_run(world)

    later(world, hours=1)
    relay.tick()

    assert len(prefect.runs) == 2


def test_change_waits_for_the_end_of_the_run_under_way(
    world: World, relay: Relay, prefect: FakePrefect
):
    """Else an overloaded machine is given ever more to do."""
    relay.tick()
    world.act(wake, world.clock.time)
    relay.tick()
    assert len(prefect.runs) == 1

    world.act(edges.settle, edges.CYCLE, edges.Covered(1, world.clock.time))
    relay.tick()

    assert len(prefect.runs) == 2


def test_relay_says_that_it_lives(world: World, relay: Relay):
    relay.tick()

    with world.store.reading() as tx:
        assert beats.is_alive(tx, beats.RELAY)


# --- Refused, out of reach, killed ---------------------------------------------------------------


def test_unreachable_prefect_costs_no_row_its_life(
    world: World, relay: Relay, prefect: FakePrefect
):
    for trouble in [PrefectUnreachable("nobody there")] * (3 * ATTEMPTS):
        prefect.trouble = trouble
        with pytest.raises(PrefectUnreachable):
            relay.tick()
    prefect.trouble = RunRefused("no such deployment, once")
    relay.tick()
    later(world, minutes=2)
    prefect.trouble = None

    relay.tick()

    assert rows(world) == [(edges.CYCLE, 1, "run-1", False)]


def test_refused_row_is_given_up_after_many_tries(world: World, relay: Relay, prefect: FakePrefect):
    prefect.trouble = RunRefused("no such deployment")
    for _ in range(ATTEMPTS):
        relay.tick()
        later(world, minutes=2)

    with world.store.reading() as tx:
        assert [edge.topic for edge in edges.dead(tx)] == [edges.CYCLE]


def test_row_of_a_killed_relay_comes_to_the_same_run(
    world: World, relay: Relay, prefect: FakePrefect
):
    """It was killed after the run was created and before it could note that."""
    wanted = relay.app.act_as("system:relay", None, _claim)
    prefect.start(wanted)
    later(world, minutes=5)

    relay.tick()

    assert len(prefect.runs) == 1
    assert rows(world) == [(edges.CYCLE, 1, "run-1", False)]


def _claim(tx: Transaction) -> Wanted:
    from campaigns.services.engine import runs as service  # noqa: PLC0415 - one name for two modules

    (wanted,) = service.claim(tx, 10)
    return wanted


def test_claimed_row_is_seen_by_no_other_relay(world: World, relay: Relay, prefect: FakePrefect):
    relay.app.act_as("system:relay", None, _claim)

    relay.tick()

    assert prefect.runs == {}


def test_claim_made_before_the_clock_was_set_back_is_over(
    world: World, relay: Relay, prefect: FakePrefect
):
    later(world, hours=1)
    relay.app.act_as("system:relay", None, _claim)
    yesterday = table.update().values(available_at=world.clock.time - timedelta(days=1))
    world.act(lambda tx: tx.connection.execute(yesterday))

    later(world, hours=-1)
    relay.tick()

    assert len(prefect.runs) == 1


# --- Done, or sent again -------------------------------------------------------------------------


def test_run_settles_what_it_covers(world: World, relay: Relay):
    relay.tick()

    end_run(world)

    assert rows(world) == [(edges.CYCLE, 1, "run-1", True)]


def test_change_made_during_a_run_is_not_settled_by_it(world: World, relay: Relay):
    covered = world.read(edges.covered, edges.CYCLE)
    world.act(wake, world.clock.time)

    world.act(edges.settle, edges.CYCLE, covered)

    assert [settled for *_, settled in rows(world)] == [True, False]


def test_timer_that_falls_due_during_a_run_is_not_settled_by_it(world: World):
    world.act(wake, world.clock.time + timedelta(seconds=10))
    world.act(wake, world.clock.time)
    covered = world.read(edges.covered, edges.CYCLE)
    later(world, seconds=20)

    world.act(edges.settle, edges.CYCLE, covered)

    assert [settled for *_, settled in rows(world)] == [True, False, True]


def test_row_whose_run_died_is_sent_again_as_a_new_attempt(
    world: World, relay: Relay, prefect: FakePrefect
):
    relay.tick()
    later(world, minutes=6)
    relay.app.act_as("system:relay", None, redrive, PATIENCE)
    later(world, minutes=1)

    relay.tick()

    assert rows(world) == [(edges.CYCLE, 2, "run-2", False)]


def test_row_found_by_two_relays_at_once_is_one_attempt(world: World, relay: Relay):
    relay.tick()
    later(world, minutes=6)
    found = world.read(edges.unsettled)
    world.act(redrive, PATIENCE)

    world.act(edges.send_again, found, world.clock.time, "by the other")

    assert [attempt for _, attempt, _, _ in rows(world)] == [2]


def test_row_whose_run_fell_silent_is_sent_again_at_once(world: World, relay: Relay):
    relay.tick()
    world.act(beats.beat, beats.name_of_run("run-1"), beats.RUN)
    later(world, seconds=21)

    assert relay.app.act_as("system:relay", None, redrive, PATIENCE).changed == 1


def test_row_whose_run_came_to_nothing_is_sent_again_without_patience(
    world: World, relay: Relay, prefect: FakePrefect
):
    """Its process died before it began, or Prefect's database was lost."""
    relay.tick()
    prefect.lost.add("run-1")
    later(world, seconds=11)
    relay._redrive()
    later(world, seconds=6)

    relay.tick()

    assert rows(world) == [(edges.CYCLE, 2, "run-2", False)]


def test_row_whose_run_waits_for_a_worker_waits(world: World, relay: Relay):
    relay.tick()
    later(world, seconds=60)

    relay._redrive()

    assert rows(world) == [(edges.CYCLE, 1, "run-1", False)]


def test_prefect_is_not_asked_about_a_run_that_began(
    world: World, relay: Relay, prefect: FakePrefect
):
    """What it remembers of a run is no proof, and a run that lives says so itself."""
    relay.tick()
    prefect.lost.add("run-1")
    later(world, seconds=11)
    world.act(beats.beat, beats.name_of_run("run-1"), beats.RUN)

    relay._redrive()

    assert rows(world) == [(edges.CYCLE, 1, "run-1", False)]


@pytest.mark.parametrize(("minutes", "again"), [(6, 0), (49, 0), (51, 1)])
def test_row_whose_run_lives_is_sent_again_only_if_it_gets_nothing_done(
    world: World, relay: Relay, minutes: int, again: int
):
    relay.tick()
    later(world, minutes=minutes)
    world.act(beats.beat, beats.name_of_run("run-1"), beats.RUN)

    assert relay.app.act_as("system:relay", None, redrive, PATIENCE).changed == again


def test_run_heard_of_before_the_clock_was_set_back_is_taken_for_dead(world: World, relay: Relay):
    relay.tick()
    world.act(beats.beat, beats.name_of_run("run-1"), beats.RUN)
    later(world, hours=-1)

    assert relay.app.act_as("system:relay", None, redrive, PATIENCE).changed == 1


def test_settled_row_is_not_sent_again(world: World, relay: Relay, prefect: FakePrefect):
    relay.tick()
    end_run(world)
    later(world, hours=1)

    assert relay.app.act_as("system:relay", None, redrive, PATIENCE).changed == 0


def test_row_is_given_up_after_many_runs_that_did_nothing(world: World, relay: Relay):
    for _ in range(ATTEMPTS):
        relay.tick()
        later(world, hours=1)
        relay.app.act_as("system:relay", None, redrive, PATIENCE)
        later(world, minutes=6)

    with world.store.reading() as tx:
        assert len(edges.dead(tx)) == 1


@pytest.mark.parametrize("is_done", [True, False])
def test_row_read_before_its_work_was_done_or_its_run_created_is_not_given_up(
    world: World, relay: Relay, *, is_done: bool
):
    relay.tick()
    ids = [edge.id for edge in world.read(edges.unsettled)]
    if is_done:
        end_run(world)

    world.act(edges.bury, ids, "as another relay knew it", refused=not is_done)

    with world.store.reading() as tx:
        assert edges.dead(tx) == []


# --- The machine's clock -------------------------------------------------------------------------


def test_time_of_a_campaign_does_not_go_back_by_seconds(world: World):
    with world.store.writing("mai", CODE) as tx:
        before = tx.now
    later(world, minutes=-2)

    with world.store.writing("mai", CODE) as tx:
        assert tx.now == before
        assert tx.wall < before
