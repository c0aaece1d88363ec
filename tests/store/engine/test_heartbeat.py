"""A run says that it lives, for as long as it does; one that fails has its work wanted again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from campaigns.bootstrap import App
from campaigns.engine import heartbeat
from campaigns.settings import Settings
from campaigns.store.commit import flush
from campaigns.store.engine import beats, edges
from campaigns.store.tables import outbox as rows
from campaigns.store.transaction import Transaction
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.processes import until
from tests.world import World


@pytest.fixture
def app(world: World, tmp_path: Path) -> App:
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    return App(Settings(home=tmp_path), world.store, transport)


def living(app: App) -> list[str]:
    return [one.name for one in app.read(None, beats.living, beats.RUN)]


def test_run_is_known_to_live_while_it_works(app: App):
    with heartbeat.running(app, "b1"):
        assert living(app) == ["run:b1"]
        assert heartbeat.run_at_work() == "run:b1"

    assert living(app) == []
    assert heartbeat.run_at_work() is None


def test_part_of_a_run_says_nothing_of_its_own(app: App):
    with heartbeat.running(app, "b1"):
        with heartbeat.running(app, "part"):
            assert living(app) == ["run:b1"]
        assert living(app) == ["run:b1"]


def test_run_goes_on_saying_that_it_lives(app: App, world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(heartbeat, "_BEAT_SECONDS", 0.05)
    with heartbeat.running(app, "b1"):
        world.clock.time += timedelta(minutes=1)

        until(lambda: living(app) == ["run:b1"], 30, "the run is heard of")


def test_work_of_a_run_that_fails_is_wanted_again(app: App, world: World):
    def start(tx: Transaction) -> None:
        tx.wake(edges.CYCLE)
        flush(tx)

    def send(tx: Transaction) -> None:
        ids = list(tx.connection.execute(select(rows.c.id)).scalars())
        edges.mark_sent(tx, ids, "b1")

    world.act(start)
    world.act(send)

    def fail() -> None:
        with heartbeat.running(app, "b1"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    left = app.read(None, edges.backlog)
    assert (left.running, left.due + left.later > 0) == (0, True)
    assert living(app) == []
