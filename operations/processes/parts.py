"""Of which processes does a whole installation consist, on one machine, and what are they told?"""

from __future__ import annotations

import base64
import http.client
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from campaigns import logs
from campaigns.bootstrap import App
from campaigns.settings import Settings
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.engine import beats
from operations.prefect.api import protection
from operations.prefect.guard import EVERYWHERE, LOOPBACK
from operations.prefect.password import CLIENT, SERVER, server_password
from operations.prefect.server import make_home, mark_ready
from operations.processes import warm
from operations.processes.supervisor import Part
from operations.processes.warm_run import SOCKET

POOL: Final = "thidua"
NOTE: Final = "up.json"
"""Where the running engine is reached, while it runs."""
_KEPT: Final = ("PREFECT_SERVER_", "PREFECT_API_DATABASE_", "PREFECT_UI_")
"""What a person may set of Prefect; all else, such as the key of another server, would mislead."""


@dataclass(frozen=True)
class Places:
    """Where the servers listen."""

    host: str
    prefect_port: int
    web_port: int

    @property
    def is_open(self) -> bool:
        """True where other machines can reach them."""
        return self.host not in LOOPBACK

    @property
    def _shown(self) -> str:
        return LOOPBACK[0] if self.host in EVERYWHERE else self.host

    @property
    def prefect(self) -> str:
        """Prefect's pages."""
        return f"http://{self._shown}:{self.prefect_port}"

    @property
    def web(self) -> str:
        """Our own pages."""
        return f"http://{self._shown}:{self.web_port}"


def environment(settings: Settings, places: Places) -> dict[str, str]:
    """Return what all parts are told; what a person has set of Prefect's server stays.

    The runs of a worker start in a folder of their own, where no `.env` of ours lies.
    """
    home, password = settings.prefect_home.absolute(), server_password(settings.home)
    make_home(home)
    config = settings.logs.absolute() / "engine-logging.json"
    logs.write_prefect_configuration(config, settings.log_format)
    told = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PREFECT_") or name.startswith(_KEPT)
    }
    for name, value in dotenv_values(".env").items():
        if name.startswith("THIDUA_") and value is not None:
            told.setdefault(name, value)
    told.setdefault("THIDUA_PUBLIC_URL", places.web)
    for name, value in _server_defaults().items():
        told.setdefault(name, value)
    # Prefect copies its pages before it serves them, by default into the program's own folder.
    told.setdefault("PREFECT_UI_STATIC_DIRECTORY", str(home / "ui"))
    told |= {
        "THIDUA_HOME": str(settings.home.absolute()),
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"{places.prefect}/api",
        "PREFECT_LOGGING_SETTINGS_PATH": str(config),
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_CLI_COLORS": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONUNBUFFERED": "1",
    }
    if (warmth := warm.place(settings.home)) is not None:
        told[SOCKET] = str(warmth)
    # What a page of somebody else may do is no question of taste: `*` is not left either.
    told |= protection(places.prefect) | {SERVER: password, CLIENT: password}
    return told


def _server_defaults() -> dict[str, str]:
    return {
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # By whichever name of this machine the pages were opened, they ask there.
        "PREFECT_UI_API_URL": "/api",
    }


def parts_of(app: App, places: Places, told: dict[str, str]) -> list[Part]:
    """Return all parts, in the order they start in."""
    folder = app.settings.logs.absolute()
    auth = told.get("PREFECT_API_AUTH_STRING", "")
    python = (sys.executable, "-P", "-m")
    child = (*python, "operations.processes.child")
    worker = f"thidua-{os.getpid()}"
    server = {**told, "PREFECT__SERVER_FINAL": "1"}

    def part(name: str, command: tuple[str, ...], is_well: Callable[[], bool], *needs: str) -> Part:
        return Part(name, command, told, folder / f"{name}.log", is_well, needs)

    return [
        Part(
            "prefect",
            (*python, "operations.prefect.api", str(places.prefect_port), places.host),
            server,
            folder / "prefect.log",
            lambda: prefect_answers(app, places),
            address=places.prefect,
        ),
        Part(
            "web",
            (*child, "cli.main", "web", "--host", places.host, "--port", str(places.web_port)),
            told,
            folder / "web.log",
            lambda: answers(places, places.web_port, "/healthz"),
            address=places.web,
        ),
        Part(
            "deploy",
            (*child, "cli.main", "engine", "deploy"),
            told,
            folder / "deploy.log",
            needs=("prefect",),
            once=True,
        ),
        part(
            "worker",
            (
                *child,
                "cli.main",
                "engine",
                "worker",
                "--name",
                worker,
            ),
            lambda: worker_lives(places, auth),
            "prefect",
            "deploy",
        ),
        part("relay", (*child, "cli.main", "relay"), lambda: relay_lives(app), "prefect", "deploy"),
        *warm_part(folder, told),
    ]


def warm_part(folder: Path, told: dict[str, str]) -> list[Part]:
    """Return what lets runs begin quickly; where it cannot be, they begin slowly."""
    if SOCKET not in told:
        return []
    path = Path(told[SOCKET])
    command = (sys.executable, "-P", "-m", "operations.processes.warm", str(path))
    return [Part("warm", command, told, folder / "warm.log", lambda: warm.answers(path))]


def answers(places: Places, port: int, path: str) -> bool:
    """Say whether a server of ours answers."""
    return ask(places, port, path) is not None


def prefect_answers(app: App, places: Places) -> bool:
    """Say whether Prefect's server answers."""
    if not answers(places, places.prefect_port, "/api/health"):
        return False
    mark_ready(app.settings.prefect_home)
    return True


def worker_lives(places: Places, auth: str) -> bool:
    """Say whether a worker of the pool is on line."""
    found = ask(places, places.prefect_port, f"/api/work_pools/{POOL}", auth)
    return found is not None and json.loads(found).get("status") == "READY"


def relay_lives(app: App) -> bool:
    """Say whether a relay was heard of just now."""
    try:
        return app.read(None, beats.is_alive, beats.RELAY)
    except OUT_OF_REACH:
        return False


def ask(places: Places, port: int, path: str, auth: str = "") -> bytes | None:
    """Ask a server of ours; None where it does not answer as it should."""
    host = LOOPBACK[0] if places.host in EVERYWHERE else places.host
    # The standard library's client asks no proxy.
    connection = http.client.HTTPConnection(host, port, timeout=3)
    basic = base64.b64encode(auth.encode()).decode()
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", path, headers={"Authorization": f"Basic {basic}"} if auth else {})
        answer = connection.getresponse()
        if answer.status == http.client.OK:
            return answer.read()
    connection.close()
    return None


def note_places(home: Path, places: Places) -> Path:
    """Write down where the running engine is reached, for the other commands."""
    path = home / NOTE
    told = {"pid": os.getpid(), "prefect": places.prefect, "web": places.web}
    path.write_text(json.dumps(told) + "\n", encoding="utf-8")
    return path
