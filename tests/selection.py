"""Which tests does `make test` leave to `make test-all`? Those in the table below.

`make test` needs Python alone and four minutes; what it left is counted and named at its end.
`make test-all` gives `--everything`: nothing is left, and a test that is skipped is a failure.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

LEFT: Final = {
    "tests/cluster": "the shared set-up: PostgreSQL, Redis and nginx of the system",
    "tests/e2e": "whole campaigns and installations, as people type the commands",
    "tests/faults/chaos": "processes killed at random during a campaign",
    "tests/faults/test_approval_races.py": "hundreds of processes that decide at one moment",
    "tests/store/access/test_two_worlds.py": "every operation, by every role, in pairs of worlds",
    "tests/prefect/test_same_steps.py": "the whole example, as flows and without Prefect",
    "tests/prefect/test_code_change.py": "whole runs, two at once, of two releases",
    "tests/portal/test_api_schema.py": "bodies of every kind for every operation of the API",
    "tests/prefect/test_read_only_proxy.py": "nginx of the system",
    "tests/prefect/test_ui_harm.py": "every button of Prefect's pages, on every kind of run",
}
"""Folders and files, each with what it is that takes minutes, or needs more than Python."""
_FIRST: Final = ("cluster", "e2e", "prefect", "attacks", "faults")
"""Begun before the rest, for these take longest: whoever begins late ends late."""
_SERVERS: Final = {"attacks", "cluster", "e2e", "prefect"}
"""Folders whose files start servers, or rehearse, once for all their tests."""
_TESTS: Final = Path(__file__).parent
_left: Counter[str] = Counter()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--everything`."""
    told = "leave no test out, and let none be skipped: what `make test-all` does"
    parser.addoption("--everything", action="store_true", help=told)


def _place(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS.parent).as_posix()


def _row(item: pytest.Item) -> str | None:
    place = _place(item)
    return next((row for row in LEFT if place == row or place.startswith(f"{row}/")), None)


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is left to another run; order, mark and group the rest by its folder."""
    if not config.getoption("everything"):
        left = {item: row for item in items if (row := _row(item))}
        _left.update(left.values())
        config.hook.pytest_deselected(items=list(left))
        items[:] = [item for item in items if item not in left]
    ranks = {name: number for number, name in enumerate(_FIRST)}
    items.sort(key=lambda item: ranks.get(_folder(item), len(ranks)))
    for item in items:
        item.add_marker(_folder(item))
        if item.get_closest_marker("xdist_group") is None and _has_servers(item):
            item.add_marker(pytest.mark.xdist_group(_place(item)))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(_TESTS).parts[0]


def _has_servers(item: pytest.Item) -> bool:
    """Say whether it belongs into one process with the other tests of its file."""
    return _folder(item) in _SERVERS or "prefect_api" in getattr(item, "fixturenames", ())


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports what was left; refuse tests that were skipped."""
    output: dict[str, object] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left"] = dict(_left)
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("everything") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Hear what a process has left; all of them leave the same."""
    output = getattr(node, "workeroutput", {})
    _left.update(Counter(output.get("left", {})) - _left)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left, and refuse to call it all where something was skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    if terminalreporter.config.getoption("everything"):
        if skipped:
            terminalreporter.section(
                "skipped, and so failed: `make test-all` skips nothing", red=True
            )
        return
    if _left:
        terminalreporter.section(f"left to `make test-all`: {_left.total()} tests")
        for row, number in sorted(_left.items()):
            terminalreporter.write_line(f"{number:5} {row}: {LEFT[row]}")
