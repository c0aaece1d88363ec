"""Is Prefect's API a shell? Whoever lacks its password gets nothing, and whoever has it no command.

Attacked are the servers as they are really started: by `thidua up`, by one command for itself, and
by the shared set-up.
"""

from __future__ import annotations

import contextlib
import socket
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.attacks import prefect_servers
from tests.attacks.prefect_servers import Server
from tests.attacks.record import Attempts
from tests.processes import until

ANY = "00000000-0000-0000-0000-000000000000"
ASKED = [
    ("GET", "/api/version"),
    ("GET", "/api/admin/settings"),
    ("GET", "/api/work_pools/thidua"),
    ("GET", "/api/flow_runs/" + ANY),
    ("GET", "/api/csrf-token?client=me"),
    ("GET", "/api/openapi.json"),
    ("POST", "/api/flow_runs/filter"),
    ("POST", "/api/flow_runs/"),
    ("POST", "/api/deployments/"),
    ("POST", f"/api/deployments/{ANY}/create_flow_run"),
    ("POST", "/api/work_pools/"),
    ("PATCH", "/api/work_pools/thidua"),
    ("DELETE", "/api/work_pools/thidua"),
    ("POST", "/api/block_documents/"),
    ("POST", "/api/variables/"),
    ("POST", "/api/automations/"),
    ("POST", "/api/events"),
    ("POST", "/api/admin/database/clear"),
    ("GET", "/api/variables/name/health"),
    ("GET", "/api//health/../version"),
]
WRONG = ["Basic", "Basic Og==", "Basic dGhpZHVhOg==", "Bearer x", "Basic dGhpZHVhOnRoaWR1YQ=="]
STREAMS = ["events/in", "events/out", "logs/out", "task_runs/subscriptions/scheduled"]
HOSTS = [
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1.evil.example",
    "localhost.evil.example:{port}",
    "evil.example@127.0.0.1:{port}",
    "127.0.0.1:{port}@evil.example",
    "127.0.0.1:evil",
    "[::ffff:10.0.0.1]",
    "192.0.2.1",
    "",
]
ORIGINS = [
    "http://evil.example",
    "https://evil.example:{port}",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost.evil.example:{port}",
    "http://127.0.0.1:{port}.evil.example",
    "null",
    "file://",
    "chrome-extension://127.0.0.1:{port}",
]


@pytest.fixture(scope="module", params=prefect_servers.KINDS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with prefect_servers.KINDS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


def raw(server: Server, text: str) -> int:
    """Send octets as they are; return the status of the answer, 0 where there is none."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(text.encode())
        answer = line.recv(200)
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


def handshake(server: Server, path: str, host: str, *headers: str) -> int:
    lines = [
        f"GET /api/{path} HTTP/1.1",
        f"Host: {host}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: prefect",
        *headers,
    ]
    return raw(server, "\r\n".join(lines) + "\r\n\r\n")


def test_nothing_is_told_or_done_without_the_password(server: Server, attempt: Attempts):
    for shown in ("", *WRONG):
        with server.stranger(**({"Authorization": shown} if shown else {})) as stranger:
            for method, path in ASKED:
                status = stranger.request(method, path, json={}).status_code
                attempt(f"{method} {path} with {shown!r}: {status}", held=status in {401, 403, 404})


def test_health_alone_is_told_to_anybody(server: Server):
    with server.stranger() as stranger:
        assert stranger.get("/api/health").json() is True


def test_stream_tells_nothing_without_the_password(server: Server, attempt: Attempts):
    import websockets.sync.client as websockets  # noqa: PLC0415 - Prefect brings it
    from websockets.exceptions import ConnectionClosed, InvalidStatus  # noqa: PLC0415

    for path in STREAMS:
        for token in ("", "thidua:", "thidua:thidua"):
            told: object = None
            with contextlib.suppress(ConnectionClosed, InvalidStatus, TimeoutError):  # noqa: SIM117
                with websockets.connect(
                    f"ws://127.0.0.1:{server.port}/api/{path}",
                    subprotocols=["prefect"],  # type: ignore[list-item]
                    proxy=None,
                ) as stream:
                    stream.send(f'{{"type": "auth", "token": "{token}"}}')
                    told = stream.recv(timeout=5)
            attempt(f"{path} with {token!r}: {told!r}", held=told is None)


def test_page_of_another_address_is_refused_even_with_the_password(
    server: Server, attempt: Attempts
):
    with server.insider() as insider:
        for pattern in ORIGINS:
            origin = pattern.format(port=server.port)
            asked = insider.post("/api/flow_runs/filter", json={}, headers={"Origin": origin})
            told = asked.headers.get("access-control-allow-origin")
            attempt(f"POST from {origin}", held=asked.status_code == 403 and told is None)
            wish = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            before = insider.options("/api/flow_runs/filter", headers=wish)
            told = before.headers.get("access-control-allow-origin")
            attempt(f"OPTIONS from {origin}", held=before.status_code == 403 and told is None)
            seen = handshake(server, "events/out", f"127.0.0.1:{server.port}", f"Origin: {origin}")
            attempt(f"stream from {origin}: {seen}", held=seen == 403)
        own = {"Origin": server.url}
        assert insider.post("/api/flow_runs/filter", json={}, headers=own).status_code == 200


def test_other_name_of_this_machine_is_refused_even_with_the_password(
    server: Server, attempt: Attempts
):
    with server.insider() as insider:
        for pattern in HOSTS:
            host = pattern.format(port=server.port)
            headers = {"Host": host, "Origin": f"http://{host}"}
            status = insider.post("/api/flow_runs/filter", json={}, headers=headers).status_code
            attempt(f"Host {host!r}: {status}", held=status == 400)
            seen = handshake(server, "events/out", host)
            attempt(f"stream at {host!r}: {seen}", held=seen in {400, 403})
        request = insider.build_request("GET", "/api/version")
        twice = (
            f"GET /api/version HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nHost: evil.example\r\n"
            f"Authorization: {httpx_authorization(insider, request)}\r\n\r\n"
        )
        attempt("two names at once", held=raw(server, twice) == 400)
        assert insider.get("/api/version").status_code == 200


def httpx_authorization(client: httpx.Client, request: httpx.Request) -> str:
    assert client.auth is not None
    return str(next(client.auth.sync_auth_flow(request)).headers["Authorization"])


def test_password_alone_sends_nothing(server: Server, attempt: Attempts):
    """A browser that has the password would add it by itself to what a page sends."""
    with server.insider() as insider:
        for name in ("Prefect-Csrf-Token", "Prefect-Csrf-Client"):
            del insider.headers[name]
        for method, path in ASKED:
            if method != "GET":
                status = insider.request(method, path, json={}).status_code
                attempt(f"{method} {path} without a token: {status}", held=status == 403)


def test_what_it_keeps_is_for_its_owner_only(server: Server, attempt: Attempts):
    attempt("files of the home", held=prefect_servers.modes_open_to_others(server.home) == [])


# --- With the password: does a run carry out what somebody wrote? --------------------------------


class Insider:
    """Somebody who knows the password, and would like this machine to make a file."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.client = server.insider()
        self.mark = folder / f"mark-{uuid.uuid4().hex}"
        self.command = f"touch {self.mark}"
        self.evil = folder / "evil.py"
        self.evil.write_text(
            f"import pathlib; pathlib.Path({str(self.mark)!r}).touch()\n"
            "from prefect import flow\n"
            "@flow(name='campaign-cycle')\ndef evil(campaign_code='', recorded_acts=None): pass\n",
            encoding="utf-8",
        )

    def deployment(self, name: str = "publish-board") -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/api/deployments/name/{name}/{name}").json()
        return found

    def run(self, deployment_id: str, **body: object) -> str | None:
        """Ask for a run; return its id, None where it is refused."""
        wanted = {"state": {"type": "SCHEDULED"}, **body}
        answer = self.client.post(f"/api/deployments/{deployment_id}/create_flow_run", json=wanted)
        return str(answer.json()["id"]) if answer.is_success else None

    def wait(self, run: str | None) -> None:
        """Wait until a run has ended, however."""
        if run is not None:
            until(lambda: self._has_ended(run), 120, f"run {run} has ended")

    def _has_ended(self, run: str) -> bool:
        time.sleep(0.3)
        found = self.client.get(f"/api/flow_runs/{run}").json()
        return found["state"]["type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with prefect_servers.up(tmp_path_factory.mktemp("running")) as server:
        yield server


@pytest.fixture
def insider(running: Server, tmp_path: Path) -> Iterator[Insider]:
    made = Insider(running, tmp_path)
    with made.client:
        yield made


def test_run_chooses_no_command_environment_or_folder(insider: Insider, attempt: Attempts):
    wishes: list[dict[str, object]] = [
        {"command": insider.command},
        {"env": {"PYTHONPATH": str(insider.evil.parent), "PYTHONSTARTUP": str(insider.evil)}},
        {"env": {"PREFECT__FLOW_ENTRYPOINT": f"{insider.evil}:evil"}},
        {"env.PREFECT__FLOW_ENTRYPOINT": f"{insider.evil}:evil"},
        {"env": {"THIDUA_HOME": str(insider.evil.parent)}, "working_dir": str(insider.evil.parent)},
    ]
    board = insider.deployment()
    for wish in wishes:
        run = insider.run(board["id"], job_variables=wish)
        insider.wait(run)
        held = not insider.mark.exists()
        attempt(f"run with {wish}", held=held and run is None)
        place = f"/api/deployments/{board['id']}"
        answer = insider.client.patch(place, json={"job_variables": wish})
        run = insider.run(board["id"])
        insider.wait(run)
        attempt(f"deployment with {wish}", held=not insider.mark.exists())
        assert answer.status_code in {204, 409, 422}, answer.text
        insider.client.patch(place, json={"job_variables": {}})


def test_work_pool_chooses_no_command(insider: Insider, attempt: Attempts):
    path = "/api/work_pools/thidua"
    before = insider.client.get(path).json()["base_job_template"]
    evil = {
        "job_configuration": {
            "command": insider.command,
            "env": {"PREFECT__FLOW_ENTRYPOINT": f"{insider.evil}:evil"},
            "working_dir": str(insider.evil.parent),
        },
        "variables": {"type": "object", "properties": {}},
    }
    try:
        changed = insider.client.patch(path, json={"base_job_template": evil})
        run = insider.run(insider.deployment()["id"])
        insider.wait(run)
        attempt("command of the work pool", held=not insider.mark.exists())
        assert changed.is_success, "the attempt would prove nothing"
        assert run is not None
    finally:
        insider.client.patch(path, json={"base_job_template": before})


def test_deployment_chooses_no_code(insider: Insider, attempt: Attempts):
    flow = insider.client.get("/api/flows/name/campaign-cycle").json()["id"]
    other = insider.client.post("/api/flows/", json={"name": "evil"}).json()["id"]
    shell = {"prefect.deployments.steps.run_shell_script": {"script": insider.command}}
    wishes: list[dict[str, object]] = [
        {"flow_id": flow, "entrypoint": f"{insider.evil}:evil"},
        {"flow_id": flow, "entrypoint": "evil:evil", "path": str(insider.evil.parent)},
        {"flow_id": flow, "entrypoint": "flows.cycle:campaign_cycle", "pull_steps": [shell]},
        {"flow_id": other, "entrypoint": f"{insider.evil}:evil"},
        {"flow_id": other, "entrypoint": f"{insider.evil}:evil", "pull_steps": [shell]},
    ]
    for number, wish in enumerate(wishes):
        body = {"name": f"evil-{number}", "work_pool_name": "thidua", **wish}
        made = insider.client.post("/api/deployments/", json=body)
        assert made.is_success, made.text
        run = insider.run(made.json()["id"], parameters={"campaign_code": "NONE"})
        assert run is not None
        insider.wait(run)
        attempt(f"deployment {wish}", held=not insider.mark.exists())
        insider.client.delete(f"/api/deployments/{made.json()['id']}")


def test_runs_of_ours_still_run(insider: Insider):
    run = insider.run(insider.deployment()["id"])
    insider.wait(run)

    assert insider.client.get(f"/api/flow_runs/{run}").json()["state"]["type"] == "COMPLETED"
