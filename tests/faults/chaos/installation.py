"""Every process of one installation, beside its database; each may be killed and started again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers
from tests.processes import (
    ROOT,
    Process,
    answers,
    clean_environment,
    free_port,
    listens,
    run_to_end,
)


@dataclass
class Installation:
    """Prefect's server, a worker, the relay, the web process and a mail server."""

    home: Path
    database_url: str
    parts: dict[str, Process] = field(init=False)
    mail: Path = field(init=False)
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.mail = self.home / "sink"
        logs = self.home / "logs"
        for folder in (self.home, logs, self.mail):
            folder.mkdir(parents=True, exist_ok=True)
        api, web, smtp = free_port(), free_port(), free_port()
        self.environment = clean_environment(
            THIDUA_HOME=str(self.home),
            THIDUA_DATABASE_URL=self.database_url,
            THIDUA_SMTP_HOST="127.0.0.1",
            THIDUA_SMTP_PORT=str(smtp),
            THIDUA_SMTP_START_TLS="false",
            THIDUA_SMTP_SENDER_ADDRESS="thidua@bentre.example",
            THIDUA_SMTP_TIMEOUT="10",
            PREFECT_HOME=str(self.home / "prefect"),
            PREFECT_API_URL=f"http://127.0.0.1:{api}/api",
            PREFECT_LOGGING_LEVEL="WARNING",
            PREFECT_LOGGING_TO_API_ENABLED="false",
            PREFECT_SERVER_ANALYTICS_ENABLED="false",
            PREFECT_WORKER_QUERY_SECONDS="2",
            PYTHONPATH=str(ROOT),
        )
        env, thidua = self.environment, [sys.executable, "-m", "cli.main"]
        sink = [sys.executable, "-m", "tests.faults.chaos.sink", str(smtp), str(self.mail)]
        web_url = f"http://127.0.0.1:{web}/healthz"
        made = [
            servers.prefect_server("server", logs, api, env),
            servers.prefect_worker("worker", logs, env),
            Process("relay", [*thidua, "relay"], logs / "relay.log", env),
            Process(
                "web",
                [*thidua, "web", "--port", str(web)],
                logs / "web.log",
                env,
                ready=lambda: answers(web_url),
            ),
            Process("smtp", sink, logs / "smtp.log", env, ready=lambda: listens(smtp)),
        ]
        self.parts = {part.name: part for part in made}

    def deploy(self) -> None:
        """Register the deployments with the Prefect server, as an operator does."""
        run_to_end([sys.executable, "-m", "cli.main", "engine", "deploy"], self.environment)

    def revive(self) -> None:
        """Start what has ended by itself again, as whoever looks after services does."""
        for part in self.parts.values():
            if part.has_ended:
                part.start(wait=False)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start every part; stop them all at the end."""
        try:
            self.parts["smtp"].start()
            self.parts["server"].start()
            self.deploy()
            for name in ("worker", "relay", "web"):
                self.parts[name].start(wait=False)
            self.parts["web"].wait()
            yield
        finally:
            servers.stop_all(list(self.parts.values()))
