"""Measure the engine beside the naive way: `make bench`, or `python -m bench`.

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
from typing import Any, Final

from bench import sink

Figures = dict[str, Any]
SIZES: Final = (200, 2_000, 20_000)
NAIVE: Final = 200
MESSAGES: Final = 5_000
ROUNDS: Final = 3
GOAL_MS, GOAL_TIMES, GOAL_GROWTH, GOAL_MB, GOAL_SHARE = 2.0, 100, 1.2, 600, 0.8
OUTPUT: Final = Path("build/bench.json")


class Bench:
    """All measurements of one run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.results: list[Figures] = []

    def run(self) -> None:
        """Measure everything, and print as it goes."""
        heads = ("n", "ms each", "of it CPU", "peak MB")
        print(f"{'case':30}" + "".join(f"{head:>11}" for head in heads))
        for size in SIZES:
            self._child("cycle", "--write", size, self._input(size))
            self._note(self._measured("cycle", size, self._input(size)))
        self._note(self._measured("through_prefect", "cycle", 2_000, self._input(2_000)))
        self._note(self._measured("through_prefect", "naive", NAIVE, self._input(NAIVE)))
        self._deliver()
        self._import()

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

    def _note(self, figures: Figures) -> None:
        self.results.append(figures)
        processor = figures.get("cpu_ms_per_item")
        said = f"{processor:11.3f}" if processor is not None else f"{'':11}"
        line = f"{figures['case']:30}{figures['n']:11,}{figures['ms_per_item']:11.3f}"
        print(f"{line}{said}{figures['peak_mb']:11.0f}", flush=True)

    def _deliver(self) -> None:
        """Deliver the same messages several times by turns; the median counts."""
        if not sink.is_there():
            print(f"{'delivery':30}{sink.HINT:>11}")
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

    def find(self, case: str, size: int | None = None) -> Figures | None:
        """Return the figures of one case."""
        found = [one for one in self.results if one["case"] == case and size in (None, one["n"])]
        return found[0] if found else None


def goals(bench: Bench) -> list[tuple[str, bool]]:
    """Compare the figures with the goals; return what was reached and what was not."""
    said: list[tuple[str, bool]] = []
    middle, large = bench.find("cycle", 2_000), bench.find("cycle", 20_000)
    naive = bench.find("naive Prefect flow")
    engine, bare = bench.find("delivery"), bench.find("bare aiosmtplib loop")
    if middle and large:
        cost = middle["ms_per_item"]
        growth, peak = large["ms_per_item"] / cost, large["peak_mb"]
        said.append((f"a nomination costs {cost:.2f} ms, at most {GOAL_MS}", cost <= GOAL_MS))
        text = f"at 20,000 it costs {growth:.2f} times that, at most {GOAL_GROWTH}"
        said.append((text, growth <= GOAL_GROWTH))
        said.append((f"the peak is {peak:.0f} MB, at most {GOAL_MB}", peak <= GOAL_MB))
        if naive:
            times = naive["ms_per_item"] / cost
            text = f"the naive flow costs {times:.0f} times as much, at least {GOAL_TIMES}"
            said.append((text, times >= GOAL_TIMES))
    if engine and bare:
        share = bare["ms_per_item"] / engine["ms_per_item"]
        text = f"delivery reaches {share:.0%} of the bare loop, at least {GOAL_SHARE:.0%}"
        said.append((text, share >= GOAL_SHARE))
    return said


def explain(bench: Bench) -> None:
    """Print where the time of the cycle goes, and what was counted."""
    for size in SIZES[1:]:
        figures = bench.find("cycle", size)
        if figures:
            events, messages = figures["events_per_item"], figures["messages_per_item"]
            print(
                f"\nOne nomination of {size:,}: {events:.1f} events, {messages:.1f} messages; ms:"
            )
            phases = figures["phases_ms_per_item"].items()
            print("  " + ", ".join(f"{name} {each:.2f}" for name, each in phases))
    for case in ("cycle through Prefect", "naive Prefect flow"):
        figures = bench.find(case)
        if figures:
            returned = f"returned after {figures['returned_ms_per_item']:.1f} ms per nomination"
            print(f"\n{case}: {returned}, its server had recorded it")
            print(f"  after {figures['ms_per_item']:.1f} ms; that counts")
    engine, bare = bench.find("delivery"), bench.find("bare aiosmtplib loop")
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
    explain(bench)
    print()
    for text, is_reached in goals(bench):
        print(f"{'reached' if is_reached else 'MISSED ':8} {text}")
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(bench.results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
