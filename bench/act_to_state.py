"""How long does a person wait from an act to the next state of the campaign, on `thidua up`?

    python -m bench.act_to_state [CAMPAIGNS]

A coordinator launches campaigns, one after the other, and a leader approves each launch. Each act
is committed as the API and the commands do it; the clock runs until the next state stands in our
database. Every act needs a run of its own, which is the longest there is.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from bench.cycle import new_home
from bench.ports import free_port
from campaigns import intake
from campaigns.bootstrap import App
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch
from campaigns.services.playbook.library import load_playbook
from campaigns.views import board
from schemas.actors import at_console
from schemas.commands.approvals import ApproveStage
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.vocabulary import Stage

_CAMPAIGNS: Final = 25
_START_SECONDS: Final = 180
_STATE_SECONDS: Final = 120
_LOOK_SECONDS: Final = 0.02
_COORDINATOR: Final = "P001"
_LEADER: Final = "P003"
_UNITS: Final = """id,name,kind,parent_id,valid_from,email
ban-dan-van-tinh-uy,Ban,province,,2020-01-01,t@t.example
"""
_PEOPLE: Final = """id,full_name,unit_id,email,roles
P001,Mai,ban-dan-van-tinh-uy,mai@t.example,coordinator
P003,Lan,ban-dan-van-tinh-uy,lan@t.example,leader
P004,Hưng,ban-dan-van-tinh-uy,hung@t.example,leader
""" + "".join(
    f"P1{n},Thu {n},ban-dan-van-tinh-uy,thu-{n}@t.example,reviewer;council\n" for n in range(7)
)


def registers(app: App, folder: Path) -> None:
    """Import the fewest units and people that a campaign can be launched with."""
    for name, table in (("units", _UNITS), ("people", _PEOPLE)):
        (folder / f"{name}.csv").write_text(table, encoding="utf-8")
    intake.import_units(app, intake.Request(folder / "units.csv", at_console()))
    people = intake.Request(folder / "people.csv", at_console())
    intake.import_people(app, people, date(2026, 1, 1))


def launched(app: App, code: str) -> None:
    """Create a campaign and launch it."""
    create = CreateCampaign(command_id=f"create:{code}", code=code)
    app.act_as(_COORDINATOR, None, launch.create, create, load_playbook("dan-van-kheo"))
    begin = LaunchCampaign(command_id=f"launch:{code}", person_id=_COORDINATOR)
    app.act_as(_COORDINATOR, code, launch.launch, begin)


def _until(is_so: Callable[[], bool], seconds: float, what: str) -> float:
    """Wait for something; return how long it took."""
    began = time.perf_counter()
    while not is_so():
        if time.perf_counter() - began > seconds:
            sys.exit(f"{what}: not within {seconds} s")
        time.sleep(_LOOK_SECONDS)
    return time.perf_counter() - began


def _state(app: App, code: str, stage: Stage) -> str:
    view = app.read(code, board.view)
    return next((str(one.state) for one in view.stages if one.name == stage), "")


@contextmanager
def _engine(home: Path) -> Iterator[None]:
    """Run `thidua up` until all of it is well."""
    ports = [str(free_port()) for _ in range(2)]
    output = home / "output"
    command = [str(Path(sys.executable).with_name("thidua")), "--lang", "en", "up"]
    command += ["--prefect-port", ports[0], "--web-port", ports[1]]
    with output.open("wb") as file:
        process = subprocess.Popen(command, env=os.environ, stdout=file, stderr=file)
    try:
        _until(lambda: b"Everything runs" in output.read_bytes(), _START_SECONDS, "start")
        yield
    finally:
        process.terminate()
        process.wait()


def _waits(app: App, campaigns: int) -> Iterator[float]:
    """Act, and tell how long the next state took."""
    for number in range(campaigns):
        code = f"C-{number:03d}"
        launched(app, code)
        yield _until(
            lambda code=code: _state(app, code, Stage.LAUNCH) == "awaiting_approval",  # type: ignore[misc]
            _STATE_SECONDS,
            code,
        )
        sign = ApproveStage(command_id=f"sign:{code}", stage=Stage.LAUNCH, person_id=_LEADER)
        app.act_as(_LEADER, code, verdicts.approve, sign)
        yield _until(
            lambda code=code: _state(app, code, Stage.NOMINATION) not in {"", "pending"},  # type: ignore[misc]
            _STATE_SECONDS,
            code,
        )


def measure(campaigns: int) -> dict[str, object]:
    """Return the figures of so many campaigns, two acts each."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        app = new_home(home)
        registers(app, home)
        with _engine(home):
            found = sorted(_waits(app, campaigns))
        app.store.engine.dispose()
    return {
        "case": "act to state",
        "n": len(found),
        "ms_per_item": statistics.median(found) * 1e3,
        "ms_99_of_100": found[min(len(found) - 1, int(len(found) * 0.99))] * 1e3,
        "ms_shortest": found[0] * 1e3,
    }


def main() -> None:
    """Print the figures as JSON."""
    print(json.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else _CAMPAIGNS)))


if __name__ == "__main__":
    main()
