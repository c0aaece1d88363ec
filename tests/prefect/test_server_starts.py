"""Does a real Prefect server start with the pinned versions?

A wrong FastAPI beside Prefect installs and imports without a word, and the server then dies while
it builds its routes. Only starting it shows that.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.processes import PREFECT_AUTH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 180  # an empty database alone takes 20 to 30 s on two busy cores
STOP_SECONDS = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(home: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "prefect", "server", "start"]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    environment = os.environ | {"PREFECT_HOME": str(home), "PREFECT_LOGGING_LEVEL": "INFO"}
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_healthy(client: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}:\n{log.read_text()}")
        try:
            if client.get("/health").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # it does not listen yet
        time.sleep(0.1)
    pytest.fail(f"the server was not ready after {START_SECONDS} s:\n{log.read_text()}")


def test_server_starts_with_the_pinned_versions(tmp_path):
    port, log = free_port(), tmp_path / "server.log"

    with (
        server(tmp_path / "home", port, log) as process,
        httpx.Client(base_url=f"http://127.0.0.1:{port}/api", trust_env=False) as client,
    ):
        wait_until_healthy(client, process, log)
        api_version = client.get("/version")
        server_version = client.get("/admin/version")

    assert api_version.status_code == httpx.codes.OK
    assert server_version.json() == version("prefect")
    assert (tmp_path / "home" / "prefect.db").exists()


def test_flow_run_reaches_the_shared_server(prefect_api):
    import prefect  # noqa: PLC0415 - takes seconds to import

    @prefect.flow(name="hello")
    def hello() -> str:
        return "xin chào"

    state = hello(return_state=True)
    run_id = state.state_details.flow_run_id
    stored = httpx.get(
        f"{prefect_api}/flow_runs/{run_id}", auth=PREFECT_AUTH, trust_env=False, timeout=30
    )

    assert state.result() == "xin chào"
    assert stored.json()["state"]["type"] == "COMPLETED"
