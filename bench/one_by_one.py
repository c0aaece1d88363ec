"""What does a nomination cost where people act one by one, each act a transaction of its own?

The cycle of `bench.cycle`, and no service is given more than one thing: one nomination to receive,
to look through, to check, to aggregate, one review, one vote of the council, one replication and
each of its steps. What the engine does once for a whole campaign (the decision, a day's follow-ups)
it does once here as well.

    python -m bench.one_by_one [--database URL] NOMINATIONS FOLDER

The folder holds what `python -m bench.cycle --write` wrote.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from bench.cycle import Cycle, new_home
from bench.synthetic import Province
from campaigns import intake
from campaigns.bootstrap import App
from campaigns.rehearsal.player import RECORDED
from campaigns.rules.deadlines.calendar import add_months
from campaigns.services.appraisal import panel, reviews
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.replication import adoptions, pledges
from campaigns.store.nomination import nominations
from campaigns.store.transaction import ENGINE, Transaction
from campaigns.views import board
from documents.reading.workbook import open_workbook
from schemas.imports import AdoptionRow, NominationRow
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import NominationState, Stage

_P = ParamSpec("_P")
_R = TypeVar("_R")
_END_OF_WORK: Final = time(17)
_OF_PEOPLE: Final = frozenset({"receive", "reviews", "votes", "adoptions"})
"""Phases in which people act; the engine does the rest."""


class OneByOne(Cycle):
    """One campaign through its five stages, an act a transaction."""

    def __init__(self, app: App, province: Province, playbook: Playbook, folder: Path) -> None:
        super().__init__(app, province, playbook, folder)
        self.acts = 0

    def _act(
        self,
        phase: str,
        service: Callable[Concatenate[Transaction, _P], _R],
        /,
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> _R:
        """Carry out one service in a transaction that is counted."""
        self.acts += 1
        actor = RECORDED if phase in _OF_PEOPLE else ENGINE
        with self.watch.phase(phase):
            return self._app.act_as(actor, self.code, service, *args, **kwargs)

    def _rows(self) -> list[NominationRow]:
        """Read the workbook, which is not counted; each row is sent at the campaign's present."""
        reader = intake.nomination_reader(self._app, self.code, "vi")
        with open_workbook(self._workbook, "vi") as book:
            rows = list(reader.read(book.sheets))
        return [row.model_copy(update={"submitted_at": None}) for row in rows]

    def _each(self, query: Callable[[Transaction], list[int]]) -> list[int]:
        return self._app.read(self.code, query)

    def _nominate(self) -> None:
        self._open(Stage.NOMINATION)
        for row in self._rows():
            self._act("receive", checking.receive, [row])
        for one in self._each(lambda tx: nominations.ids_in(tx, [NominationState.SUBMITTED])):
            self._act("look through", checking.return_incomplete, [one])
        self._reach(self._playbook.calendar.nomination.closes)
        for one in self._each(checking.ready_to_close):
            self._act("check", checking.check_batch, [one])
        with self.watch.phase("approvals"):
            self._approve(Stage.NOMINATION)

    def _in_state(self, state: NominationState) -> list[str]:
        return [code for part in self._codes(state) for code in part]

    def _appraise(self) -> None:
        self._open(Stage.APPRAISAL)
        self._act("panel", panel.open_panel)
        codes = self._in_state(NominationState.ELIGIBLE)
        rows = self._province.scores(codes, self._playbook)
        for _review, lines in groupby(rows, key=attrgetter("nomination_code", "reviewer_id")):
            self._act("reviews", reviews.record_reviews, list(lines))
        for one in self._each(reviews.to_appraise):
            self._act("appraise", reviews.appraise_batch, [one])
        with self.watch.phase("approvals"):
            self._approve(Stage.APPRAISAL)

    def _recognise(self) -> None:
        self._open(Stage.RECOGNITION)
        self._act("panel", council.convene)
        codes = self._in_state(NominationState.SHORTLISTED)
        rows = self._province.votes(codes, session=1)
        for _code, votes in groupby(rows, key=attrgetter("nomination_code")):
            self._act("votes", council.record_votes, list(votes))
        self._act("decision", council.draft_decision)
        with self.watch.phase("decision"):
            self._approve(Stage.RECOGNITION)
            self._acts.release()

    def _replicate(self) -> None:
        self._open(Stage.REPLICATION)
        self._act("panel", pledges.request_pledges)
        opens = self._playbook.calendar.replication.opens.date()
        steps: dict[date, list[AdoptionRow]] = defaultdict(list)
        days: set[date] = set()
        months = self._playbook.follow_up.months[0]
        recognised = self._in_state(NominationState.RECOGNISED)
        for row in self._province.adoptions(recognised, opens):
            due = add_months(row.committed_on, months)
            days |= {due, due + timedelta(days=1)}
            for day in {row.committed_on, row.started_on or row.committed_on}:
                steps[day].append(row)
        for day in sorted(days.union(steps)):
            self._reach(datetime.combine(day, _END_OF_WORK))
            for row in steps[day]:
                self._act("adoptions", adoptions.record_adoptions, [row])
            self._act("follow-ups", adoptions.sweep_follow_ups)


def measure(size: int, folder: Path, database: str = "") -> dict[str, object]:
    """Run a campaign of `size` nominations, whose files are in `folder`; return the figures."""
    province = Province(size)
    with tempfile.TemporaryDirectory() as home:
        app = new_home(Path(home), database)
        cycle = OneByOne(app, province, province.playbook(), folder)
        cycle.run()
        messages = sum(one.count for one in app.read(cycle.code, board.message_counts))
        events = app.read(cycle.code, board.view).events
        kind = app.store.engine.dialect.name
        app.store.engine.dispose()
    return {
        "case": f"one by one, {kind}",
        "n": size,
        **cycle.watch.figures(size),
        "acts_per_item": cycle.acts / size,
        "events_per_item": events / size,
        "messages_per_item": messages / size,
        "phases_ms_per_item": {
            name: one.wall / size * 1e3 for name, one in cycle.watch.phases.items()
        },
    }


def main() -> None:
    """Print the figures of one run as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.one_by_one")
    parser.add_argument("--database", default="", help="an empty one; a SQLite file without it")
    parser.add_argument("size", type=int)
    parser.add_argument("folder", type=Path)
    wanted = parser.parse_args()
    print(json.dumps(measure(wanted.size, wanted.folder, wanted.database)))


if __name__ == "__main__":
    main()
