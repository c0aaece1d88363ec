"""How does everybody know that a run lives? It says so every few seconds (ADR 0028).

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
from campaigns.services import outbox
from campaigns.store import beats
from campaigns.store.engine import OUT_OF_REACH

log = logging.getLogger("thidua.heartbeat")
_BEAT_SECONDS: Final = 4.0
_name: ContextVar[str | None] = ContextVar("name", default=None)


def name() -> str | None:
    """Return by which name the run at work here is known to live; None: it says nothing."""
    return _name.get()


@contextmanager
def beating(app: App, flow_run_id: str) -> Iterator[None]:
    """Let others know that a run lives while the block lasts; parts of it say no more than it.

    A run that fails says so: its work is wanted again at once.
    """
    if _name.get() is not None:
        yield
        return
    own_name = beats.name_of_run(flow_run_id)
    token, stop = _name.set(own_name), Event()
    _beat(app, own_name)
    heart = Thread(target=_beat_on, args=(app, own_name, stop), daemon=True, name="heartbeat")
    heart.start()
    try:
        yield
    except BaseException:
        with suppress(*OUT_OF_REACH):  # then its silence tells it
            app.act(None, outbox.redo, flow_run_id)
        raise
    finally:
        stop.set()
        heart.join()
        _name.reset(token)
        with suppress(*OUT_OF_REACH):
            app.act(None, beats.end, own_name)


def _beat_on(app: App, own_name: str, stop: Event) -> None:
    while not stop.wait(_BEAT_SECONDS):
        _beat(app, own_name)


def _beat(app: App, own_name: str) -> None:
    try:
        app.act(None, beats.beat, own_name, beats.RUN)
    except OUT_OF_REACH:
        log.warning("the database does not answer; this run seems silent meanwhile")
