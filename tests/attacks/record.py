"""How many attacks were tried, and how many held? The record of a run of tests.

A test says for each attempt what was tried and whether the engine held. Attempts that did not hold
fail the test at its end, so that one hole hides no other. The sums by file stand at the end of the
run; `make attacks` tries the long lists.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

import pytest

_NAME = "attempts"


class Attempts:
    """The attempts of one test."""

    def __init__(self) -> None:
        self._held = 0
        self._failed: list[str] = []

    def __call__(self, what: str, *, held: bool) -> None:
        """Note one attempt.

        Args:
            what: What was tried, in words that name the case.
            held: Whether the engine refused it, or told nothing it must not tell.
        """
        if held:
            self._held += 1
        else:
            self._failed.append(what)

    @property
    def counted(self) -> tuple[int, int]:
        """How many were tried, and how many of them held."""
        return self._held + len(self._failed), self._held

    def ensure_all_held(self) -> None:
        """Fail where one did not hold, or nothing was tried at all."""
        __tracebackhide__ = True
        if self._failed:
            pytest.fail("did not hold:\n" + "\n".join(f"- {one}" for one in self._failed))
        if not self._held:
            pytest.fail("nothing was tried")


def add_option(parser: pytest.Parser) -> None:
    """Offer `--long`, for `make attacks`."""
    told = "try the long lists of attacks and more rounds: what `make attacks` does"
    parser.addoption("--long", action="store_true", help=told)


def keep(request: pytest.FixtureRequest, attempts: Attempts) -> None:
    """Hand the counts of a test to the process that reports."""
    request.node.user_properties.append((_NAME, list(attempts.counted)))


def summarise(reporter: pytest.TerminalReporter) -> None:
    """Print attempts and what held, by file."""
    tried: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for reports in reporter.stats.values():
        for report in reports:
            for name, counts in getattr(report, "user_properties", ()):
                if name == _NAME and report.when == "teardown":
                    file = PurePosixPath(report.nodeid.split("::")[0]).stem.removeprefix("test_")
                    tried[file] += counts[0]
                    held[file] += counts[1]
    if tried:
        reporter.section(f"attacks: {tried.total()} tried, {held.total()} held")
        for file, number in sorted(tried.items()):
            reporter.write_line(f"{number:5} tried, {held[file]:5} held: {file}")
