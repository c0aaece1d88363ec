"""Measure other engines at the same work, by turns with thidua: `make bench-peers`.

The peers run in `.venv-peers`, thidua in `.venv`; every measurement is a process of its own, the
median of several rounds counts. PostgreSQL is measured where THIDUA_TEST_POSTGRES_URL names one.

    python -m bench.peers [--size N] [--rounds N] [--waiting N] PYTHON_OF_THE_PEERS
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from bench.cycle import scratch, write_input
from bench.peers.upgrade import promises
from bench.synthetic import Province

Figures = dict[str, Any]
OUTPUT: Final = Path("build/bench-peers.json")
_NAIVE: Final = 100
_FIGURES: Final = ("ms_per_item", "cpu_ms_per_item", "peak_mb")


def measured(python: str, module: str, *arguments: object) -> Figures:
    """Run one module of the bench; return the figures it printed."""
    command = [python, "-m", f"bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command[1:])} failed:\n{done.stderr[-2_000:]}{done.stdout}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def turns(peers: str, size: int, folder: Path, server: str) -> Iterator[Callable[[], Figures]]:
    """Return what is measured in one round on one database, in its order."""
    own, database = sys.executable, "PostgreSQL" if server else "SQLite"
    given = [server] if server else []

    def one_by_one() -> Figures:
        with scratch(server) as url:
            beside = ["--database", url] if url else []
            figures = measured(own, "one_by_one", *beside, size, folder)
        return {**figures, "case": "thidua, one by one", "database": database}

    def batches() -> Figures:
        figures = measured(own, "cycle", size, folder, *given)
        return {**figures, "case": "thidua, in batches", "database": database}

    yield batches
    yield one_by_one
    yield lambda: measured(peers, "peers.spiff", size, *given)
    yield lambda: measured(peers, "peers.durable", size, *given)
    if not server:
        naive = min(size, _NAIVE)
        yield lambda: {
            **measured(own, "through_prefect", "naive", naive, folder),
            "database": database,
        }


def compare(peers: str, size: int, rounds: int, folder: Path) -> list[Figures]:
    """Measure everything by turns; return the medians."""
    found: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    servers = ["", *filter(None, [os.environ.get("THIDUA_TEST_POSTGRES_URL")])]
    write_input(Province(size), folder)
    for _round in range(rounds):
        for server in servers:
            for measure in turns(peers, size, folder, server):
                figures = measure()
                print(f"{figures['case']}, {figures['database']}: measured", file=sys.stderr)
                found[figures["database"], figures["case"]].append(figures)
    return [
        {
            "case": case,
            "database": database,
            "n": runs[0]["n"],
            "rounds": len(runs),
            **{name: statistics.median(one.get(name, 0.0) for one in runs) for name in _FIGURES},
        }
        for (database, case), runs in found.items()
    ]


def main() -> None:
    """Measure, print, and write `build/bench-peers.json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers")
    parser.add_argument("--size", type=int, default=200, help="nominations")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--waiting", type=int, default=200, help="campaigns that wait for people")
    parser.add_argument("peers", help="the Python that the peers are installed in")
    wanted = parser.parse_args()
    print(f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}\n")
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(wanted.peers, wanted.size, wanted.rounds, Path(folder))
    print(f"{'ms per nomination':54}{'database':>11}{'n':>7}{'wall':>10}{'CPU':>10}")
    for row in rows:
        said = f"{row['case']:54}{row['database']:>11}{row['n']:>7,}"
        print(f"{said}{row['ms_per_item']:10.2f}{row['cpu_ms_per_item']:10.2f}")
    print(f"\n{'waiting through an upgrade in place':54}{'changed':>11}{'go on':>17}")
    kept = promises(wanted.peers, wanted.waiting)
    for row in kept:
        went_on = f"{row['went_on']} of {row['waiting']}"
        print(f"{row['case']:54}{row['changed']:>11}{went_on:>17}")
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps([*rows, *kept], indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
