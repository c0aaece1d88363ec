"""The flows around the cycle: the form that launches, the sweep of the clock, what got lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from campaigns import bootstrap
from campaigns.rules.playbook.reading import snapshot
from campaigns.services.engine import runs as service
from campaigns.settings import Settings
from campaigns.store import campaigns, schema
from campaigns.store.database import open_engine
from campaigns.store.engine import edges
from campaigns.store.registers import enrolment, units
from campaigns.store.tables import outbox as table
from campaigns.store.transaction import Transaction
from tests.world import CODE, DISTRICT, PEOPLE, SINCE, UNITS, settle, short_playbook

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


def rows(app: bootstrap.App, ids: Collection[int] | None = None) -> dict[int, tuple[int, bool]]:
    """Return (attempt, settled) of rows of the outbox: all, or those named."""
    with app.store.reading() as tx:
        found = tx.connection.execute(select(table.c.id, table.c.attempt, table.c.settled_at))
        return {
            number: (attempt, settled is not None)
            for number, attempt, settled in found
            if ids is None or number in ids
        }


def long_ago(tx: Transaction) -> None:
    """Let the time of a run pass."""
    tx.connection.execute(update(table).values(sent_at=tx.wall - timedelta(days=1)))


def start_all(app: bootstrap.App) -> list[int]:
    """Note a run for every row, as a relay does; return the rows' ids."""
    wanted = app.act_as("system:relay", None, service.claim, 10)
    for one in wanted:
        app.act_as("system:relay", None, service.record_started, one, "run-of-" + one.topic)
    return [number for one in wanted for number in one.ids]


def test_form_pressed_twice_launches_once(app: bootstrap.App):
    first, second = press(), press()

    assert (first.name, second.name) == ("Completed", "Existing")
    assert CODE in second.message
    assert app.read(None, campaigns.codes) == [CODE]
    assert len(app.read(CODE, campaigns.stages)) == 5


def test_form_says_where_too_few_people_are_free_of_conflict(app: bootstrap.App):
    def of_one_unit(tx: Transaction) -> None:
        units.save(tx, [UNITS[1].model_copy(update={"id": "binh-dai", "name": "Huyện Bình Đại"})])
        moved = [one.model_copy(update={"unit_id": DISTRICT}) for one in PEOPLE[1:]]
        enrolment.save(tx, moved, SINCE)

    app.act_as("mai", None, of_one_unit)
    pressed = press()

    assert pressed.name == "Completed"
    assert "fewer than 2 reviewers are free of conflict (ba-tri: 0)" in pressed.message


def test_cycle_and_sweep_settle_what_asked_for_them(app: bootstrap.App):
    from flows.cycle import campaign_cycle  # noqa: PLC0415
    from flows.sweep import sweep_deadlines  # noqa: PLC0415

    press()
    app.act(CODE, lambda tx: tx.wake(edges.SWEEP))
    ids = list(rows(app))

    campaign_cycle(CODE)
    sweep_deadlines()

    assert set(rows(app, ids).values()) == {(1, True)}


def test_lost_run_is_found_by_reconcile(app: bootstrap.App):
    from flows.reconcile import reconcile  # noqa: PLC0415

    press()
    ids = start_all(app)

    state = reconcile(failed_run=f"prefect.flow-run.run-of-{edges.CYCLE}", return_state=True)

    assert state.is_completed()
    assert set(rows(app, ids).values()) == {(2, False)}


def test_runs_that_said_nothing_for_long_are_sent_again(app: bootstrap.App):
    from flows.reconcile import reconcile  # noqa: PLC0415

    press()
    ids = start_all(app)
    app.act_as("system:test", None, long_ago)

    reconcile()

    assert set(rows(app, ids).values()) == {(2, False)}
