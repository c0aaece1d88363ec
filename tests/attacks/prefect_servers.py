"""Prefect's servers to attack, as they are started here: `up`, of one command, of many machines."""

from __future__ import annotations

import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.processes import ROOT, answers, free_port, own_environment, until

THIDUA = str(Path(sys.executable).with_name("thidua"))
PATIENCE = 240
TEMPORARY = """
import os, sys
os.umask(0o077)  # as every command does
from campaigns.settings import Settings
from operations.prefect.server import local_api
with local_api(Settings()) as api:
    print(api.port, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Server:
    """One of Prefect's servers, and the home it belongs to."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def password(self) -> tuple[str, str]:
        """What opens it: in a file of its owner."""
        user, _, password = (self.home / "prefect-password").read_text("utf-8").partition(":")
        return user, password.strip()

    def stranger(self, **headers: str) -> httpx.Client:
        """Return a client without the password."""
        return httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=30)

    def insider(self) -> httpx.Client:
        """Return a client with the password, which also shows the token that Prefect wants."""
        me = str(uuid.uuid4())
        told = httpx.get(
            f"{self.url}/api/csrf-token",
            params={"client": me},
            auth=self.password,
            trust_env=False,
            timeout=60,
        )
        shown = {"Prefect-Csrf-Client": me, "Prefect-Csrf-Token": told.json()["token"]}
        return httpx.Client(
            base_url=self.url, auth=self.password, headers=shown, trust_env=False, timeout=60
        )


@contextmanager
def _running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[str]]:
    with log.open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            umask=0o022,
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _wait(process: subprocess.Popen[str], path: Path, is_ready: object) -> None:
    def ready() -> object:
        assert process.poll() is None, path.read_text("utf-8")
        return is_ready()  # type: ignore[operator]

    until(ready, PATIENCE, f"ready; it said: {path.read_text('utf-8')[-2_000:]}")


@contextmanager
def up(folder: Path) -> Iterator[Server]:
    """Run `thidua up`, until its worker takes runs."""
    home, port, web = folder / "home", free_port(), free_port()
    log = folder / "up.log"
    command = [THIDUA, "up", "--prefect-port", str(port), "--web-port", str(web)]
    with _running(command, own_environment(home), log) as process:
        server = Server(home, port)

        def has_worker() -> bool:
            if not answers(f"{server.url}/api/health"):
                return False
            pool = httpx.get(
                f"{server.url}/api/work_pools/thidua", auth=server.password, trust_env=False
            )
            return pool.is_success and pool.json().get("status") == "READY"

        _wait(process, log, has_worker)
        yield server


@contextmanager
def temporary(folder: Path) -> Iterator[Server]:
    """Run the server that a rehearsal, or one command, has for itself."""
    home, log = folder / "home", folder / "temporary.log"
    command = [sys.executable, "-P", "-c", TEMPORARY]
    with _running(command, own_environment(home), log) as process:
        assert process.stdout is not None
        server = Server(home, int(process.stdout.readline()))
        _wait(process, log, lambda: answers(f"{server.url}/api/health"))
        yield server


@contextmanager
def of_the_shared_setup(folder: Path) -> Iterator[Server]:
    """Run a server as `compose.yaml` and the units of systemd do."""
    home, log, port = folder / "home", folder / "serve.log", free_port()
    command = [THIDUA, "engine", "serve", "--port", str(port), "--no-services"]
    env = {**own_environment(home), "PREFECT_HOME": str(folder / "prefect")}
    with _running(command, env, log) as process:
        server = Server(home, port)
        _wait(process, log, lambda: answers(f"{server.url}/api/health"))
        yield server


KINDS = {"up": up, "temporary": temporary, "serve": of_the_shared_setup}


def modes_open_to_others(home: Path) -> list[str]:
    """Return what in a home others may read, write or enter.

    Prefect copies the files of its pages with the modes they have in the program; the folder around
    them is closed.
    """
    return [
        str(path.relative_to(home))
        for path in (home, *home.rglob("*"))
        if "ui" not in path.parts and not path.is_symlink() and path.stat().st_mode & 0o077
    ]
