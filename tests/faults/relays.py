"""A relay in a process of its own, killed at the worst moment, beside a Prefect made of files.

A run is a file named by its key: made once, whoever asks, as by the unique index of Prefect's own.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaigns.bootstrap import App
from campaigns.engine.relay import Relay
from campaigns.services.engine.runs import Wanted
from campaigns.settings import Settings
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.world import World


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class FilesAsPrefect:
    """Makes a file per run; the same key again gives the run there is."""

    folder: Path
    die_at: str | None = None

    def start(self, wanted: Wanted) -> str:
        if self.die_at == "before_call":
            _die()
        run = sha256(wanted.key.encode()).hexdigest()[:32]
        with (self.folder / run).open("a", encoding="utf-8") as file:
            file.write(f"{wanted.key}\n")
        if self.die_at == "after_created":
            _die()
        return run

    def is_to_come(self, flow_run_id: str, _since: datetime) -> bool:
        return (self.folder / flow_run_id).exists()


def relay_round(world: World, job: dict[str, Any]) -> int:
    """Do one round of a relay; it dies at `die_at`."""
    folder = Path(job["folder"])
    transport = transport_from(MailSettings.model_construct(), folder / "mail")
    app = App(Settings(home=folder), world.store, transport)
    started = Relay(app, FilesAsPrefect(folder / "runs", job.get("die_at"))).tick()
    if job.get("die_at") == "after_mark":
        _die()
    return started
