"""Measure the engine beside a floor and the naive way: `make bench`, or `python -m bench`.

Each measurement runs in a process of its own. The table goes to the screen, the figures to
`build/bench.json`. On a machine that does other work at the same time, look at the processor time.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import postgres, sink
from bench.cycle import scratch
from bench.goals import Figures, Results, goals

SIZES: Final = (200, 2_000, 20_000, 100_000)
MIDDLE: Final = 2_000
ALONE: Final = 1_000
"""Nominations whose acts come one by one."""
NAIVE: Final = 200
MESSAGES: Final = 5_000
ROUNDS: Final = 3
OUTPUT: Final = Path("build/bench.json")


class Bench:
    """All measurements of one run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.results = Results()

    def run(self) -> None:
        """Measure everything, and print as it goes."""
        heads = ("n", "ms each", "of it CPU", "peak MB")
        print(f"{'case':34}" + "".join(f"{head:>11}" for head in heads))
        for size in SIZES:
            self._child("cycle", "--write", size, self._input(size))
            self._note(self._measured("cycle", size, self._input(size)))
        self._note(self._measured("floor", MIDDLE, self._input(MIDDLE)))
        self._child("cycle", "--write", ALONE, self._input(ALONE))
        self._note(self._measured("one_by_one", ALONE, self._input(ALONE)))
        self._note_all("scale", 0)
        self._note_all("door")
        self._on_postgres()
        self._note_all("run_of_cycle")
        self._note_all("act_to_state")
        self._note_all("start")
        self._note_all("demo")
        self._note(self._measured("through_prefect", "cycle", MIDDLE, self._input(MIDDLE)))
        self._note(self._measured("through_prefect", "naive", NAIVE, self._input(NAIVE)))
        self._deliver()
        self._import()

    def _on_postgres(self) -> None:
        with postgres.server() as server:
            for module in ("cycle", "floor"):
                self._note(self._measured(module, MIDDLE, self._input(MIDDLE), server))
            for module, *arguments in (
                ("one_by_one", ALONE, self._input(ALONE)),
                ("scale", "--communes", 3_300, "--", 0),
            ):
                with scratch(server) as url:
                    self._note_all(module, "--database", url, *arguments)

    def _input(self, size: int) -> Path:
        path = self._folder / str(size)
        path.mkdir(exist_ok=True)
        return path

    def _child(self, module: str, *arguments: object) -> str:
        command = [sys.executable, "-m", f"bench.{module}", *map(str, arguments)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command[1:])} failed:\n{done.stderr[-2_000:]}{done.stdout}")
        return done.stdout

    def _measured(self, module: str, *arguments: object) -> Figures:
        figures: Figures = json.loads(self._child(module, *arguments).splitlines()[-1])
        return figures

    def _note_all(self, module: str, *arguments: object) -> None:
        """Note all that a module prints: figures of one case a line."""
        for line in self._child(module, *arguments).splitlines():
            self._note(json.loads(line))

    def _note(self, figures: Figures) -> None:
        self.results.add(figures)
        processor, peak = figures.get("cpu_ms_per_item"), figures.get("peak_mb")
        said = f"{processor:11.3f}" if processor is not None else f"{'':11}"
        memory = f"{peak:11.0f}" if peak is not None else ""
        line = f"{figures['case']:34}{figures['n']:11,}{figures['ms_per_item']:11.3f}"
        print(f"{line}{said}{memory}", flush=True)

    def _deliver(self) -> None:
        """Deliver the same messages several times by turns; the median counts."""
        if not sink.is_there():
            print(f"{'delivery':34}{sink.HINT:>11}")
            return
        folder = self._input(0)
        self._child("delivery", "queue", folder, MESSAGES)
        runs: dict[str, list[Figures]] = {"delivery": [], "bare aiosmtplib loop": []}
        with sink.sink() as port:
            for number in range(ROUNDS):
                home = folder / f"home-{number}"
                shutil.copytree(folder / "original", home)
                engine = self._measured("delivery", "engine", home, port)
                bare = self._measured("delivery", "bare", folder / "mails.pickle", port)
                runs["delivery"].append(engine)
                runs["bare aiosmtplib loop"].append(bare)
        for case, measured in runs.items():
            wall, processor, peak = (
                statistics.median(one[key] for one in measured)
                for key in ("wall", "processor", "peak_mb")
            )
            self._note(
                {
                    "case": case,
                    "n": MESSAGES,
                    "ms_per_item": wall / MESSAGES * 1e3,
                    "peak_mb": peak,
                    "cpu_ms_per_item": processor / MESSAGES * 1e3,
                }
            )

    def _import(self) -> None:
        """Take over what `bench.import_memory` prints: `... 12.3 s, 0.123 ms per row, 256 MB`."""
        *_rest, counted, measured = self._child("import_memory").splitlines()
        _seconds, each, peak = measured.split(", ")
        self._note(
            {
                "case": "reading a workbook",
                "n": int(counted.split()[0]),
                "ms_per_item": float(each.split()[0]),
                "peak_mb": float(peak.split()[0]),
            }
        )


def explain(results: Results) -> None:
    """Print where the time of the cycle goes, and what was counted."""
    for size in SIZES[1:]:
        figures = results.find("cycle", size)
        if figures:
            events, messages = figures["events_per_item"], figures["messages_per_item"]
            print(
                f"\nOne nomination of {size:,}: {events:.1f} events, {messages:.1f} messages; ms:"
            )
            phases = figures["phases_ms_per_item"].items()
            print("  " + ", ".join(f"{name} {each:.2f}" for name, each in phases))
    for case in ("cycle through Prefect", "naive Prefect flow"):
        figures = results.find(case)
        if figures:
            returned = f"returned after {figures['returned_ms_per_item']:.1f} ms per nomination"
            print(f"\n{case}: {returned}, its server had recorded it")
            print(f"  after {figures['ms_per_item']:.1f} ms; that counts")
    engine, bare = results.find("delivery"), results.find("bare aiosmtplib loop")
    if engine and bare:
        more = engine["cpu_ms_per_item"] - bare["cpu_ms_per_item"]
        print(f"\nDelivery: {more:.3f} ms of processor time per message more than the bare loop,")
        print("  for claiming it, unpacking it, building the mail and recording the outcome")


def main() -> None:
    """Measure, print, and write `build/bench.json`."""
    version = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), {version}\n")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.run()
    explain(bench.results)
    print()
    for goal in goals(bench.results):
        print(f"{'reached' if goal.is_reached else 'MISSED ':8} {goal.text}")
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(bench.results.all, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
