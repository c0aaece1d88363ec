"""Leaders read Prefect's UI through nginx, and nothing they send there changes anything."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests import servers
from tests.processes import ROOT, Process, answers, clean_environment, free_port

CONFIGURATION = ROOT / "deploy" / "nginx" / "prefect-read-only.conf"
SECRET = "admin:of-prefect-itself"  # noqa: S105 - of a server that lives for one test
LEADER = ("lan", "doc-thoi")
AROUND = """\
{user}
worker_processes 1;
pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  include /etc/nginx/mime.types;
{shipped}
}}
"""
CONTENT = """\
from prefect import flow
from prefect.artifacts import create_table_artifact

@flow(name="campaign-cycle", flow_run_name="DVK/cycle/run")
def campaign_cycle():
    create_table_artifact(key="campaign-board", table=[{"campaign": "DVK"}])

campaign_cycle()
"""
READS = re.compile(
    r"GET .*|POST .*/(filter|paginate|count|history|lateness|concurrency_status|count-deployments"
    r"|next-runs|count-task-runs|counts|count-by/[^/]+)"
)
"""What may be allowed at all."""
NEVER = re.compile(r".*/api/(block_\w+|variables|admin/(settings|storage)|.*/input)(/.*)?")
"""What is refused although it is only read: secrets, settings, what people typed."""


@dataclass
class Proxied:
    """A Prefect server with a password, nginx before it, and a run to look at."""

    direct: httpx.Client
    leader: httpx.Client
    stranger: httpx.Client
    run_id: str


def _configuration(folder: Path, upstream: int, port: int) -> str:
    """Return the shipped configuration, with other paths, other ports and no certificate."""
    token = base64.b64encode(SECRET.encode()).decode()
    auth = f'proxy_set_header Authorization "Basic {token}";\n'
    (folder / "prefect-auth.conf").write_text(auth, encoding="utf-8")
    (folder / "tls.conf").write_text("", encoding="utf-8")
    shutil.copy(CONFIGURATION.with_name("ui-settings.json"), folder)
    (folder / "leaders.htpasswd").write_text(f"{LEADER[0]}:{{PLAIN}}{LEADER[1]}\n", "utf-8")
    shipped = CONFIGURATION.read_text("utf-8")
    for here, there in (
        ("/etc/nginx/thidua/", f"{folder}/"),
        ("server 127.0.0.1:4200;", f"server 127.0.0.1:{upstream};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
    ):
        assert here in shipped
        shipped = shipped.replace(here, there)
    user = "user root;" if os.getuid() == 0 else ""
    return AROUND.format(user=user, folder=folder, shipped=shipped)


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxy")
    upstream, port = free_port(), free_port()
    env = clean_environment(
        PREFECT_HOME=str(folder / "prefect"),
        PREFECT_API_URL=f"http://127.0.0.1:{upstream}/api",
        PREFECT_SERVER_API_AUTH_STRING=SECRET,
        PREFECT_API_AUTH_STRING=SECRET,
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
    )
    server = servers.prefect_server("server", folder, upstream, env)
    user, _, password = SECRET.partition(":")
    server.ready = lambda: answers(f"http://127.0.0.1:{upstream}/api/health", (user, password))
    started: list[Process] = [
        server,
        servers.nginx(folder, _configuration(folder, upstream, port), port),
    ]
    try:
        for process in started:
            process.start()
        subprocess.run([sys.executable, "-c", CONTENT], env=env, check=True, capture_output=True)
        front, behind = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{upstream}"
        with (
            httpx.Client(
                base_url=behind, auth=(user, password), trust_env=False, timeout=120
            ) as direct,
            httpx.Client(base_url=front, auth=LEADER, trust_env=False, timeout=30) as leader,
            httpx.Client(base_url=front, trust_env=False) as stranger,
        ):
            for client in (direct, leader):
                _take_csrf_token(client)
            runs = direct.post("/api/flow_runs/filter", json={}).json()
            yield Proxied(direct, leader, stranger, runs[0]["id"])
    finally:
        servers.stop_all(started)


def _take_csrf_token(client: httpx.Client) -> None:
    """Have a client show the token that Prefect wants with what is sent, as the UI does."""
    me = str(uuid4())
    told = client.get("/api/csrf-token", params={"client": me})
    client.headers["Prefect-Csrf-Client"] = me
    client.headers["Prefect-Csrf-Token"] = told.json()["token"]


def operations(proxied: Proxied) -> list[tuple[str, str]]:
    """Return everything Prefect's API can do, aimed at the run there is."""
    described = proxied.direct.get("/api/openapi.json").json()["paths"]
    found = []
    for path, methods in described.items():
        full = path if path.startswith("/api") else f"/api{path}"
        aimed = re.sub(r"\{(id|\w+_id)\}", proxied.run_id, full)
        aimed = re.sub(r"\{(\w+)\}", "event", aimed)
        found += [(method.upper(), aimed) for method in methods]
    return found


@pytest.mark.parametrize(
    "question",
    ["flow_runs", "task_runs", "artifacts", "events", "deployments", "automations", "work_pools"],
)
def test_leader_reads_lists(proxied: Proxied, question: str):
    assert proxied.leader.post(f"/api/{question}/filter", json={}).status_code == 200


def test_leader_reads_the_run_its_graph_and_its_artifact(proxied: Proxied):
    paths = [
        f"/api/flow_runs/{proxied.run_id}",
        f"/api/flow_runs/{proxied.run_id}/graph-v2",
        "/api/artifacts/campaign-board/latest",
    ]

    assert [proxied.leader.get(path).status_code for path in paths] == [200] * 3


def test_leader_gets_the_pages_of_the_ui(proxied: Proxied):
    page = proxied.leader.get("/v2/runs", headers={"Accept": "text/html"})

    assert page.status_code == 200
    assert "<div id=" in page.text


def test_ui_calls_the_proxy_and_asks_for_no_password_of_prefects(proxied: Proxied):
    told = proxied.leader.get("/ui-settings").json()

    assert (told["api_url"], told["auth"]) == ("/api", None)
    ours = proxied.direct.get("/ui-settings").json()
    assert set(told) == set(ours)
    assert told["csrf_enabled"] is ours["csrf_enabled"] is True


def test_nobody_reads_without_a_password(proxied: Proxied):
    for path in ("/", "/ui-settings", "/v2/runs", f"/api/flow_runs/{proxied.run_id}"):
        assert proxied.stranger.get(path).status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_page_of_another_address_reads_nothing(proxied: Proxied, origin: str):
    asked = proxied.leader.post("/api/flow_runs/filter", json={}, headers={"Origin": origin})

    assert asked.status_code == 403


def test_page_of_the_proxy_itself_reads(proxied: Proxied):
    own = {"Origin": str(proxied.leader.base_url).rstrip("/")}

    assert proxied.leader.post("/api/flow_runs/filter", json={}, headers=own).status_code == 200


def test_whatever_is_no_reading_is_refused(proxied: Proxied):
    """Every operation the server itself describes, those of tomorrow's version included."""
    passed = []
    for method, path in operations(proxied):
        if READS.fullmatch(f"{method} {path}"):
            continue
        answer = proxied.leader.request(method, path, content=b"{}")
        if answer.status_code != 403:
            passed.append((method, path, answer.status_code))

    assert passed == []
    run = proxied.direct.get(f"/api/flow_runs/{proxied.run_id}").json()
    assert run["state"]["type"] == "COMPLETED"


def test_secrets_and_settings_are_refused_although_they_are_only_read(proxied: Proxied):
    told = [
        (method, path)
        for method, path in operations(proxied)
        if NEVER.fullmatch(f"{method} {path}")
        and proxied.leader.request(method, path, content=b"{}").status_code != 403
    ]

    assert told == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/flow_runs/filter/../{id}/set_state"),
        ("POST", "/api/flow_runs/{id}/set_state/../../filter"),
        ("POST", "/api/flow_runs/{id}%2Fset_state"),
        ("POST", "/api/flow_runs/{id}/set_state%2f..%2f..%2ffilter"),
        ("POST", "/api//flow_runs/{id}/set_state"),
        ("POST", "//api/flow_runs/{id}/set_state"),
        ("POST", "/API/flow_runs/{id}/set_state"),
        ("POST", "/v2/../api/flow_runs/{id}/set_state"),
        ("DELETE", "/api/flow_runs/{id}?/filter"),
        ("DELETE", "/api/flow_runs/%66ilter/../{id}"),
        ("POST", "/api/flow_runs/{id}/resume"),
        ("delete", "/api/flow_runs/{id}"),
    ],
)
def test_other_spellings_of_a_change_are_refused(proxied: Proxied, method: str, path: str):
    connection = http.client.HTTPConnection(proxied.leader.base_url.netloc.decode(), timeout=30)
    token = base64.b64encode(":".join(LEADER).encode()).decode()
    connection.request(
        method,
        path.format(id=proxied.run_id),
        body=json.dumps({"state": {"type": "CANCELLING"}, "force": True}),
        headers={"Authorization": f"Basic {token}", "X-HTTP-Method-Override": "POST"},
    )
    answer = connection.getresponse()
    connection.close()

    assert answer.status in {400, 403, 405}
    run = proxied.direct.get(f"/api/flow_runs/{proxied.run_id}").json()
    assert run["state"]["type"] == "COMPLETED"


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": "prefect",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/events/out", 101),
        ("/api/events/in", 403),
        ("/api/task_runs/subscriptions/scheduled", 403),
        ("/api/work_pools/thidua/workers/connect", 403),
        ("/api/flow_runs/filter", 403),
    ],
)
def test_only_streams_that_tell_are_opened(proxied: Proxied, path: str, status: int):
    with proxied.leader.stream("GET", path, headers=UPGRADE) as answer:
        assert answer.status_code == status
