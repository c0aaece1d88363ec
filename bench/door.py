"""How many nominations a second does the API take, from many units at once?

    python -m bench.door [--submissions N] [--campaigns N] [--processes N] [--database URL]

Real web processes on loopback, a request and an answer per nomination, campaigns by turns. Clients,
web processes and database share the machine, so that the figure is rather too low than too high.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from bench.cycle import new_home, write_input
from bench.ports import free_port
from bench.scale import open_nominations
from bench.synthetic import DISTRICTS, Province
from campaigns.bootstrap import App
from campaigns.rehearsal.recorded import Folder, RecordedActs, prepare
from campaigns.services.access import tokens
from documents.writing.tables import Value

_AT_ONCE: Final = 16
"""Requests under way at one moment."""
_PATIENCE: Final = 60


def prepared(app: App, folder: Path, campaigns: int) -> tuple[list[str], list[str]]:
    """Open campaigns for nominations; return their codes and a token per district."""
    codes = []
    for number in range(campaigns):
        playbook = Province(0).playbook().model_copy(update={"code": f"P-{number:02d}"})
        code = prepare(app, Folder(folder), playbook)
        open_nominations(app, code, RecordedActs(app, code, folder))
        codes.append(code)
    made = (
        app.act(None, tokens.create, f"P-N{number:02d}", ["nominate"], 1)[0]
        for number in range(DISTRICTS)
    )
    return codes, list(made)


@contextmanager
def web_processes(count: int) -> Iterator[list[str]]:
    """Run web processes; give their addresses."""
    ports = [free_port() for _ in range(count)]
    command = (sys.executable, "-m", "cli.main", "web", "--port")
    running = [subprocess.Popen([*command, str(port)]) for port in ports]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    try:
        for url in urls:
            _wait_for(url)
        yield urls
    finally:
        for one in running:
            one.terminate()
            one.wait()


def _wait_for(url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if httpx.get(f"{url}/healthz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit(f"{url} does not answer")


async def submit(
    urls: list[str], codes: list[str], keys: list[str], forms: list[dict[str, Value]]
) -> list[float]:
    """Send nominations; return how many seconds each took."""
    todo = iter(enumerate(forms))
    spent: list[float] = []

    async def client(url: str) -> None:
        async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
            for number, boxes in todo:
                started = time.perf_counter()
                answer = await http.post(
                    f"/api/v1/campaigns/{codes[number % len(codes)]}/nominations",
                    json={"boxes": boxes},
                    headers={"Authorization": f"Bearer {keys[number % DISTRICTS]}"},
                )
                if not answer.is_success:
                    sys.exit(f"{answer.status_code} {answer.text}")
                spent.append(time.perf_counter() - started)

    await asyncio.gather(*(client(urls[number % len(urls)]) for number in range(_AT_ONCE)))
    return spent


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.door")
    parser.add_argument("--submissions", type=int, default=2_000)
    parser.add_argument("--campaigns", type=int, default=34)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--database", default="")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        write_input(Province(0), Path(folder))
        app = new_home(Path(home), wanted.database)
        province = Province(wanted.submissions)
        forms = list(province.boxes(province.playbook()))
        codes, keys = prepared(app, Path(folder), wanted.campaigns)
        app.store.engine.dispose()
        with web_processes(wanted.processes) as urls:
            started = time.perf_counter()
            spent = asyncio.run(submit(urls, codes, keys, forms))
            took = time.perf_counter() - started
    shares = statistics.quantiles(spent, n=100)
    where = "PostgreSQL" if wanted.database else "SQLite"
    figures = {
        "case": f"door: {_AT_ONCE} clients, {where}",
        "n": len(spent),
        "ms_per_item": took / len(spent) * 1e3,
        "per_second": len(spent) / took,
        "ms_median": shares[49] * 1e3,
        "ms_99_of_100": shares[98] * 1e3,
        "ms_longest": max(spent) * 1e3,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
