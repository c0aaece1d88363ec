"""`thidua web`: the web process, until it is told to stop; several may run."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli import words_up as words
from cli.common import terminal_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from campaigns.bootstrap import App

HostOption = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="At which port.")]
_BEAT_SECONDS = 5.0


def web(context: typer.Context, host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Serve the web pages and the API, until Ctrl-C."""
    import uvicorn

    from campaigns import logs
    from cli.installation import open_app
    from portal.app import create_app

    terminal, app = terminal_of(context), open_app()
    logs.configure(app.settings.log_format)
    terminal.note(words.WEB_RUNS, url=f"http://{host}:{port}")
    with _beating(app):
        uvicorn.run(
            create_app(app),
            host=host,
            port=port,
            log_config=None,
            access_log=False,  # addresses of pages hold the tokens of links
            timeout_graceful_shutdown=3,
        )


@contextmanager
def _beating(app: App) -> Iterator[None]:
    """Say from time to time that this process lives."""
    from campaigns.store import beats
    from campaigns.store.engine import OUT_OF_REACH

    name, stop = f"web:{socket.gethostname()}:{os.getpid()}", threading.Event()

    def beat() -> None:
        while True:
            with suppress(*OUT_OF_REACH):  # the readiness page says so; the next beat tries again
                app.act_as("system:web", None, beats.beat, name, beats.WEB)
            if stop.wait(_BEAT_SECONDS):
                return

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        with suppress(*OUT_OF_REACH):  # else it is forgotten after a day
            app.act_as("system:web", None, beats.end, name)
