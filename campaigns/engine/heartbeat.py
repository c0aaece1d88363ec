"""How does everybody know that a process or a run lives? It says so every few seconds (ADR 0028).

Prefect's memory cannot be asked: its server may have died together with the run. A run that fell
silent is found by the relay in seconds, and what it was to do is done by another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Event, Thread
from typing import Final

from campaigns.bootstrap import App
from campaigns.services.engine import runs
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.engine import beats

log = logging.getLogger("thidua.heartbeat")
_BEAT_SECONDS: Final = 4.0
_run: ContextVar[str | None] = ContextVar("run", default=None)


@contextmanager
def beating(app: App, name: str, kind: str) -> Iterator[None]:
    """Let others know that what bears this name lives, while the block lasts.

    The database may be away: the next beat tries again. A name that could not be taken back is
    forgotten after a day.
    """
    stop = Event()

    def beat() -> None:
        try:
            app.say_alive(name, kind)
        except OUT_OF_REACH:
            log.warning("the database does not answer; %s seems silent meanwhile", kind)

    def beat_on() -> None:
        while not stop.wait(_BEAT_SECONDS):
            try:
                beat()
            except Exception:  # a heart that stops is taken for death
                log.exception("%s could not say that it lives", kind)

    beat()
    heart = Thread(target=beat_on, daemon=True, name="heartbeat")
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()
        with suppress(*OUT_OF_REACH):
            app.say_over(name)


def run_at_work() -> str | None:
    """Return by which name the run at work here is known to live; None: there is none."""
    return _run.get()


@contextmanager
def running(app: App, flow_run_id: str) -> Iterator[None]:
    """Let others know that a run lives while the block lasts; parts of it say no more than it.

    A run that fails says so: its work is wanted again at once.
    """
    if _run.get() is not None:
        yield
        return
    name = beats.name_of_run(flow_run_id)
    with beating(app, name, beats.RUN):
        token = _run.set(name)
        try:
            yield
        except BaseException:
            with suppress(*OUT_OF_REACH):  # then its silence tells it
                app.act(None, runs.redo, flow_run_id)
            raise
        finally:
            _run.reset(token)
