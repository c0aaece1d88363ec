"""What does a campaign cost from the workbook to the queued mail, without Prefect?

The services are called as the tasks call them: in batches of 1,000, one transaction each. Making
the input and preparing the empty database is not counted.

    python -m bench.cycle [--write] NOMINATIONS FOLDER
    python -m bench.cycle NOMINATIONS FOLDER POSTGRESQL

`POSTGRESQL` is the address of a database; a new one is made beside it, and removed at the end.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bench.stopwatch import Stopwatch
from bench.synthetic import Province
from campaigns import bootstrap, intake
from campaigns.bootstrap import App
from campaigns.rehearsal import clock
from campaigns.rehearsal.player import RECORDED
from campaigns.rehearsal.recorded import Folder, RecordedActs, prepare
from campaigns.rules.deadlines.calendar import add_months
from campaigns.services import stages
from campaigns.services.appraisal import panel, reviews
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.registers.imports import BATCH, Spool
from campaigns.services.replication import adoptions, pledges
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.chunks import chunked
from campaigns.store.database import open_engine
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from campaigns.views import board
from schemas.actors import Actor
from schemas.imports import AdoptionRow
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import NominationState, Stage

_END_OF_WORK: Final = time(17)


def new_home(folder: Path, database_url: str = "") -> App:
    """Return an installation in an empty folder: on an empty database, or a SQLite file there."""
    for name in [name for name in os.environ if name.startswith("THIDUA_")]:
        del os.environ[name]
    os.environ["THIDUA_HOME"] = str(folder)
    if database_url:
        os.environ["THIDUA_DATABASE_URL"] = database_url
    schema.upgrade(open_engine(Settings().database))
    return bootstrap.app()


class Cycle:
    """One campaign through its five stages."""

    def __init__(self, app: App, province: Province, playbook: Playbook, folder: Path) -> None:
        self.code = prepare(app, Folder(folder), playbook)
        self.watch = Stopwatch()
        self._app, self._province, self._playbook = app, province, playbook
        self._workbook = folder / "nominations.xlsx"
        self._acts = RecordedActs(app, self.code, folder)

    def run(self) -> None:
        """Go through the stages."""
        self._launch()
        self._nominate()
        self._appraise()
        self._recognise()
        self._replicate()

    def _ids(self, query: Callable[[Transaction], list[int]]) -> Iterable[Sequence[int]]:
        return chunked(self._app.read(self.code, query))

    def _open(self, stage: Stage) -> None:
        self._acts.reach_opening(stage)
        self._app.act(self.code, stages.open_if_due, stage)

    def _approve(self, stage: Stage) -> None:
        self._app.act(self.code, verdicts.request_if_done, stage)
        self._acts.approve(stage)

    def _reach(self, local: datetime) -> None:
        moment = self._playbook.instant(local)
        self._app.act(self.code, clock.advance_clock, moment)

    def _launch(self) -> None:
        with self.watch.phase("launch"):
            self._app.act(self.code, stages.open_if_due, Stage.LAUNCH)
            self._approve(Stage.LAUNCH)
            self._app.act(self.code, launch.announce)

    def _nominate(self) -> None:
        app, code = self._app, self.code
        with self.watch.phase("import"):
            self._open(Stage.NOMINATION)
            request = intake.Request(self._workbook, Actor(RECORDED, "system"))
            report = intake.import_nominations(app, code, request)
        if report.stored != self._province.size:
            sys.exit(f"the workbook was not taken: {report.problems[:3]}")
        with self.watch.phase("check"):
            submitted = self._ids(lambda tx: nominations.ids_in(tx, [NominationState.SUBMITTED]))
            for ids in submitted:
                app.act(code, checking.return_incomplete, ids)
            self._reach(self._playbook.calendar.nomination.closes)
            for ids in self._ids(checking.ready_to_close):
                app.act(code, checking.check_batch, ids)
            self._approve(Stage.NOMINATION)

    def _codes(self, state: NominationState) -> Iterable[Sequence[str]]:
        found = self._app.read(self.code, nominations.named, [state])
        return chunked([code for _id, code in found])

    def _appraise(self) -> None:
        app, code = self._app, self.code
        with self.watch.phase("appraisal"):
            self._open(Stage.APPRAISAL)
            app.act(code, panel.open_panel)
        for codes in self._codes(NominationState.ELIGIBLE):
            rows = list(self._province.scores(codes, self._playbook))
            with self.watch.phase("reviews"):
                app.act_as(RECORDED, code, reviews.record_reviews, rows)
        with self.watch.phase("appraisal"):
            for ids in self._ids(reviews.to_appraise):
                app.act(code, reviews.appraise_batch, ids)
            self._approve(Stage.APPRAISAL)

    def _recognise(self) -> None:
        app, code = self._app, self.code
        with self.watch.phase("votes"):
            self._open(Stage.RECOGNITION)
            app.act(code, council.convene)
        for number, codes in enumerate(self._codes(NominationState.SHORTLISTED)):
            rows = list(self._province.votes(codes, session=1 + number % 3))
            with self.watch.phase("votes"):
                app.act_as(RECORDED, code, council.record_votes, rows)
        with self.watch.phase("decision"):
            app.act(code, council.draft_decision)
            self._approve(Stage.RECOGNITION)
            self._acts.release()

    def _replicate(self) -> None:
        app, code = self._app, self.code
        with self.watch.phase("pledges"):
            self._open(Stage.REPLICATION)
            app.act(code, pledges.request_pledges)
        opens = self._playbook.calendar.replication.opens.date()
        # The input lies in files, as it would in a table that is imported.
        steps: dict[date, Spool[AdoptionRow]] = defaultdict(Spool)
        due: set[date] = set()
        months = self._playbook.follow_up.months[0]
        for codes in self._codes(NominationState.RECOGNISED):
            for row in self._province.adoptions(codes, opens):
                steps[row.committed_on].add(row)
                steps[row.started_on or row.committed_on].add(row)
                due.add(add_months(row.committed_on, months))
        overdue = {day + timedelta(days=1) for day in due}
        for day in sorted({*steps, *due, *overdue}):
            self._reach(datetime.combine(day, _END_OF_WORK))
            for part in steps[day].batches(BATCH):
                with self.watch.phase("adoptions"):
                    app.act_as(RECORDED, code, adoptions.record_adoptions, part)
            with self.watch.phase("follow-ups"):
                app.act(code, adoptions.sweep_follow_ups)


@contextmanager
def scratch(server: str, purpose: str = "bench") -> Iterator[str]:
    """Make a database beside the one named, and remove it at the end; none where none is named."""
    if not server:
        yield ""
        return
    name = f"thidua_{purpose}_{os.getpid()}"
    beside = open_engine(server).execution_options(isolation_level="AUTOCOMMIT")
    with beside.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        try:
            yield beside.url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    beside.dispose()


def measure(size: int, folder: Path, server: str = "") -> dict[str, object]:
    """Run a campaign of `size` nominations, whose files are in `folder`; return the figures."""
    province = Province(size)
    playbook = province.playbook()
    with tempfile.TemporaryDirectory() as home, scratch(server) as url:
        app = new_home(Path(home), url)
        cycle = Cycle(app, province, playbook, folder)
        cycle.run()
        messages = sum(one.count for one in app.read(cycle.code, board.message_counts))
        events = app.read(cycle.code, board.view).events
        app.store.engine.dispose()
    return {
        "case": "cycle on PostgreSQL" if server else "cycle",
        "n": size,
        **cycle.watch.figures(size),
        "events_per_item": events / size,
        "messages_per_item": messages / size,
        "phases_ms_per_item": {
            name: one.wall / size * 1e3 for name, one in cycle.watch.phases.items()
        },
    }


def write_input(province: Province, folder: Path) -> None:
    """Write the files of a province; not counted."""
    playbook = province.playbook()
    province.write_registers(folder)
    province.write_nominations(folder, playbook)
    province.write_recorded_acts(folder, playbook)


def main() -> None:
    """Write the input (`--write`), or print the figures of one run as JSON."""
    match sys.argv[1:]:
        case ["--write", size, folder]:
            write_input(Province(int(size)), Path(folder))
        case [size, folder, *server]:
            print(json.dumps(measure(int(size), Path(folder), *server)))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
