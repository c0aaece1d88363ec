"""The long run: `make chaos KILLS=100 SEED=1`. Ends with 1 if anything differs."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.databases import Database, migrated
from tests.faults.chaos.report import differences, report
from tests.faults.chaos.survival import survive


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.chaos")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=300)
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="thidua-chaos-"))
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:7.1f} s  {what}", flush=True)  # noqa: T201

    say(f"logs and databases: {folder} (removed if all is well)")
    survival = survive(folder, wanted.size, wanted.kills, wanted.seed, (2.0, 8.0), say)
    print(report(survival))  # noqa: T201
    database = migrated(Database("sqlite", f"sqlite:///{folder}/peace.db"))
    found = differences(survival, database, folder)
    if not found:
        shutil.rmtree(folder)
    print("\n".join(found) or "same end as in peace")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
