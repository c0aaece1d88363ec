"""What every test gets: homes of its own, and one Prefect server to share."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Prefect reads its settings when it is imported, and without them a test run would write into the
# user's own ~/.prefect. So this stands before anything that could import it.
if "prefect" in sys.modules:
    message = "prefect was imported before tests/conftest.py could give it a home of its own"
    raise RuntimeError(message)

HOME = Path(tempfile.mkdtemp(prefix="thidua-tests-"))

for name in list(os.environ):
    # What the developer has set for a real installation must not reach the tests.
    if name.startswith("PREFECT_") or (
        name.startswith("THIDUA_") and not name.startswith("THIDUA_TEST_")
    ):
        del os.environ[name]

os.environ.update(
    PREFECT_HOME=str(HOME / "prefect"),
    PREFECT_LOGGING_LEVEL="WARNING",
    PREFECT_LOGGING_TO_API_ENABLED="false",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS="120",
    PREFECT_CLI_COLORS="false",
    THIDUA_HOME=str(HOME / "thidua"),
    DO_NOT_TRACK="1",
)

from tests.attacks import record  # noqa: E402 - after the settings
from tests.processes import PASSWORD, free_port  # noqa: E402 - as above
from tests.servers import prefect_server  # noqa: E402 - as above

pytest_plugins = ["tests.databases", "tests.selection", "tests.worlds"]

# Time limits per example fail on a busy machine and prove nothing; pytest-timeout guards the whole.
hypothesis.settings.register_profile("thidua", deadline=None)
hypothesis.settings.load_profile("thidua")

COUNTS = "counts"
"""Property of a test whose text is shown at the end of the run, whichever process it ran in."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the options of the attacks."""
    record.add_option(parser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the counts that tests have handed in."""
    record.summarise(terminalreporter)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == COUNTS and report.when == "call":
                    terminalreporter.section(report.nodeid)
                    terminalreporter.write_line(str(text))


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to part tests that build on each other: a pytest-xdist too old for pytest would."""
    if session.config.getoption("loadgroup", default=False):
        for item in session.items:
            grouped = item.get_closest_marker("xdist_group") is not None
            assert not grouped or "@" in item.nodeid, f"pytest-xdist parts groups: {item.nodeid}"


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a Prefect server of this test run; flows called in the test report to it.

    Starting it takes about half a minute, nearly all of it for its empty database, so it is
    started once, and only when a test asks for it.
    """
    from prefect.settings import (  # noqa: PLC0415 - takes seconds
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        temporary_settings,
    )

    folder, port = tmp_path_factory.mktemp("prefect-api"), free_port()
    env = {**os.environ, "PREFECT_HOME": str(folder), "PREFECT_SERVER_API_AUTH_STRING": PASSWORD}
    server = prefect_server("prefect", folder, port, env)
    url = f"http://127.0.0.1:{port}/api"
    server.start()
    try:
        with (
            pytest.MonkeyPatch.context() as patch,
            temporary_settings({PREFECT_API_URL: url, PREFECT_API_AUTH_STRING: PASSWORD}),
        ):
            # For the processes that tests start.
            patch.setenv("PREFECT_API_AUTH_STRING", PASSWORD)
            yield url
    finally:
        server.stop()
