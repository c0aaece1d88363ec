"""The flows around the cycle: the form that launches, the sweep of the clock, what got lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from campaigns import bootstrap
from campaigns.rules.playbooks import snapshot
from campaigns.services import outbox as service
from campaigns.settings import Settings
from campaigns.store import campaigns, outbox, schema
from campaigns.store.engine import open_engine
from campaigns.store.tables import outbox as table
from tests.world import CODE, settle, short_playbook

pytestmark = pytest.mark.usefixtures("prefect_api")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bootstrap.App:
    """Give an installation with people, and a playbook of its own in its folder."""
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    schema.upgrade(open_engine(Settings().database))
    app = bootstrap.app()
    app.act_as("mai", None, settle)
    app.settings.playbooks.mkdir()
    (app.settings.playbooks / "own.yaml").write_text(snapshot(short_playbook()), "utf-8")
    return app


def press() -> Any:
    from flows.start import launch_campaign  # noqa: PLC0415 - Prefect takes seconds to import

    return launch_campaign("mai", playbook_file="own.yaml", return_state=True)


def topics(app: bootstrap.App) -> list[tuple[str, int, bool]]:
    with app.store.reading() as tx:
        found = tx.connection.execute(
            select(table.c.topic, table.c.attempt, table.c.settled_at).order_by(table.c.id)
        )
        return [(topic, attempt, settled is not None) for topic, attempt, settled in found]


def test_form_pressed_twice_launches_once(app: bootstrap.App):
    first, second = press(), press()

    assert (first.name, second.name) == ("Completed", "Existing")
    assert CODE in second.message
    assert app.read(None, campaigns.codes) == [CODE]
    assert len(app.read(CODE, campaigns.stages)) == 5


def test_cycle_and_sweep_settle_what_asked_for_them(app: bootstrap.App):
    from flows.cycle import campaign_cycle  # noqa: PLC0415
    from flows.sweep import sweep_deadlines  # noqa: PLC0415

    press()
    app.act(CODE, lambda tx: tx.wake(outbox.SWEEP))
    campaign_cycle(CODE)
    sweep_deadlines()

    left = {topic for topic, _, settled in topics(app) if not settled}
    assert outbox.SWEEP not in left


def test_lost_run_is_found_by_reconcile(app: bootstrap.App):
    from flows.reconcile import reconcile  # noqa: PLC0415

    press()
    wanted = app.act_as("system:relay", None, service.claim, 10)
    for number, one in enumerate(wanted):
        app.act_as("system:relay", None, service.record_started, one, f"run-{number}")

    state = reconcile(failed_run="prefect.flow-run.run-0", return_state=True)

    assert state.is_completed()
    assert {attempt for topic, attempt, _ in topics(app) if topic == wanted[0].topic} == {2}


def test_runs_that_said_nothing_for_long_are_sent_again(app: bootstrap.App):
    from flows.reconcile import reconcile  # noqa: PLC0415

    press()
    for one in app.act_as("system:relay", None, service.claim, 10):
        app.act_as("system:relay", None, service.record_started, one, "run")
    app.act_as(
        "system:test",
        None,
        lambda tx: tx.connection.execute(update(table).values(sent_at=tx.wall.replace(year=2020))),
    )

    reconcile()

    assert {attempt for _, attempt, _ in topics(app)} == {2}
