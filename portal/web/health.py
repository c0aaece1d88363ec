"""Does the web process live, can it work, and how much waits? For machines that watch.

`/healthz` and `/readyz` say nothing that is worth hiding. `/metrics` names campaigns by their
codes: it answers this machine alone, or whoever knows `THIDUA_METRICS_TOKEN`.
"""

from __future__ import annotations

import hmac
import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from campaigns.bootstrap import App
from campaigns.rules.engine.capacity import DatabaseBusy, DatabaseNotWritable, StorageFull
from campaigns.rules.engine.errors import HomeNotReady
from campaigns.store import trouble
from campaigns.store.engine import beats, edges, measures
from campaigns.store.mail import pauses
from campaigns.store.schema import ensure_current
from campaigns.store.transaction import Transaction

router = APIRouter(include_in_schema=False)


_PATIENCE: Final = 1.0
_STATES: Final[dict[type, str]] = {
    DatabaseBusy: "locked",
    DatabaseNotWritable: "read-only",
    StorageFull: "full",
}


def name_of_process() -> str:
    """Return by which name this web process says that it lives."""
    return f"{beats.WEB}:{socket.gethostname()}:{os.getpid()}"


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """Say that the process lives."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(request: Request, response: Response) -> dict[str, str]:
    """Say whether the process can work: the database is of this version, and takes what is written.

    Without a relay people can act, and nothing follows: `degraded`, and still ready.
    """
    app: App = request.app.state.installation
    try:
        ensure_current(app.store.engine)
        app.say_alive(name_of_process(), beats.WEB, _PATIENCE)
        alive = app.read(None, beats.is_alive, beats.RELAY)
        believed = app.store.compared().is_believed
    except (HomeNotReady, *trouble.FAILURES) as error:
        refused = trouble.named(error)
        response.status_code = 503
        response.headers["Retry-After"] = str(refused.seconds if refused else 10)
        return {"status": "unavailable", "database": _STATES.get(type(refused), "unavailable")}
    if not believed:
        response.status_code = 503
        response.headers["Retry-After"] = "10"
        return {"status": "unavailable", "database": "ok", "clock": "ahead"}
    return {
        "status": "ok" if alive else "degraded",
        "database": "ok",
        "relay": "ok" if alive else "silent",
    }


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Give the figures in the text format of Prometheus."""
    app: App = request.app.state.installation
    if not _may_see(request, app):
        raise HTTPException(403, "Metrics are for this machine, or need the metrics token.")
    registry = CollectorRegistry()
    registry.register(Figures(app))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _may_see(request: Request, app: App) -> bool:
    token = app.settings.metrics_token.get_secret_value()
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    forwarded = any(name in request.headers for name in ("forwarded", "x-forwarded-for"))
    return not forwarded and request.client is not None and _is_here(request.client.host)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Figures(Collector):
    """Asks the database when it is scraped: no process has to remember anything."""

    def __init__(self, app: App) -> None:
        self._app = app

    def describe(self) -> list[Metric]:
        """Name nothing beforehand: that would be a scrape at registration."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Read all figures at one moment."""
        return iter(self._app.read(None, _figures))


def _figures(tx: Transaction) -> list[Metric]:
    return [*_outbox(tx), _messages(tx), _mail_pause(tx), _lateness(tx), *_relays(tx)]


def _outbox(tx: Transaction) -> list[Metric]:
    backlog = edges.backlog(tx)
    rows = GaugeMetricFamily("thidua_outbox_rows", "Rows of the outbox, by state", labels=["state"])
    for state in ("due", "running", "later", "dead"):
        rows.add_metric([state], getattr(backlog, state))
    oldest = backlog.oldest_due_at
    age = (tx.wall - oldest).total_seconds() if oldest else 0.0
    lag = "How long the oldest row that is due has waited for a run"
    return [rows, GaugeMetricFamily("thidua_outbox_oldest_due_seconds", lag, value=max(0.0, age))]


def _messages(tx: Transaction) -> Metric:
    found = GaugeMetricFamily(
        "thidua_messages", "Messages, by campaign and state", labels=["campaign", "state"]
    )
    for one in measures.messages_told(tx):
        found.add_metric([one.campaign_code, one.state], one.number)
    return found


def _mail_pause(tx: Transaction) -> Metric:
    pause = pauses.present(tx)
    return GaugeMetricFamily(
        "thidua_delivery_paused_seconds",
        "Seconds since the SMTP server has refused us; 0 while it takes messages",
        value=max(0.0, (tx.wall - pause.since).total_seconds()) if pause else 0.0,
    )


def _lateness(tx: Transaction) -> Metric:
    found = GaugeMetricFamily(
        "thidua_stage_late_seconds",
        "Seconds a stage under way is past its due time; 0 while there is time",
        labels=["campaign", "stage", "state"],
    )
    for one in measures.due(tx):
        late = max(0.0, (tx.wall - one.due_at).total_seconds())
        found.add_metric([one.campaign_code, one.stage, one.state], late)
    return found


def _relays(tx: Transaction) -> list[Metric]:
    living = beats.living(tx)
    count = GaugeMetricFamily("thidua_processes_alive", "Processes that live", labels=["kind"])
    for kind in (beats.RELAY, beats.WEB, beats.RUN):
        count.add_metric([kind], sum(one.kind == kind for one in living))
    seen = [one.seen_at for one in beats.beats(tx, beats.RELAY)]
    lag = GaugeMetricFamily(
        "thidua_relay_silent_seconds", "Since a relay was last heard of; absent without any"
    )
    if seen:
        lag.add_metric([], max(0.0, (tx.wall - max(seen)).total_seconds()))
    return [count, lag]
