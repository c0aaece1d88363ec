"""Does the engine run? Prefect, deployments, a worker, a relay, and nothing that waits long."""

from __future__ import annotations

import base64
import http.client
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values

from campaigns.bootstrap import App
from campaigns.store.engine import beats, edges
from cli.checks.found import Found
from language import _
from operations.prefect.password import client_password
from operations.processes.parts import POOL

_PREFECT_NONE = _("the engine is not running")

DEPLOYMENTS: Final = (
    "launch-campaign",
    "campaign-cycle",
    "deliver-notifications",
    "sweep-deadlines",
    "reconcile",
    "publish-board",
)
_OLD_SECONDS: Final = 120.0


def prefect_url(home: Path) -> str:
    """Return where Prefect's API is: of the running `thidua up`, else as the environment says."""
    with suppress(OSError, ValueError, KeyError):
        return f"{json.loads((home / 'up.json').read_text(encoding='utf-8'))['prefect']}/api"
    return _told("PREFECT_API_URL").rstrip("/")


def _told(name: str) -> str:
    """Return a setting of Prefect's as Prefect finds it: in the environment, else in `.env`."""
    return os.environ.get(name) or dotenv_values(".env").get(name) or ""


def ask(app: App, path: str) -> dict[str, object] | bool | None:
    """Ask Prefect's API; None where it does not answer as it should."""
    parts = urlsplit(prefect_url(app.settings.home))
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=5)
    basic = base64.b64encode(client_password(app.settings.home).encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    try:
        connection.request("GET", f"{parts.path}{path}", headers=headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            return None
        found: dict[str, object] | bool = json.loads(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return found


def _prefect(app: App) -> Found:
    url = prefect_url(app.settings.home)
    if not url:
        return "warn", _PREFECT_NONE, {}, _("run thidua up")
    if ask(app, "/health") is None:
        return "fail", _("{url} does not answer"), {"url": url}, _("run thidua up")
    return "ok", _("{url} answers"), {"url": url}, None


def _deployments(app: App) -> Found:
    if not prefect_url(app.settings.home):
        return "warn", _PREFECT_NONE, {}, _("run thidua up")
    missing = [name for name in DEPLOYMENTS if ask(app, f"/deployments/name/{name}/{name}") is None]
    if missing:
        return (
            "fail",
            _("{names} missing"),
            {"names": ", ".join(missing)},
            _("run thidua engine deploy"),
        )
    return "ok", _("all {count} are there"), {"count": len(DEPLOYMENTS)}, None


def _worker(app: App) -> Found:
    if not prefect_url(app.settings.home):
        return "warn", _PREFECT_NONE, {}, _("run thidua up")
    pool = ask(app, f"/work_pools/{POOL}")
    if isinstance(pool, dict) and pool.get("status") == "READY":
        return "ok", _("the pool {pool} has a worker"), {"pool": POOL}, None
    return "fail", _("the pool {pool} has no worker"), {"pool": POOL}, _("run thidua up")


def _relay(app: App) -> Found:
    alive = len(app.read(None, beats.living, beats.RELAY))
    if alive:
        return "ok", _("{count} alive"), {"count": alive}, None
    level: Literal["warn", "fail"] = "fail" if prefect_url(app.settings.home) else "warn"
    return level, _("silent"), {}, _("run thidua up")


def _outbox(app: App) -> Found:
    backlog, now = app.read(None, edges.backlog), app.read(None, lambda tx: tx.wall)
    if backlog.dead:
        return (
            "fail",
            _("{count} were given up"),
            {"count": backlog.dead},
            _("see thidua engine status; once mended, thidua engine revive --as PERSON"),
        )
    if backlog.oldest_due_at is not None:
        waited = (now - backlog.oldest_due_at).total_seconds()
        if waited > _OLD_SECONDS:
            return (
                "warn",
                _("the oldest has waited for {seconds} s"),
                {"seconds": round(waited)},
                _("run thidua up"),
            )
    counts: dict[str, object] = {
        "due": backlog.due,
        "running": backlog.running,
        "later": backlog.later,
    }
    return "ok", _("{due} due, {running} running, {later} timers"), counts, None


ENGINE_CHECKS: Final[tuple[tuple[str, Callable[[App], Found]], ...]] = (
    ("prefect", _prefect),
    ("deployments", _deployments),
    ("worker", _worker),
    ("relay", _relay),
    ("outbox", _outbox),
)
