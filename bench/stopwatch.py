"""Where does the time go? Wall and processor time by phase, and the peak memory of a process."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

_KIB = 1024


class Spent(NamedTuple):
    """Seconds of one phase."""

    wall: float
    processor: float


class Stopwatch:
    """Adds up the phases of one measurement; what happens outside of them is not counted."""

    def __init__(self) -> None:
        self.phases: dict[str, Spent] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count what happens inside under `name`."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        before = self.phases.get(name, Spent(0.0, 0.0))
        self.phases[name] = Spent(
            before.wall + time.perf_counter() - wall,
            before.processor + time.process_time() - processor,
        )

    @property
    def total(self) -> Spent:
        """All phases together."""
        spent = self.phases.values()
        return Spent(sum(one.wall for one in spent), sum(one.processor for one in spent))

    def figures(self, size: int) -> dict[str, float]:
        """Return per item, for `size` of them, the milliseconds by the clock and the processor.

        With them the peak memory of this process, in MiB.
        """
        spent = self.total
        return {
            "ms_per_item": spent.wall / size * 1e3,
            "peak_mb": peak_mb(),
            "cpu_ms_per_item": spent.processor / size * 1e3,
        }


def peak_mb() -> float:
    """Return the peak memory of this process, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
