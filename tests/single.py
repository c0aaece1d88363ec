"""The undisturbed run on one machine: SQLite, threads, the cycle in this process."""

from __future__ import annotations

import pickle
import sys
import time
from pathlib import Path

import pytest

from campaigns import bootstrap
from tests import drive
from tests.drive import CODE, Driver, Outcome, Timetable

QUICK = Timetable(nominations_close=25, replication_closes=70)


def single_machine_outcome(home: Path, size: int, timetable: Timetable = QUICK) -> Outcome:
    """Drive a campaign whose engine runs in this process, beside the Prefect API in use."""
    from flows.cycle import campaign_cycle  # noqa: PLC0415 - Prefect takes seconds to import

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_HOME", str(home))
        drive.open_installation(home)
        app = bootstrap.app()

        def cycle() -> None:
            campaign_cycle(CODE)
            time.sleep(0.2)

        driver = Driver(app, size, timetable, idle=cycle)
        driver.prepare(home / "input")
        driver.run()
        drive.ensure_log_intact(app)
        found = drive.outcome(app)
        app.store.engine.dispose()
    return found


def main() -> None:
    """Run alone, for whoever reads `outcome` in the folder afterwards."""
    folder, size, *seconds = sys.argv[1:]
    found = single_machine_outcome(
        Path(folder) / "home", int(size), Timetable(*map(float, seconds))
    )
    with (Path(folder) / "outcome").open("wb") as file:
        pickle.dump(found, file)


if __name__ == "__main__":
    main()
