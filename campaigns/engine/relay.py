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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Final, Protocol
from uuid import UUID

from httpx import HTTPError

from campaigns.bootstrap import App
from campaigns.rules.clock.comparison import FRESH
from campaigns.rules.clock.errors import ClockAhead
from campaigns.services.engine import alerts
from campaigns.services.engine import runs as service
from campaigns.services.engine.runs import Wanted
from campaigns.services.log.publishing import Announcement, announcements
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.engine import beats, edges
from campaigns.store.log import cursors
from language.errors import Refusal

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

log = logging.getLogger("thidua.relay")
ACTOR: Final = "system:relay"
_BATCH: Final = 100
_PAGE: Final = 500
"""Events that are told of together."""
_BEAT_SECONDS: Final = 5.0
_REDRIVE_SECONDS: Final = 5.0
_CALM_SECONDS: Final = 1.0
_LONGEST_CALM_SECONDS: Final = 15.0
"""How long the next round waits after the database or Prefect did not answer: doubled each time."""
_SERVER_ERROR: Final = 500
_BEGINS_WITHIN: Final = timedelta(seconds=30)
"""From being taken by a worker to the first sign of life: five on an idle machine. Each attempt is
given as much longer."""


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

    def is_to_come(self, flow_run_id: str, since: datetime) -> bool:
        """Say whether a run that has not begun may still: it waits, or was taken after `since`.

        Raises:
            PrefectUnreachable: Prefect's API does not answer.
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
    _trusts_silence_at: float = 0

    def tick(self) -> int:
        """Do one round; return how many runs were started and events handed on."""
        self._every(_BEAT_SECONDS, self._beat)
        self._every(_REDRIVE_SECONDS, self._redrive)
        wanted = self.app.act_as(ACTOR, None, service.claim, _BATCH)
        started = self._start_all(wanted)
        return started + sum(follower.follow() for follower in self.followers)

    def run(self, stop: Event) -> None:
        """Do rounds until told to stop; wait in between where there was nothing to do."""
        poll = self.app.settings.relay_poll_seconds
        calm = _CALM_SECONDS
        while not stop.is_set():
            pause = calm
            calm = min(2 * calm, _LONGEST_CALM_SECONDS)
            try:
                pause = 0 if self.tick() else poll
                calm = _CALM_SECONDS
            except PrefectUnreachable as away:
                log.warning("Prefect does not answer: %s", away)
            except ClockAhead as ahead:
                log.warning("%s", ahead)
            except OUT_OF_REACH:
                log.warning("the database does not answer")
                # Living runs could not say so meanwhile either: they are given time to.
                self._trusts_silence_at = time.monotonic() + FRESH.total_seconds()
            stop.wait(pause)
        try:
            self.app.say_over(self.name)
        except OUT_OF_REACH:
            log.warning("the database does not answer; this relay is forgotten in a moment")

    def _start_all(self, wanted: list[Wanted]) -> int:
        """Create the runs; once Prefect does not answer, what is left goes back unasked."""
        started = 0
        for at, one in enumerate(wanted):
            try:
                started += self._start(one)
            except PrefectUnreachable as away:
                for left in wanted[at:]:
                    self.app.act_as(ACTOR, None, service.put_back, left, str(away))
                raise
        return started

    def _start(self, wanted: Wanted) -> int:
        """Create one run and mark its rows; return 1 where it was created."""
        try:
            run_id = self.starter.start(wanted)
        except RunRefused as refusal:
            done = self.app.act_as(ACTOR, None, service.record_refused, wanted, str(refusal))
            level = logging.ERROR if done.detail == "dead" else logging.WARNING
            log.log(level, "no run was created: %s", refusal, extra=_where(wanted))
            return 0
        self.app.act_as(ACTOR, None, service.record_started, wanted, run_id)
        log.info("run created", extra={**_where(wanted), "flow_run_id": run_id})
        return 1

    def _redrive(self) -> None:
        if time.monotonic() < self._trusts_silence_at:
            return
        patience = timedelta(seconds=self.app.settings.relay_patience_seconds)
        done = self.app.act_as(ACTOR, None, service.redrive, patience)
        if done.changed:
            log.warning("%d rows are sent again: their runs did not do the work", done.changed)
        for code in sorted({edge.campaign_code for edge in self.app.read(None, edges.dead)}):
            self._report(code)
        for run_id, attempt in self.app.read(None, service.not_begun).items():
            if not self.starter.is_to_come(run_id, self.app.now() - _BEGINS_WITHIN * attempt):
                self.app.act_as(ACTOR, None, service.redo_unbegun, run_id)
                log.warning("a run came to nothing before it began", extra={"flow_run_id": run_id})

    def _report(self, code: str) -> None:
        """Tell the coordinators what was given up; a broken campaign keeps no other from it."""
        try:
            if self.app.act(code, alerts.report_dead).changed:
                # Handed over here: the run that would do it may be what is given up.
                self.app.deliver(code)
        except Refusal:
            log.exception("what was given up cannot be reported", extra={"campaign_id": code})

    def _beat(self) -> None:
        self.app.say_alive(self.name, beats.RELAY)

    def _every(self, seconds: float, act: Callable[[], None]) -> None:
        now = time.monotonic()
        if now - self._last.get(act.__name__, -seconds) >= seconds:
            self._last[act.__name__] = now
            act()


_RUN_NAMES: Final = {
    edges.CYCLE: "cycle/run",
    edges.DELIVER: "delivery/run",
    edges.SWEEP: "deadlines/sweep",
}
"""As the flows name their runs once they begin: one that waits is found under the same name."""


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
                name=f"{wanted.campaign_code}/{_RUN_NAMES.get(wanted.topic, wanted.topic)}",
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
            # Prefect's database may be a new one, whose deployments have other ids.
            self._deployments.clear()
            raise RunRefused(f"status {status}") from answer
        except (HTTPError, RuntimeError) as silence:
            raise PrefectUnreachable(type(silence).__name__) from silence
        return str(run.id)

    def is_to_come(self, flow_run_id: str, since: datetime) -> bool:
        """Say whether the run waits for a worker, or was taken by one after `since`.

        A process that dies before the run begins, such as one that does not reach Prefect's server
        while that is started anew, leaves it pending for ever.
        """
        from prefect.exceptions import ObjectNotFound  # noqa: PLC0415 - takes seconds

        try:
            state = self._client.read_flow_run(UUID(flow_run_id)).state
        except ObjectNotFound:
            return False
        except (HTTPError, RuntimeError) as silence:
            raise PrefectUnreachable(type(silence).__name__) from silence
        if state is None or state.is_scheduled():
            return True
        was_taken = state.is_pending() or state.is_running()
        return was_taken and state.timestamp > since

    def _deployment(self, topic: str) -> UUID:
        """Return the deployment of a topic; both carry its name."""
        if topic not in self._deployments:
            found = self._client.read_deployment_by_name(f"{topic}/{topic}")
            self._deployments[topic] = found.id
        return self._deployments[topic]


# --- Events, after the fact ----------------------------------------------------------------------


class EventSink(Protocol):
    """Where people and automations watch."""

    def publish(self, told: Sequence[Announcement]) -> None:
        """Hand announcements over; return once they were taken.

        Raises:
            PrefectUnreachable: It does not answer.
        """
        ...


@dataclass
class Publisher:
    """Tells a sink what the event log says, page by page; the log remembers how far it came."""

    app: App
    sink: EventSink
    consumer: str = "prefect"

    def follow(self) -> int:
        """Tell the next page of every campaign; return how many events it held."""
        codes = self.app.read(None, cursors.behind, self.consumer)
        return sum(self._follow(code) for code in codes)

    def _follow(self, code: str) -> int:
        page = self.app.read(code, cursors.unseen, self.consumer, _PAGE)
        if page:
            self.sink.publish(announcements(code, page))
            self.app.act_as(ACTOR, code, cursors.move, self.consumer, page[-1].number)
        return len(page)


class PrefectEvents:
    """Prefect's events, taken by its API before the next page is read."""

    @cached_property
    def _client(self) -> SyncPrefectClient:
        from prefect.client.orchestration import get_client  # noqa: PLC0415 - takes seconds

        return get_client(sync_client=True)

    def publish(self, told: Sequence[Announcement]) -> None:
        """Post the announcements; what Prefect refuses is lost, which harms nothing."""
        from prefect.exceptions import PrefectHTTPStatusError  # noqa: PLC0415 - takes seconds

        try:
            self._client.request("POST", "/events", json=[_as_event(one) for one in told])
        except PrefectHTTPStatusError as answer:
            status = answer.response.status_code
            if status >= _SERVER_ERROR:
                raise PrefectUnreachable(f"status {status}") from answer
            log.warning("Prefect did not take %d events: status %d", len(told), status)
        except (HTTPError, RuntimeError) as silence:
            raise PrefectUnreachable(type(silence).__name__) from silence


def _as_event(told: Announcement) -> dict[str, object]:
    resource = f"thidua.campaign.{told.campaign_code}"
    related = [
        {
            "prefect.resource.id": f"{resource}.stage.{told.stage}",
            "prefect.resource.role": "stage",
        }
    ]
    return {
        "id": str(told.id),
        "event": told.name,
        "occurred": told.occurred_at.isoformat(),
        "resource": {"prefect.resource.id": resource},
        "related": related if told.stage else [],
        "payload": told.payload,
    }
