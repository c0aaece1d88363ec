"""The flows and the rehearsal before the launch take the same steps, to the end of the example."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from campaigns import bootstrap
from campaigns.bootstrap import App
from campaigns.engine.rounds import go_through
from campaigns.rehearsal.recorded import Folder, RecordedActs, prepare
from campaigns.services.playbook.library import load_playbook
from campaigns.services.steps import acts_of
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.views import board
from schemas.views.board import Summary
from schemas.vocabulary import STAGES, Stage
from tests.prefect.conftest import CODE, FACTS

Taken = list[tuple[Stage, str, int]]
"""In which stage, by which service, on how many rows."""


@dataclass
class Gone:
    """A campaign that the engine has gone through."""

    taken: Taken
    summary: Summary
    state: str


def as_flow(_app: App, stage: Stage) -> None:
    from flows.cycle import STAGE_FLOWS  # noqa: PLC0415 - Prefect takes seconds to import

    STAGE_FLOWS[stage](CODE)


def as_rehearsal(app: App, stage: Stage) -> None:
    go_through(app, CODE, stage)


def noting(taken: Taken, stage: Stage) -> Callable[..., Any]:
    """Carry out what an installation is asked to, and note what that is."""
    act_as = App.act_as

    def note(app: App, actor: str, code: str, service: Any, *args: Any, **kwargs: Any) -> Any:
        plain = service.func if isinstance(service, partial) else service
        rows = [len(one) for one in args if isinstance(one, list)]
        taken.append((stage, f"{plain.__module__}.{plain.__qualname__}", sum(rows)))
        return act_as(app, actor, code, service, *args, **kwargs)

    return note


def go_to_the_end(home: Path, engine: Callable[[App, Stage], None]) -> Gone:
    """Go through the example: people act as is recorded, and after each act the engine goes on."""
    taken: Taken = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_HOME", str(home))
        schema.upgrade(open_engine(Settings().database))
        app = bootstrap.app()
        prepare(app, Folder(FACTS), load_playbook("dan-van-kheo"))
        acts = RecordedActs(app, CODE, FACTS)

        def go_on(stage: Stage) -> None:
            with patch.context() as watch:
                watch.setattr(App, "act_as", noting(taken, stage))
                engine(app, stage)

        for stage in STAGES:
            go_on(stage)
            for what in acts_of(stage):
                acts.play(stage, what)
                go_on(stage)
    view = app.read(CODE, board.view)
    return Gone(taken, app.read(CODE, board.summary), view.state)


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Gone:
    return go_to_the_end(tmp_path_factory.mktemp("rehearsed"), as_rehearsal)


@pytest.fixture(scope="module")
def flown(prefect_api: str, tmp_path_factory: pytest.TempPathFactory) -> Gone:
    return go_to_the_end(tmp_path_factory.mktemp("flown"), as_flow)


def test_flows_and_rehearsal_take_the_same_steps_in_the_same_order(flown: Gone, rehearsed: Gone):
    assert flown.taken == rehearsed.taken


def test_flows_and_rehearsal_bring_the_example_to_the_same_end(flown: Gone, rehearsed: Gone):
    assert (flown.state, flown.summary) == ("closed", rehearsed.summary)


def test_rehearsal_takes_every_step_there_is(rehearsed: Gone):
    taken = dict.fromkeys((stage, service) for stage, service, _rows in rehearsed.taken)

    assert [(stage, service.rpartition(".")[2]) for stage, service in taken] == [
        ("launch", "open_if_due"),
        ("launch", "request_if_done"),
        ("launch", "announce"),
        ("nomination", "open_if_due"),
        ("nomination", "request_if_done"),
        ("nomination", "return_incomplete"),
        ("nomination", "check_batch"),
        ("appraisal", "open_if_due"),
        ("appraisal", "request_if_done"),
        ("appraisal", "open_panel"),
        ("appraisal", "appraise_batch"),
        ("recognition", "open_if_due"),
        ("recognition", "request_if_done"),
        ("recognition", "convene"),
        ("recognition", "draft_decision"),
        ("replication", "open_if_due"),
        ("replication", "request_if_done"),
        ("replication", "close_if_finished"),
        ("replication", "request_pledges"),
        ("replication", "sweep_follow_ups"),
    ]
