"""The campaign of `examples/api-campaign`, over the API alone, on a running `thidua up`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import ROOT, Process, answers, clean_environment, free_port, run_to_end
from tests.rehearsals import THIDUA

pytestmark = [pytest.mark.xdist_group("up"), pytest.mark.timeout(1_200)]
EXAMPLE = ROOT / "examples" / "api-campaign"


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Run an installation; give the address of its web process, and its environment."""
    home, ports = tmp_path / "home", (free_port(), free_port())
    environment = clean_environment(THIDUA_HOME=str(home), THIDUA=THIDUA, LANG="C.UTF-8")
    command = [THIDUA, "--lang", "en", "up", "--prefect-port", str(ports[0])]
    url = f"http://127.0.0.1:{ports[1]}"
    log = tmp_path / "up.log"
    up = Process("up", [*command, "--web-port", str(ports[1])], log, environment, patience=300)
    up.ready = lambda: "Everything runs" in log.read_text("utf-8") and answers(f"{url}/readyz")
    try:
        up.start()
        yield url, environment
    finally:
        up.stop()


def test_campaign_driven_over_the_api_alone_comes_to_its_end(web, tmp_path: Path):
    url, environment = web

    def run(script: str, *arguments: str) -> str:
        return run_to_end([sys.executable, str(EXAMPLE / script), *arguments], environment, 1_000)

    run("prepare.py", str(tmp_path / "api"))
    printed = run("run.py", url, str(tmp_path / "api" / "tokens.json"))

    assert "As it should be" in printed
