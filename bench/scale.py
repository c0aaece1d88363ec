"""What does one nomination take where the nation takes part: time at the door, room on the disk?

    python -m bench.scale [NOMINATIONS]

A whole campaign in batches, for the size of the database, and then a hundred nominations one by
one, each in a transaction of its own as people send them (docs/explanation/scale.md).
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.cycle import Cycle, new_home, write_input
from bench.synthetic import DISTRICTS, Province
from campaigns.bootstrap import App
from campaigns.rehearsal import Folder, RecordedActs, prepare
from campaigns.services import approvals, board, launch, nomination, stages
from schemas.imports import NominationRow
from schemas.vocabulary import Stage

_ONE_BY_ONE = 100


def room(size: int, folder: Path) -> dict[str, float]:
    """Return what a campaign of that size leaves in the database, per nomination."""
    province = Province(size)
    with tempfile.TemporaryDirectory() as home:
        app = new_home(Path(home))
        cycle = Cycle(app, province, province.playbook(), folder)
        cycle.run()
        messages = sum(one.count for one in app.read(cycle.code, board.message_counts))
        events = app.read(cycle.code, board.view).events
        app.store.engine.dispose()
        octets = (Path(home) / "thidua.db").stat().st_size
    return {
        "kB_per_nomination": octets / size / 1e3,
        "events_per_nomination": events / size,
        "messages_per_nomination": messages / size,
    }


def door(folder: Path) -> dict[str, float]:
    """Return how long one submission takes that comes alone."""
    playbook = Province(0).playbook()
    with tempfile.TemporaryDirectory() as home:
        app = new_home(Path(home))
        code = prepare(app, Folder(folder), playbook)
        open_nominations(app, code, RecordedActs(app, code, folder))
        spent: list[float] = []
        worked: list[float] = []
        for number in range(_ONE_BY_ONE):
            row = _row(number)
            started, busy = time.perf_counter(), time.process_time()
            app.act_as("P-N00", code, nomination.receive, [row])
            spent.append((time.perf_counter() - started) * 1e3)
            worked.append((time.process_time() - busy) * 1e3)
        app.store.engine.dispose()
    return {
        "ms_per_submission": statistics.median(spent),
        "processor_ms_per_submission": statistics.median(worked),
    }


def open_nominations(app: App, code: str, acts: RecordedActs) -> None:
    """Bring a rehearsal to where units nominate."""
    app.act(code, stages.open_if_due, Stage.LAUNCH)
    app.act(code, approvals.request_if_done, Stage.LAUNCH)
    acts.approve(Stage.LAUNCH)
    app.act(code, launch.announce)
    acts.reach_opening(Stage.NOMINATION)
    app.act(code, stages.open_if_due, Stage.NOMINATION)


def _row(number: int) -> NominationRow:
    return NominationRow(
        row=number,
        code=f"S-{number:06d}",
        subject_kind="model",
        name=f"Mô hình {number}",
        unit_id=f"xa-{number:03d}",
        nominated_by_id=f"huyen-{number % DISTRICTS}",
        rank=1,
        field="kinh-te",
        answers={"registered": True, "party_opinion": True},
    )


def main() -> None:
    """Print the figures as JSON."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        write_input(Province(size), Path(folder))
        found = room(size, Path(folder)) | door(Path(folder))
    print(json.dumps({name: round(value, 2) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
