"""How does a command run the engine? In this process, beside a local Prefect API of its own.

The API is started first and gets ready while other work goes on: preparing Prefect's database for
the first time is the slow part. Prefect only executes and shows, so a database of Prefect's that
was left half prepared is thrown away; nothing of a campaign is lost with it (ADR 0002).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from campaigns.bootstrap import App
from campaigns.store.engine import beats
from cli.screens import standing
from cli.terminal.terminal import Terminal
from language import N_, _
from language.errors import Kind, Refusal
from operations.lock import is_up, lock_file, taken
from operations.prefect.server import LocalApi, PrefectNotStarted, local_api

_PATIENCE_SECONDS: Final = 300
_POLL_SECONDS: Final = 0.2


class EngineBusy(Refusal):
    """Another command runs the engine in the same folder."""

    kind = Kind.CONFLICT
    message = N_("Another command is running a campaign in {home}.")
    remedy = N_("repeat this one when it has ended.")

    def __init__(self, home: Path) -> None:
        super().__init__(home=home)


@contextmanager
def engine_lock(terminal: Terminal, home: Path, *, wait: bool) -> Iterator[None]:
    """Keep every other command that runs the engine in this folder out.

    Raises:
        EngineBusy: Another one is running, and this one shall not wait for it.
    """
    with lock_file(home) as file:
        if not taken(file, wait=False):
            if not wait:
                raise EngineBusy(home)
            terminal.note(_("Another command is running in this folder; waiting for it to end."))
            taken(file, wait=True)
        yield


def go_on(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Have the engine do what is due: the one that is running, or this command itself."""
    if is_running(app):
        terminal.say(_("Recorded. The engine is running and goes on by itself within seconds."))
    else:
        run_cycle(terminal, app, campaign_code)


def is_running(app: App) -> bool:
    """Say whether a relay takes what is recorded, here or at another machine, or soon will."""
    return is_up(app.settings.home) or app.read(None, beats.is_alive, beats.RELAY)


def run_cycle(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Let the engine do what is due in a campaign now, and say what it waits for then."""
    with engine_lock(terminal, app.settings.home, wait=True), local_api(app.settings) as api:
        wait_until_ready(terminal, api)
        with terminal.working(_("Doing what is due")):
            _cycle(campaign_code, None)
    standing.show_waiting(terminal, app, campaign_code)


def run_rehearsal(campaign_code: str, folder: Path) -> None:
    """Let the engine go through a whole campaign on its recorded acts."""
    _cycle(campaign_code, str(folder.absolute()))


def _cycle(campaign_code: str, recorded_acts: str | None) -> None:
    from flows.cycle import campaign_cycle

    campaign_cycle(campaign_code, recorded_acts)


def wait_until_ready(terminal: Terminal, api: LocalApi) -> None:
    """Wait for the API; say what takes so long, and for how long already.

    Raises:
        PrefectNotStarted: It ended, or did not answer in time.
    """
    phrase = (
        _("Preparing Prefect's database for the first time: the slow part, 20–40 s")
        if api.first_time
        else _("Starting Prefect")
    )
    with terminal.working(phrase, slow=True):
        started = time.perf_counter()
        while not api.is_ready():
            if time.perf_counter() - started > _PATIENCE_SECONDS:
                raise PrefectNotStarted(api.log)
            time.sleep(_POLL_SECONDS)
