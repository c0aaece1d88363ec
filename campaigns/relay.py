"""How do outbox rows become runs? A small loop claims them and asks Prefect (ADR 0003, 0012).

Rows of one topic and one campaign that are claimed together come to one run. Its key is made of
the newest of them: a run that was created for an older row may have read the tables before the
newer change was committed, so only the newest row's key is proof for all.

Prefect out of reach is no failure of a row: it waits, however long that takes.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from httpx import HTTPError

from campaigns.bootstrap import App
from campaigns.services import alerts
from campaigns.services import outbox as service
from campaigns.services.outbox import Wanted
from campaigns.store import beats, outbox
from campaigns.store.engine import OUT_OF_REACH

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

log = logging.getLogger("thidua.relay")
ACTOR: Final = "system:relay"
_BATCH: Final = 100
_BEAT_SECONDS: Final = 5.0
_REDRIVE_SECONDS: Final = 15.0
_CALM_SECONDS: Final = 2.0
"""How long a round waits after the database or Prefect did not answer."""
_SERVER_ERROR: Final = 500


class PrefectUnreachable(Exception):
    """Prefect's API does not answer now; nothing is known of the run that was asked for."""


class RunRefused(Exception):
    """Prefect answered, and created no run: the deployment is missing or does not fit."""


class RunStarter(Protocol):
    """Creates flow runs; the same key again returns the run there is."""

    def start(self, wanted: Wanted) -> str:
        """Return the id of the run for `wanted.key`.

        Raises:
            PrefectUnreachable: Prefect's API does not answer.
            RunRefused: It answered and created none.
        """
        ...


class Follower(Protocol):
    """What is told of everything that has happened, after the fact, such as Prefect's events."""

    def follow(self) -> int:
        """Hand on what is new; return how much it was.

        Raises:
            PrefectUnreachable: It could not be handed on now.
        """
        ...


@dataclass
class Relay:
    """One relay process; several may run at once."""

    app: App
    starter: RunStarter
    followers: tuple[Follower, ...] = ()
    name: str = field(default_factory=lambda: f"relay:{socket.gethostname()}:{os.getpid()}")
    _last: dict[str, float] = field(default_factory=dict)

    def tick(self) -> int:
        """Do one round; return how many runs were started and events handed on."""
        self._every(_BEAT_SECONDS, self._beat)
        self._every(_REDRIVE_SECONDS, self._redrive)
        wanted = self.app.act_as(ACTOR, None, service.claim, _BATCH)
        started = sum(self._start(one) for one in wanted)
        return started + sum(follower.follow() for follower in self.followers)

    def run(self, stop: Event) -> None:
        """Do rounds until told to stop; wait in between where there was nothing to do."""
        pause = self.app.settings.relay_poll_seconds
        while not stop.is_set():
            try:
                idle = not self.tick()
            except PrefectUnreachable as away:
                log.warning("Prefect does not answer: %s", away)
                stop.wait(_CALM_SECONDS)
            except OUT_OF_REACH:
                log.warning("the database does not answer")
                stop.wait(_CALM_SECONDS)
            else:
                stop.wait(pause if idle else 0)
        try:
            self.app.act_as(ACTOR, None, beats.end, self.name)
        except OUT_OF_REACH:
            log.warning("the database does not answer; this relay is forgotten in a moment")

    def _start(self, wanted: Wanted) -> int:
        """Create one run and mark its rows; return 1 where it was created."""
        try:
            run_id = self.starter.start(wanted)
        except PrefectUnreachable as away:
            self.app.act_as(ACTOR, None, service.put_back, wanted, str(away))
            log.warning("Prefect does not answer: %s", away, extra=_where(wanted))
            return 0
        except RunRefused as refusal:
            done = self.app.act_as(ACTOR, None, service.record_refused, wanted, str(refusal))
            level = logging.ERROR if done.detail == "dead" else logging.WARNING
            log.log(level, "no run was created: %s", refusal, extra=_where(wanted))
            return 0
        self.app.act_as(ACTOR, None, service.record_started, wanted, run_id)
        log.info("run created", extra={**_where(wanted), "flow_run_id": run_id})
        return 1

    def _redrive(self) -> None:
        patience = timedelta(seconds=self.app.settings.relay_patience_seconds)
        done = self.app.act_as(ACTOR, None, service.redrive, patience)
        if done.changed:
            log.warning("%d rows are sent again: their runs did not do the work", done.changed)
        for code in sorted({edge.campaign_code for edge in self.app.read(None, outbox.dead)}):
            if self.app.act(code, alerts.report_dead).changed:
                # Handed over here: the run that would do it may be what is given up.
                self.app.deliver(code)

    def _beat(self) -> None:
        self.app.act_as(ACTOR, None, beats.beat, self.name, beats.RELAY)

    def _every(self, seconds: float, act: Callable[[], None]) -> None:
        now = time.monotonic()
        if now - self._last.get(act.__name__, -seconds) >= seconds:
            self._last[act.__name__] = now
            act()


def _where(wanted: Wanted) -> dict[str, str | int]:
    return {
        "campaign_id": wanted.campaign_code,
        "topic": wanted.topic,
        "outbox_id": wanted.ids[-1],
    }


class PrefectStarter:
    """Creates runs of the deployments by Prefect's API; imports Prefect when it is first used."""

    def __init__(self) -> None:
        self._deployments: dict[str, UUID] = {}

    @cached_property
    def _client(self) -> SyncPrefectClient:
        from prefect.client.orchestration import get_client  # noqa: PLC0415 - takes seconds

        return get_client(sync_client=True)

    def start(self, wanted: Wanted) -> str:
        """Create the run; the same key again gives the same run (a unique index of Prefect's)."""
        from prefect.exceptions import (  # noqa: PLC0415 - takes seconds
            ObjectNotFound,
            PrefectHTTPStatusError,
        )

        try:
            run = self._client.create_flow_run_from_deployment(
                self._deployment(wanted.topic),
                parameters={"campaign_code": wanted.campaign_code},
                idempotency_key=wanted.key,
                tags=[f"campaign:{wanted.campaign_code}"],
            )
        except ObjectNotFound as missing:
            self._deployments.clear()
            raise RunRefused(f"deployment {wanted.topic} is not there") from missing
        except PrefectHTTPStatusError as answer:
            status = answer.response.status_code
            if status >= _SERVER_ERROR:
                raise PrefectUnreachable(f"status {status}") from answer
            raise RunRefused(f"status {status}") from answer
        except (HTTPError, RuntimeError) as silence:
            raise PrefectUnreachable(type(silence).__name__) from silence
        return str(run.id)

    def _deployment(self, topic: str) -> UUID:
        """Return the deployment of a topic; both carry its name."""
        if topic not in self._deployments:
            found = self._client.read_deployment_by_name(f"{topic}/{topic}")
            self._deployments[topic] = found.id
        return self._deployments[topic]
