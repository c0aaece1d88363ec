"""Who comes to the doors of a real web process with too much, too deep, too far, or too slowly?"""

from __future__ import annotations

import csv
import io
import json
import socket
import sqlite3
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import psutil
import pytest

from tests.attacks.record import Attempts
from tests.processes import ROOT, Process, answers, clean_environment, free_port, run_to_end

EXAMPLE = ROOT / "examples" / "api-campaign"
CODE = "DOORS-1"
API = f"/api/v1/campaigns/{CODE}"
MB = 1 << 20
MEMORY = 40
"""MB that the process may grow by while strangers send a hundred."""


class Door(NamedTuple):
    """A web process, and who may come to it."""

    web: Process
    url: str
    home: Path
    coordinator: dict[str, str]
    nominator: dict[str, str]

    def ask(self, method: str, path: str, who: dict[str, str], **more: Any) -> httpx.Response:
        headers = {**who, **more.pop("headers", {})}
        url = self.url + path
        return httpx.request(method, url, headers=headers, timeout=60, trust_env=False, **more)

    def memory(self) -> int:
        assert self.web.running is not None
        return psutil.Process(self.web.running.pid).memory_info().rss // MB


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("doors")
    home, port = folder / "home", free_port()
    env = clean_environment(THIDUA_HOME=str(home), LANG="C.UTF-8")
    thidua = [sys.executable, "-m", "cli.main", "--lang", "en"]
    for words in (
        ["init"],
        ["import", "units", str(EXAMPLE / "units.csv")],
        ["import", "people", str(EXAMPLE / "people.csv")],
        ["campaign", "create", "--code", CODE],
    ):
        run_to_end([*thidua, *words], env)

    def token(role: str, scopes: str) -> dict[str, str]:
        with (EXAMPLE / "people.csv").open(encoding="utf-8") as file:
            person = next(one["id"] for one in csv.DictReader(file) if role in one["roles"])
        said = run_to_end([*thidua, "token", "create", "--for", person, "--scope", scopes], env)
        return {"Authorization": f"Bearer {said.split()[-1]}"}

    coordinator = token("coordinator", "read,coordinate,nominate,approve")
    nominator = token("nominator", "read,nominate")
    url = f"http://127.0.0.1:{port}"
    web = Process(
        "web",
        [*thidua, "web", "--port", str(port)],
        folder / "web.log",
        env,
        lambda: answers(f"{url}/healthz"),
    )
    web.start()
    try:
        yield Door(web, url, home, coordinator, nominator)
    finally:
        web.stop()


def test_strangers_fill_neither_memory_nor_time(door: Door, attempt: Attempts, is_long) -> None:
    size = (50 if is_long else 20) * MB
    body = b'{"votes":[' + b'{"a":1},' * (size // 8)
    headers = {"Content-Type": "application/json"}
    before, slowest = door.memory(), 0.0
    with ThreadPoolExecutor(5) as crowd:
        sent = [
            crowd.submit(door.ask, "POST", f"{API}/votes", {}, content=body, headers=headers)
            for _ in range(4)
        ]
        while not all(one.done() for one in sent):
            started = time.monotonic()
            known = door.ask("GET", "/api/v1/whoami", door.coordinator).status_code
            slowest = max(slowest, time.monotonic() - started)
            attempt("others are answered meanwhile", held=known == 200 and slowest < 15)
    for one in sent:
        attempt("anonymous body is refused unread", held=one.result().status_code == 401)
    attempt("memory does not grow with bodies", held=door.memory() - before < MEMORY)


def test_long_boxes_of_one_nominator_are_refused(door: Door, attempt: Attempts) -> None:
    before = door.memory()
    content = json.dumps({"boxes": {"name": "x" * 3 * MB}}).encode()
    headers = {"Content-Type": "application/json"}
    for _ in range(3):
        answer = door.ask(
            "POST", f"{API}/nominations", door.nominator, content=content, headers=headers
        )
        attempt("box of 3 MB", held=answer.status_code == 413)
    attempt("memory does not grow with boxes", held=door.memory() - before < MEMORY)


def test_json_of_every_depth_is_no_crash(door: Door, attempt: Attempts, is_long) -> None:
    headers = {"Content-Type": "application/json"}
    deep = [*range(1, 36), 100, 990, 1_000, 5_000, 100_000]
    for levels in deep if is_long else deep[::4]:
        for opened, closed in ((b"[", b"]"), (b'{"boxes":', b"}")):
            body = opened * levels + b"1" + closed * levels
            answer = door.ask(
                "POST", f"{API}/nominations", door.coordinator, content=body, headers=headers
            )
            attempt(f"{levels} levels of {opened!r}", held=400 <= answer.status_code < 500)


def test_numbers_and_days_too_far_are_no_crash(door: Door, attempt: Attempts) -> None:
    row = {"nomination": "A", "member_id": "P001"}
    for number in (-(10**30), 2**31, 2**63, 10**23, 10**400, 1e308):
        for path, body in (
            ("nominations", {"boxes": {"code": "X", "rank": number}}),
            ("votes", {"votes": [{**row, "session": number}]}),
            ("messages/release", {"seen": [number]}),
        ):
            answer = door.ask("POST", f"{API}/{path}", door.coordinator, json=body)
            attempt(f"{path}: {str(number)[:9]}", held=400 <= answer.status_code < 500)
    for day in ("0001-01-01", "9999-12-31"):
        more = {"substitute_id": "P001", "first_on": day, "last_on": day, "letter": "1"}
        answer = door.ask("POST", f"{API}/delegations", door.coordinator, json=more)
        attempt(f"delegation on {day}", held=answer.status_code == 422)
        more = {"until": f"{day}T23:59:59-14:00", "reason": "x"}
        path = f"{API}/stages/nomination/extensions"
        answer = door.ask("POST", path, door.coordinator, json=more)
        attempt(f"extension until {day}", held=answer.status_code == 422)


def test_addresses_that_mean_another_thing_lead_nowhere(door: Door, attempt: Attempts) -> None:
    for code in ("../../etc/passwd", "..", ".", "%2e%2e", "a?b", "100%", "\uf8ff", "Н-01"):
        if code.strip("."):  # clients resolve dots themselves
            answer = door.ask("GET", f"{API}/nominations/{quote(code, safe='')}", door.coordinator)
            attempt(f"opens {code!r}", held=answer.status_code == 404)
        body = {"boxes": {"code": code}}
        answer = door.ask("POST", f"{API}/nominations", door.coordinator, json=body)
        attempt(f"sends {code!r}", held=answer.status_code == 422)


def packed(sheets: int, rows: int) -> bytes:
    """Give a workbook whose many sheets are one and the same part."""
    rel, listed = "", ""
    for number in range(sheets):
        rel += f'<Relationship Id="r{number}" Type="x/worksheet" Target="worksheets/s.xml"/>'
        listed += f'<sheet name="s{number}" r:id="r{number}"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        book.writestr(
            "xl/workbook.xml", f'<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>'
        )
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{rel}</Relationships>")
        sheet = "<row/>" * rows
        book.writestr(
            "xl/worksheets/s.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"
        )
    return file.getvalue()


@pytest.mark.parametrize(("sheets", "rows"), [(2, 10), (300, 500_000), (21, 10), (1, 5_000_000)])
def test_small_workbook_takes_no_long_time(door: Door, attempt: Attempts, sheets, rows) -> None:
    assert door.web.running is not None
    process = psutil.Process(door.web.running.pid)
    before = sum(process.cpu_times()[:2])
    file = {"file": ("units.xlsx", packed(sheets, rows))}
    answer = door.ask("POST", "/api/v1/units/import?dry_run=true", door.coordinator, files=file)
    attempt(f"{sheets} sheets of one part", held=answer.status_code == 422)
    took = sum(process.cpu_times()[:2]) - before
    attempt(f"{sheets} sheets of {rows} rows: {took:.1f} s", held=took < 2)


def test_one_person_does_not_take_all_places(door: Door, attempt: Attempts) -> None:
    host, port = door.url.removeprefix("http://").split(":")
    sockets = [socket.create_connection((host, int(port))) for _ in range(24)]
    head = (
        f"POST {API}/nominations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    )
    head += f"Authorization: {door.nominator['Authorization']}\r\nContent-Length: 1000\r\n\r\n"
    try:
        for one in sockets:
            one.sendall(head.encode() + b"{")
        time.sleep(2)
        own = door.ask("GET", "/api/v1/whoami", door.nominator)
        attempt("who has 16 under way waits", held=own.status_code == 429)
        attempt("and is told until when", held=int(own.headers.get("Retry-After", 0)) > 0)
        other = door.ask("GET", "/api/v1/whoami", door.coordinator)
        attempt("others are answered", held=other.status_code == 200)
    finally:
        for one in sockets:
            one.close()


def test_body_that_never_comes_is_given_up(door: Door, attempt: Attempts, is_long) -> None:
    if not is_long:
        attempt("20 seconds: tried by `make attacks`", held=True)
        return
    host, port = door.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as one:
        head = f"POST {API}/nominations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        head += f"Authorization: {door.nominator['Authorization']}\r\nContent-Length: 9\r\n\r\n"
        one.sendall(head.encode() + b"{")
        started = time.monotonic()
        said = one.recv(65_536)
        attempt("body is given up", held=b" 408 " in said.split(b"\r\n")[0])
        attempt("in time", held=time.monotonic() - started < 40)


def test_locked_database_stops_no_reading(door: Door, attempt: Attempts) -> None:
    holder = sqlite3.connect(door.home / "thidua.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        for path in ("/api/v1/whoami", "/api/v1/campaigns", f"{API}/stages"):
            answer = door.ask("GET", path, door.coordinator)
            attempt(f"reads {path}", held=answer.status_code == 200)
        ready = door.ask("GET", "/readyz", {})
        attempt("is not ready", held=ready.status_code == 503 and "Retry-After" in ready.headers)
        answer = door.ask("POST", f"{API}/launch", door.coordinator, json={})
        attempt("act is told when to come again", held=answer.status_code == 503)
        attempt("in named words", held=answer.json()["code"] == "database-busy")
        attempt("with a time", held=int(answer.headers.get("Retry-After", 0)) > 0)
    finally:
        holder.rollback()
        holder.close()
    attempt("is ready again", held=door.ask("GET", "/readyz", {}).status_code == 200)
