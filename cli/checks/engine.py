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
from cli.words import doctor as words
from language.phrase import Phrase
from operations.prefect.password import client_password
from operations.processes.parts import POOL

Found = tuple[Literal["ok", "warn", "fail"], Phrase, dict[str, object], Phrase | None]
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
        return "warn", words.PREFECT_NONE, {}, words.START_UP
    if ask(app, "/health") is None:
        return "fail", words.PREFECT_AWAY, {"url": url}, words.START_UP
    return "ok", words.PREFECT_GOOD, {"url": url}, None


def _deployments(app: App) -> Found:
    if not prefect_url(app.settings.home):
        return "warn", words.PREFECT_NONE, {}, words.START_UP
    missing = [name for name in DEPLOYMENTS if ask(app, f"/deployments/name/{name}/{name}") is None]
    if missing:
        return "fail", words.NOT_DEPLOYED, {"names": ", ".join(missing)}, words.RUN_DEPLOY
    return "ok", words.DEPLOYED, {"count": len(DEPLOYMENTS)}, None


def _worker(app: App) -> Found:
    if not prefect_url(app.settings.home):
        return "warn", words.PREFECT_NONE, {}, words.START_UP
    pool = ask(app, f"/work_pools/{POOL}")
    if isinstance(pool, dict) and pool.get("status") == "READY":
        return "ok", words.WORKER_GOOD, {"pool": POOL}, None
    return "fail", words.WORKER_NONE, {"pool": POOL}, words.START_UP


def _relay(app: App) -> Found:
    alive = len(app.read(None, beats.living, beats.RELAY))
    if alive:
        return "ok", words.RELAY_GOOD, {"count": alive}, None
    level: Literal["warn", "fail"] = "fail" if prefect_url(app.settings.home) else "warn"
    return level, words.RELAY_SILENT, {}, words.START_UP


def _outbox(app: App) -> Found:
    backlog, now = app.read(None, edges.backlog), app.read(None, lambda tx: tx.wall)
    if backlog.dead:
        return "fail", words.OUTBOX_DEAD, {"count": backlog.dead}, words.RUN_REVIVE
    if backlog.oldest_due_at is not None:
        waited = (now - backlog.oldest_due_at).total_seconds()
        if waited > _OLD_SECONDS:
            return "warn", words.OUTBOX_OLD, {"seconds": round(waited)}, words.START_UP
    counts: dict[str, object] = {
        "due": backlog.due,
        "running": backlog.running,
        "later": backlog.later,
    }
    return "ok", words.OUTBOX_GOOD, counts, None


ENGINE_CHECKS: Final[tuple[tuple[str, Callable[[App], Found]], ...]] = (
    ("prefect", _prefect),
    ("deployments", _deployments),
    ("worker", _worker),
    ("relay", _relay),
    ("outbox", _outbox),
)
