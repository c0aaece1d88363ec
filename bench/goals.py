"""Which goals were reached? Figures of one run, compared with the budget and with each other.

The budget stands in docs/explanation/speed.md. What could not be measured (no mail sink, say) is
compared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

Figures = dict[str, Any]

BATCH_MS: Final = 1.2
TIMES_FLOOR: Final = 3.2
GROWTH: Final = 1.15
PEAK_MB: Final = 400
POSTGRES_MS: Final = 2.0
ALONE_MS: Final = 4.0
SUBMISSION_MS: Final = 3.0
DOOR_PER_SECOND: Final = 150
RUN_MS: Final = 1_000
STATE_MEDIAN_MS, STATE_99_MS = 3_000, 8_000
START_MS: Final = 400
DEMO_SECONDS: Final = 10
TIMES_NAIVE: Final = 100
MAIL_SHARE: Final = 0.8


class Goal(NamedTuple):
    """A goal, what was measured for it, and whether that is enough."""

    text: str
    is_reached: bool


class Results:
    """The figures of one run, found by case and size."""

    def __init__(self) -> None:
        self.all: list[Figures] = []

    def add(self, figures: Figures) -> None:
        """Keep the figures of one measurement."""
        self.all.append(figures)

    def of(self, case: str) -> list[Figures]:
        """Return what was measured under names that begin so."""
        return [one for one in self.all if one["case"].startswith(case)]

    def find(self, case: str, size: int | None = None) -> Figures | None:
        """Return the figures of one case; None where it was not measured."""
        found = [one for one in self.all if one["case"] == case and size in (None, one["n"])]
        return found[0] if found else None


def goals(results: Results) -> list[Goal]:
    """Compare the figures with the goals."""
    return [
        *_batches(results),
        *_alone(results),
        *_runs(results),
        *_beside_others(results),
    ]


def _at_most(what: str, found: float, most: float, unit: str) -> Goal:
    return Goal(f"{what}: {found:,.2f} {unit}, at most {most:,g}", found <= most)


def _batches(results: Results) -> Iterator[Goal]:
    by_size = {
        one["n"]: one["ms_per_item"] for one in results.of("cycle") if one["case"] == "cycle"
    }
    for size in (2_000, 20_000):
        if size in by_size:
            yield _at_most(f"a nomination of {size:,}", by_size[size], BATCH_MS, "ms")
    floor = results.find("floor", 2_000)
    if floor and 2_000 in by_size:
        times = by_size[2_000] / floor["ms_per_item"]
        yield _at_most("beside the floor", times, TIMES_FLOOR, "times")
    large = results.find("cycle", 100_000)
    if large and 20_000 in by_size:
        growth = large["ms_per_item"] / by_size[20_000]
        yield _at_most("of 100,000 beside 20,000", growth, GROWTH, "times")
        yield _at_most("peak at 100,000", large["peak_mb"], PEAK_MB, "MB")
    shared = results.find("cycle on PostgreSQL")
    if shared:
        yield _at_most("on PostgreSQL", shared["ms_per_item"], POSTGRES_MS, "ms")


def _alone(results: Results) -> Iterator[Goal]:
    alone = results.find("one by one")
    if alone:
        yield _at_most("every act by itself", alone["ms_per_item"], ALONE_MS, "ms")
    for one in results.of("submission"):
        yield _at_most(one["case"], one["cpu_ms_per_item"], SUBMISSION_MS, "ms of processor time")
    for one in results.of("door"):
        rate = one["per_second"]
        text = f"{one['case']}: {rate:.0f} a second, at least {DOOR_PER_SECOND}"
        yield Goal(text, rate >= DOOR_PER_SECOND)


def _runs(results: Results) -> Iterator[Goal]:
    run, state = results.find("run of the cycle"), results.find("act to state")
    if run:
        yield _at_most("a run with nothing to do", run["ms_per_item"], RUN_MS, "ms")
    if state:
        yield _at_most("act to state, median", state["ms_per_item"], STATE_MEDIAN_MS, "ms")
        yield _at_most("act to state, 99 of 100", state["ms_99_of_100"], STATE_99_MS, "ms")
    for one in results.of("start: "):
        yield _at_most(one["case"], one["ms_per_item"], START_MS, "ms")
    demo = results.find("demo")
    if demo:
        yield _at_most("the demo", demo["seconds"], DEMO_SECONDS, "s")


def _beside_others(results: Results) -> Iterator[Goal]:
    middle, naive = results.find("cycle", 2_000), results.find("naive Prefect flow")
    if middle and naive:
        times = naive["ms_per_item"] / middle["ms_per_item"]
        text = f"the naive flow costs {times:.0f} times as much, at least {TIMES_NAIVE}"
        yield Goal(text, times >= TIMES_NAIVE)
    engine, bare = results.find("delivery"), results.find("bare aiosmtplib loop")
    if engine and bare:
        share = bare["ms_per_item"] / engine["ms_per_item"]
        text = f"delivery reaches {share:.0%} of the bare loop, at least {MAIL_SHARE:.0%}"
        yield Goal(text, share >= MAIL_SHARE)
