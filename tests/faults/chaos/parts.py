"""The processes of an installation, each of which can be killed with SIGKILL and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).parents[3]
READY_SECONDS = 180
_STOP_SECONDS = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Part:
    """One process."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    is_ready: Callable[[], bool] = lambda: True
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it answers."""
        give_up_at = time.monotonic() + READY_SECONDS
        while not self.is_ready():
            assert self.process is not None
            if self.process.poll() is not None or time.monotonic() > give_up_at:
                tail = self.log.read_text(errors="replace")[-3000:]
                raise AssertionError(f"{self.name} did not come up:\n{tail}")
            time.sleep(0.2)

    def kill(self) -> None:
        """Kill it and everything it started, as a power cut of its machine does."""
        assert self.process is not None
        self.kills += 1
        for one in self._family():
            _kill(one)
        self.process.wait()

    def kill_child(self) -> bool:
        """Kill one process that it started, such as a flow run; False where there is none."""
        family = self._family()[:-1]
        if not family:
            return False
        self.kills += 1
        _kill(family[0])
        return True

    def _family(self) -> list[psutil.Process]:
        """Return its children, youngest generation first, and itself as the last."""
        assert self.process is not None
        try:
            me = psutil.Process(self.process.pid)
            return [*reversed(me.children(recursive=True)), me]
        except psutil.NoSuchProcess:
            return []

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        family = self._family()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for one in family:
            _kill(one)


def _kill(one: psutil.Process) -> None:
    try:
        one.kill()
    except psutil.NoSuchProcess:
        return


def answers(url: str) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    return ask


def listens(port: int) -> Callable[[], bool]:
    def ask() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return ask


@dataclass
class Installation:
    """Everything that runs for one installation, beside its database."""

    home: Path
    database_url: str
    parts: dict[str, Part] = field(default_factory=dict)
    mail: Path = field(init=False)
    environment: dict[str, str] = field(init=False)
    api_url: str = field(init=False)

    def __post_init__(self) -> None:
        self.mail = self.home / "sink"
        for folder in (self.home, self.home / "logs", self.mail):
            folder.mkdir(parents=True, exist_ok=True)
        api, web, smtp = free_port(), free_port(), free_port()
        self.api_url = f"http://127.0.0.1:{api}/api"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("THIDUA_", "PREFECT_"))
        }
        self.environment = kept | {
            "THIDUA_HOME": str(self.home),
            "THIDUA_DATABASE_URL": self.database_url,
            "THIDUA_RELAY_PATIENCE_SECONDS": "25",
            "THIDUA_SMTP_HOST": "127.0.0.1",
            "THIDUA_SMTP_PORT": str(smtp),
            "THIDUA_SMTP_START_TLS": "false",
            "THIDUA_SMTP_SENDER_ADDRESS": "thidua@bentre.example",
            "THIDUA_SMTP_TIMEOUT": "10",
            "PREFECT_HOME": str(self.home / "prefect"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_LOGGING_LEVEL": "WARNING",
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "DO_NOT_TRACK": "1",
            "PYTHONPATH": str(ROOT),
        }
        python = sys.executable
        server = [python, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
        worker = [python, "-m", "prefect", "worker", "start", "--pool", "thidua"]
        thidua = [python, "-m", "cli.main"]
        self._add("server", [*server, "--port", str(api)], answers(f"{self.api_url}/health"))
        self._add("worker", [*worker, "--type", "process", "--limit", "4"])
        self._add("relay", [*thidua, "relay"])
        web_url = f"http://127.0.0.1:{web}/healthz"
        self._add("web", [*thidua, "web", "--port", str(web)], answers(web_url))
        sink = [python, "-m", "tests.faults.chaos.sink", str(smtp), str(self.mail)]
        self._add("smtp", sink, listens(smtp))

    def _add(
        self, name: str, command: Sequence[str], is_ready: Callable[[], bool] = lambda: True
    ) -> None:
        log = self.home / "logs" / f"{name}.log"
        self.parts[name] = Part(name, command, self.environment, log, is_ready)

    def run(self, *arguments: str, timeout: float = 240) -> str:
        """Carry out one command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def deploy(self) -> None:
        """Register the deployments with the Prefect server, as an operator does."""
        self.run("cli.main", "engine", "deploy")

    def revive(self) -> None:
        """Start what has ended by itself again, as whoever looks after services does."""
        for part in self.parts.values():
            if part.process is not None and part.process.poll() is not None:
                part.start()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start every part; stop them all at the end."""
        try:
            for name in ("server", "smtp"):
                self.parts[name].start()
            for name in ("server", "smtp"):
                self.parts[name].wait()
            self.deploy()
            for name in ("worker", "relay", "web"):
                self.parts[name].start()
            self.parts["web"].wait()
            yield
        finally:
            for part in reversed(self.parts.values()):
                part.stop()
