"""An installation whose runs are taken by a worker, and what is done to them in Prefect's UI."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
from sqlalchemy import select, update

from campaigns import bootstrap
from campaigns.engine.relay import PrefectStarter, Relay
from campaigns.services.approvals import verdicts
from campaigns.services.engine.runs import redrive
from campaigns.services.launch import launch
from campaigns.services.log import audit
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.mail import messages
from campaigns.store.tables import outbox as table
from campaigns.store.transaction import Transaction
from campaigns.views import board
from schemas.commands.approvals import ApproveStage
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.vocabulary import Stage
from tests import servers
from tests.processes import Process, clean_environment, prefect_client, until
from tests.story import TIMED
from tests.world import settle, short_playbook

PATIENCE: Final = 120
"""Seconds a step may take; it takes a few, more on a busy machine."""
_PRESSES: Final = 10
_SOON: Final = timedelta(minutes=2)
"""A row that is sent again waits so long at most."""


class Outcome(NamedTuple):
    """What a campaign has come to: the same, whatever was pressed in between."""

    stages: list[tuple[str, str]]
    mail: list[tuple[str, str, str]]
    """Template, recipient and state of each message: one queued twice stands there twice."""
    intact: bool
    """The chain of its events verifies, and the rows are what it says."""
    waiting: int
    """Rows of the outbox that wait for a run, or for one to end."""


@dataclass
class Engine:
    """An installation, Prefect's API and a worker; the relay is driven by the test."""

    api: str
    app: bootstrap.App
    worker: Process
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @cached_property
    def _client(self) -> httpx.Client:
        return prefect_client(self.api)

    def request(self, method: str, path: str, body: object = None) -> Any:
        """Send Prefect's API what a page of its UI would; return the answer.

        On SQLite it may say that it is busy; a person presses once more then.
        """
        for _ in range(_PRESSES):
            url = f"{self.api}{path}"
            answer = self._client.request(method, url, json=body)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    # --- The buttons: what the pages of Prefect 3.8.8 send ---------------------------------------

    def set_state(self, run: str, **state: str) -> str:
        """Set a run's state, past all rules, as the buttons do; return the type it has now."""
        body = {"state": state, "force": True}
        answer = self.request("POST", f"/flow_runs/{run}/set_state", body)
        kind: str = answer["state"]["type"]
        return kind

    def cancel(self, run: str) -> None:
        """Press Cancel; a run that nobody has taken yet is cancelled at once."""
        now = self.set_state(run, type="CANCELLING", name="Cancelling")
        assert now in {"CANCELLING", "CANCELLED"}

    def retry(self, run: str) -> None:
        """Press Retry."""
        message = "Retry from the UI"
        now = self.set_state(run, type="SCHEDULED", name="AwaitingRetry", message=message)
        assert now == "SCHEDULED"

    def delete(self, run: str) -> None:
        """Press Delete."""
        self.request("DELETE", f"/flow_runs/{run}")

    # --- Prefect ---------------------------------------------------------------------------------

    def state(self, run: str) -> str:
        """Return the type of a run's state."""
        kind: str = self.request("GET", f"/flow_runs/{run}")["state_type"]
        return kind

    def until_state(self, run: str, *kinds: str) -> None:
        """Wait until a run is in one of these states."""
        until(lambda: self.state(run) in kinds, PATIENCE, f"{run} is {kinds}")

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        """Return the runs of a deployment."""
        wanted = {"deployments": {"name": {"any_": [deployment]}}}
        found: list[dict[str, Any]] = self.request("POST", "/flow_runs/filter", wanted)
        return found

    @contextmanager
    def untaken(self) -> Iterator[None]:
        """Have the worker take no run meanwhile."""
        self.request("PATCH", "/work_pools/thidua", {"is_paused": True})
        try:
            yield
        finally:
            self.request("PATCH", "/work_pools/thidua", {"is_paused": False})

    # --- People and the relay --------------------------------------------------------------------

    def launch(self) -> str:
        """Create a campaign and launch it, which wants a run; return its code."""
        code = f"UI-{next(self._numbers)}"
        create = CreateCampaign(command_id=f"create-{code}", code=code)
        self.app.act_as("mai", None, launch.create, create, short_playbook(code=code))
        start = LaunchCampaign(command_id=f"launch-{code}", person_id="mai")
        self.app.act_as("mai", code, launch.launch, start)
        return code

    def approve(self, code: str) -> None:
        """Approve the launch, which wants another run."""
        command = ApproveStage(command_id=f"approve-{code}", stage=Stage.LAUNCH, person_id="hung")
        self.app.act_as("hung", code, verdicts.approve, command)

    def ask(self, code: str) -> str:
        """Have a relay ask for what campaigns wait for; return the newest run of this one."""
        Relay(self.app, PrefectStarter()).tick()
        return [str(row.flow_run_id) for row in self._rows(code) if row.flow_run_id][-1]

    def lose_patience(self, code: str) -> None:
        """Let the time pass after which a run is taken for dead."""

        def long_ago(tx: Transaction) -> None:
            theirs = table.c.campaign_code == code, table.c.sent_at.is_not(None)
            long = tx.wall - timedelta(days=1)
            tx.connection.execute(update(table).where(*theirs).values(sent_at=long))

        self.app.act_as("system:test", None, long_ago)

    def come_to_rest(self, code: str) -> Outcome:
        """Have a relay go on until nothing is left to be done; return what that came to."""
        until(lambda: self._rests(code), PATIENCE, f"{code} rests; {self.worker.said()}")
        view = self.app.read(code, board.view)
        mail = self.app.read(code, messages.find)
        return Outcome(
            stages=[(one.name, one.state) for one in view.stages],
            mail=sorted(
                (one.template, one.recipient_id, one.state)
                for one in mail
                if one.template not in TIMED  # a net may look at one campaign and not at another
            ),
            intact=self.app.read(code, audit.verify).intact,
            waiting=len(self._open(code)),
        )

    def _rests(self, code: str) -> bool:
        patience = timedelta(seconds=self.app.settings.relay_patience_seconds)
        self.app.act_as("system:relay", None, redrive, patience)
        # A relay that looked while a run is under way would only start a further one for its mail.
        if not any(row.sent_at for row in self._open(code)):
            Relay(self.app, PrefectStarter()).tick()
        return not self._open(code)

    def _open(self, code: str) -> list[Any]:
        with self.app.store.reading() as tx:
            soon = tx.wall + _SOON
        return [
            row
            for row in self._rows(code)
            if row.settled_at is None and row.dead_at is None and row.available_at <= soon
        ]

    def _rows(self, code: str) -> list[Any]:
        with self.app.store.reading() as tx:
            query = select(table).where(table.c.campaign_code == code).order_by(table.c.id)
            return list(tx.connection.execute(query))


@contextmanager
def running_engine(api: str, folder: Path) -> Iterator[Engine]:
    """Deploy the engine to a server and start a worker for it."""
    from flows.deploying import deploy  # noqa: PLC0415 - Prefect takes seconds to import

    settings = Settings(home=folder / "home")
    settings.home.mkdir()
    schema.upgrade(open_engine(settings.database))
    app = bootstrap.build(settings)
    app.act_as("mai", None, settle)
    deploy()
    env = clean_environment(
        THIDUA_HOME=str(settings.home),
        PREFECT_HOME=str(folder / "prefect"),
        PREFECT_API_URL=api,
        PREFECT_LOGGING_TO_API_ENABLED="false",
        PREFECT_WORKER_QUERY_SECONDS="1",
        # An installation may have this set, and a retry then skips what has a stored result.
        PREFECT_RESULTS_PERSIST_BY_DEFAULT="true",
    )
    worker = servers.prefect_worker("worker", folder, env)
    worker.start()
    try:
        yield Engine(api, app, worker)
    finally:
        worker.stop()
