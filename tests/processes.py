"""Processes for tests: started, killed at any moment, started again, and gone at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import uuid4

import httpx
import psutil

ROOT = Path(__file__).parents[1]
_STOP_SECONDS = 15
PASSWORD = "tests:of-prefect-in-tests"  # noqa: S105 - of servers that live for one run of tests
PREFECT_AUTH = ("tests", "of-prefect-in-tests")


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(is_so: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until something is so; say what is not where it takes too long."""
    give_up_at = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.05)


@cache
def trusted() -> ssl.SSLContext:
    """Read the certificates there are once: it takes longer than a look at a server."""
    return ssl.create_default_context()


def answers(url: str, auth: tuple[str, str] | None = None) -> bool:
    """Say whether a web address answers with success."""
    try:
        answer = httpx.get(url, timeout=5, trust_env=False, auth=auth, verify=trusted())
    except httpx.HTTPError:
        return False
    return answer.is_success


def prefect_client(api: str) -> httpx.Client:
    """Return a client of Prefect's API with the password of the tests, and Prefect's own token."""
    me = str(uuid4())
    told = httpx.get(
        f"{api}/csrf-token", params={"client": me}, auth=PREFECT_AUTH, trust_env=False, timeout=60
    )
    shown = {"Prefect-Csrf-Client": me, "Prefect-Csrf-Token": told.json()["token"]}
    return httpx.Client(
        auth=PREFECT_AUTH,
        headers=shown,
        trust_env=False,
        timeout=30,
        verify=trusted(),
        # A test waits between two questions as long as a server keeps an idle connection.
        limits=httpx.Limits(max_keepalive_connections=0),
    )


def listens(port: int) -> bool:
    """Say whether somebody listens on a port of the loopback interface."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return True
    except OSError:
        return False


def clean_environment(**extra: str) -> dict[str, str]:
    """Return this process's environment without settings of Prefect and thidua, and with others.

    Servers and clients that are given it share a password of Prefect.
    """
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "THIDUA_"))
    }
    shared = {"PREFECT_SERVER_API_AUTH_STRING": PASSWORD, "PREFECT_API_AUTH_STRING": PASSWORD}
    return {**ours, "DO_NOT_TRACK": "1", "PYTHONUNBUFFERED": "1", **shared, **extra}


def own_environment(home: Path) -> dict[str, str]:
    """Return the environment of an installation whose password is the kept one, not the tests'."""
    told = clean_environment(THIDUA_HOME=str(home), PREFECT_SERVER_ANALYTICS_ENABLED="false")
    return {name: value for name, value in told.items() if not name.endswith("_AUTH_STRING")}


def run_to_end(command: Sequence[str], env: Mapping[str, str], seconds: float = 240) -> str:
    """Carry out one command, which must succeed; return what it printed."""
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@contextlib.contextmanager
def listening(module: str) -> Iterator[subprocess.Popen[str]]:
    """Run a module of ours that reads its orders from standard input until that ends."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Process:
    """One program, which may be killed and started again as often as wanted."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], object] = lambda: True
    patience: float = 180
    user: str | None = None
    running: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self, *, wait: bool = True) -> None:
        """Start the program; by default wait until it is ready."""
        if self.has_ended:
            self._bury()
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=dict(self.env) or None,
                stdin=subprocess.PIPE,  # parts of ours end when it closes
                stdout=output,
                stderr=output,
                start_new_session=True,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
            )
        self.starts += 1
        if wait:
            self.wait()

    def wait(self) -> None:
        """Wait until the program is ready."""

        def is_ready() -> object:
            if self.running is None or self.running.poll() is not None:
                raise RuntimeError(f"{self.name} ended:\n{self.said()}")
            return self.ready()

        until(is_ready, self.patience, f"{self.name} is ready; it said:\n{self.said()}")

    def said(self) -> str:
        """Return the last lines of what the program printed."""
        return self.log.read_text("utf-8", "replace")[-3_000:] if self.log.exists() else ""

    def _family(self) -> list[psutil.Process]:
        if self.running is None:
            return []
        try:
            parent = psutil.Process(self.running.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self, *, family: bool = True) -> None:
        """Kill the program with SIGKILL, by default with everything it has started."""
        if self.running is None:
            return
        found = self._family()
        for one in found if family else found[:1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        self._bury()
        if family:
            psutil.wait_procs(found, timeout=_STOP_SECONDS)

    def kill_child(self) -> bool:
        """Kill one process that it has started; False where there is none."""
        children = self._family()[1:]
        if not children:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            children[-1].kill()
        return True

    @property
    def has_ended(self) -> bool:
        """True where it was started and runs no longer."""
        return self.running is not None and self.running.poll() is not None

    def stop(self) -> None:
        """End the program and whatever it has started."""
        if self.running is None:
            return
        found = self._family()
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.running.wait(_STOP_SECONDS)
        for one in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.kill()
        self._bury()
        self.running = None

    def _bury(self) -> None:
        """Take the exit code, and close our end of the standard input."""
        if self.running is not None:
            self.running.wait()
            if self.running.stdin is not None:
                self.running.stdin.close()


def find_program(name: str, *folders: str) -> str:
    """Return where a program is.

    Raises:
        FileNotFoundError: It is not installed; says by which package of Debian it can be.
    """
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin", *folders])
    found = shutil.which(name, path=path)
    if found is None:
        package = {"nginx": "nginx-light", "initdb": "postgresql", "postgres": "postgresql"}
        message = f"{name} is not here: apt-get install {package.get(name, name)}"
        raise FileNotFoundError(message)
    return found
