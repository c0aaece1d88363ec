"""Where does Prefect run while a command runs? A server process, started and ended here."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from campaigns.settings import Settings
from language import N_
from language.errors import Kind, Refusal
from operations.prefect.database import DATABASE, is_prepared
from operations.prefect.password import CLIENT, SERVER, server_password

_STOP_SECONDS: Final = 10
_READY: Final = ".prepared"
"""Stands in Prefect's home once its database was prepared to the end."""
_NEEDLESS: Final = dict.fromkeys(
    (
        "PREFECT_SERVER_ANALYTICS_ENABLED",
        "PREFECT_SERVER_UI_ENABLED",
        # No flow of ours uses a block; storing them all takes longer than to start.
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START",
        "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION",
        # Nobody watches, and there are no automations.
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED",
        "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED",
        "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED",
    ),
    "false",
)
"""What Prefect does by default and a server of one command's own need not."""
_LOGGING: Final = """\
version: 1
disable_existing_loggers: false
formatters:
  line:
    format: "%(asctime)s %(levelname)s %(name)s: %(message)s"
handlers:
  file:
    class: logging.FileHandler
    formatter: line
    filename: '{filename}'
    encoding: utf-8
    delay: true
loggers:
  prefect: {{level: WARNING}}
  prefect.extra: {{level: WARNING}}
  uvicorn: {{level: ERROR}}
root:
  level: WARNING
  handlers: [file]
"""


class PrefectNotStarted(Refusal):
    """The local Prefect API did not come up."""

    kind = Kind.NOT_READY
    message = N_(
        "The local Prefect API did not start; {log} says why. Nothing of the campaign is lost: "
        "repeat the command."
    )

    def __init__(self, log: Path) -> None:
        super().__init__(log=log)


@dataclass
class LocalApi:
    """A Prefect API of one command's own."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path
    log: Path

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def first_time(self) -> bool:
        """True where Prefect's database has to be made ready first, which takes a while."""
        return takes_long(self.home)

    def is_ready(self) -> bool:
        """Say whether it answers.

        Raises:
            PrefectNotStarted: Its process has ended.
        """
        if self.process.poll() is not None:
            raise PrefectNotStarted(self.log)
        # The standard library's client asks no proxy.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/api/health")
            ready = connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if ready:
            mark_ready(self.home)
        return ready


def make_home(home: Path) -> None:
    """Make Prefect's folder; a database that was left half prepared is thrown away."""
    home.mkdir(parents=True, exist_ok=True)
    if is_new(home):
        for left in home.glob(f"{DATABASE}*"):
            left.unlink()


def is_new(home: Path) -> bool:
    """Say whether no server has answered from here yet."""
    return not (home / _READY).exists()


def takes_long(home: Path) -> bool:
    """Say whether Prefect's database has yet to be migrated: there is none, and none to copy."""
    return is_new(home) and not is_prepared()


def mark_ready(home: Path) -> None:
    """Note that a server has answered: its database is whole."""
    (home / _READY).touch()


@contextmanager
def local_api(settings: Settings) -> Iterator[LocalApi]:
    """Start a Prefect API; it ends with the block, and with this process in any case."""
    home, log = settings.prefect_home.absolute(), settings.logs.absolute() / "prefect.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    make_home(home)
    _set_environment(home, log, server_password(settings.home))
    with log.open("ab") as output:
        api = _started(home, log, output)
    os.environ["PREFECT_API_URL"] = api.url
    try:
        yield api
    finally:
        _stop(api.process)


def _set_environment(home: Path, log: Path, password: str) -> None:
    """Say where Prefect keeps its things; it reads that once, when it is imported."""
    config = log.with_name("logging.yml")
    filename = str(log).replace("'", "''").replace("$", "$$")
    config.write_text(_LOGGING.format(filename=filename), encoding="utf-8")
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ.update(
        {**_NEEDLESS, SERVER: password, CLIENT: password},
        PREFECT_HOME=str(home),
        PREFECT_LOGGING_SETTINGS_PATH=str(config),
        PREFECT_LOGGING_TO_API_ENABLED="false",
        DO_NOT_TRACK="1",
    )


def _started(home: Path, log: Path, output: IO[bytes]) -> LocalApi:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own module, and a number
        [sys.executable, "-P", "-m", "operations.prefect.api", str(port)],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env={**os.environ, "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"},
        start_new_session=True,  # Ctrl-C is for the command, which ends the server itself
    )
    return LocalApi(process, port, home, log)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
