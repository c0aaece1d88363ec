"""Relays are killed at every point, and run side by side: one run a group, none lost."""

from __future__ import annotations

import signal
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from campaigns.store.engine import edges
from campaigns.store.tables import outbox as table
from campaigns.store.transaction import Transaction
from tests.faults.conftest import Together
from tests.world import World

KILLED = {"killed_by": signal.SIGKILL}
POINTS = ("before_call", "after_created", "after_mark")
TOPICS = (edges.CYCLE, edges.DELIVER, edges.SWEEP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir()
    return tmp_path


def wake(tx: Transaction, at: datetime) -> None:
    for topic in TOPICS:
        tx.wake(topic, at)


def job(folder: Path, die_at: str | None = None) -> dict[str, str | None]:
    return {
        "act": "relay",
        "actor": "system:relay",
        "folder": str(folder),
        "die_at": die_at,
    }


def asked(folder: Path) -> dict[str, str]:
    """Return run → key."""
    return {
        file.name: file.read_text("utf-8").splitlines()[0] for file in (folder / "runs").iterdir()
    }


def rows(world: World) -> list[tuple[int, str, str | None]]:
    with world.store.reading() as tx:
        query = select(table.c.id, table.c.topic, table.c.flow_run_id).order_by(table.c.id)
        return [(number, topic, run) for number, topic, run in tx.connection.execute(query)]


@pytest.mark.parametrize("point", POINTS)
def test_killed_relay_loses_and_doubles_nothing(
    world: World, together: Together, folder: Path, point: str
):
    world.act(wake, world.clock.time)

    assert together(job(folder, point)) == [KILLED]
    world.clock.time += edges.LEASE + timedelta(seconds=1)
    together(job(folder))

    runs = asked(folder)
    assert {run for _, _, run in rows(world)} == set(runs)
    assert len(runs) == len(TOPICS)


def test_relays_side_by_side_start_each_group_once(world: World, together: Together, folder: Path):
    world.act(wake, world.clock.time)

    results = together(*[job(folder)] * 4)

    assert sum(one["answers"][0] for one in results) == len(TOPICS)
    assert {run for _, _, run in rows(world)} == set(asked(folder))


def test_two_relays_killed_again_and_again_come_to_one_run_a_group(
    world: World, together: Together, folder: Path
):
    chance = Random(20230915)
    kills = 0
    for _ in range(12):
        world.act(wake, world.clock.time)
        fates = [chance.choice((*POINTS, None)) for _ in range(2)]
        results = together(*(job(folder, fate) for fate in fates))
        kills += results.count(KILLED)
        world.clock.time += timedelta(seconds=chance.choice((1, 130)))
    # Rows wait for the run under way, and no run here does its work: each is given up for dead,
    # and its rows are claimed again together with those that waited.
    for _ in range(3):
        world.clock.time += timedelta(hours=1)
        together(job(folder))

    found, runs = rows(world), asked(folder)
    print(f"{len(found)} rows, {kills} kills, {len(runs)} runs")  # noqa: T201 - the counts
    assert kills >= 6
    assert None not in {run for _, _, run in found}, "a row has no run"
    # A run that no row names was created for rows that then came to a newer one's run.
    for _, topic, run in found:
        newest = max(number for number, other, named in found if (other, named) == (topic, run))
        assert runs[str(run)].split(":")[1] == str(newest)
