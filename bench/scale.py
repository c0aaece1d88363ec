"""What does one nomination take where the nation takes part: time at the door, room on the disk?

    python -m bench.scale [--communes N ...] [--database URL] [NOMINATIONS]

A whole campaign in batches, for the size of the database (0 nominations: left out), and then some
hundreds of nominations one by one, each in a transaction of its own as people send them, with
registers of so many communes (docs/explanation/scale.md). A database that is named is an empty one
of PostgreSQL, and then one register is measured.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from bench.cycle import Cycle, new_home, write_input
from bench.stopwatch import peak_mb
from bench.synthetic import DISTRICTS, Province
from campaigns.bootstrap import App
from campaigns.rehearsal.recorded import Folder, RecordedActs, prepare
from campaigns.services import stages
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch
from campaigns.services.nomination import checking
from campaigns.views import board
from schemas.imports import NominationRow
from schemas.vocabulary import Stage

_ONE_BY_ONE: Final = 300
_WARMING: Final = 20
"""Not counted: the first act of a process makes what the others find."""
_REGISTERS: Final = (160, 3_300)


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


def door(folder: Path, communes: int, database: str = "") -> dict[str, object]:
    """Return how long one submission takes that comes alone, with a register of that size."""
    province = Province(0, communes)
    playbook = province.playbook()
    write_input(province, folder)
    with tempfile.TemporaryDirectory() as home:
        app = new_home(Path(home), database)
        code = prepare(app, Folder(folder), playbook)
        open_nominations(app, code, RecordedActs(app, code, folder))
        spent: list[float] = []
        worked: list[float] = []
        for number in range(-_WARMING, _ONE_BY_ONE):
            row = _row(number + _WARMING, communes)
            started, busy = time.perf_counter(), time.process_time()
            app.act_as("P-N00", code, checking.receive, [row])
            spent.append((time.perf_counter() - started) * 1e3)
            worked.append((time.process_time() - busy) * 1e3)
        kind = app.store.engine.dialect.name
        app.store.engine.dispose()
    return {
        "case": f"submission, {communes:,} communes, {kind}",
        "n": _ONE_BY_ONE,
        "ms_per_item": statistics.median(spent[_WARMING:]),
        "cpu_ms_per_item": statistics.median(worked[_WARMING:]),
        "peak_mb": peak_mb(),
    }


def open_nominations(app: App, code: str, acts: RecordedActs) -> None:
    """Bring a rehearsal to where units nominate."""
    app.act(code, stages.open_if_due, Stage.LAUNCH)
    app.act(code, verdicts.request_if_done, Stage.LAUNCH)
    acts.approve(Stage.LAUNCH)
    app.act(code, launch.announce)
    acts.reach_opening(Stage.NOMINATION)
    app.act(code, stages.open_if_due, Stage.NOMINATION)


def _row(number: int, communes: int) -> NominationRow:
    return NominationRow(
        row=number,
        code=f"S-{number:06d}",
        subject_kind="model",
        name=f"Mô hình {number}",
        unit_id=f"xa-{number % communes:03d}",
        nominated_by_id=f"huyen-{number % DISTRICTS}",
        rank=1,
        field="kinh-te",
        answers={"registered": True, "party_opinion": True},
    )


def main() -> None:
    """Print the figures as JSON, a line per measurement."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale")
    parser.add_argument("--communes", type=int, nargs="+", default=_REGISTERS)
    parser.add_argument("--database", default="")
    parser.add_argument("size", type=int, nargs="?", default=2_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if wanted.size:
            write_input(Province(wanted.size), Path(folder))
            found = room(wanted.size, Path(folder))
            print(json.dumps({name: round(value, 2) for name, value in found.items()}))
        for communes in wanted.communes:
            print(json.dumps(door(Path(folder), communes, wanted.database)))


if __name__ == "__main__":
    main()
