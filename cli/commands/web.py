"""`thidua web`: the web process, until it is told to stop; several may run."""

from __future__ import annotations

import signal
from typing import Annotated, NoReturn

import typer

from cli.terminal.terminal import terminal_of
from language import _

HostOption = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")]
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help="At which port.")]


def web(context: typer.Context, host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Serve the web pages and the API, until Ctrl-C."""
    import uvicorn

    from campaigns import logs
    from campaigns.engine.heartbeat import beating
    from campaigns.store.engine import beats
    from operations.installation import open_app
    from portal.app import create_app
    from portal.web.health import name_of_process

    terminal, app = terminal_of(context), open_app()
    logs.configure(app.settings.log_format)
    terminal.note(_("Web pages and API at {url}; Ctrl-C ends it."), url=f"http://{host}:{port}")
    # uvicorn hands SIGTERM on when it has ended: this process then says so.
    signal.signal(signal.SIGTERM, _end)
    with beating(app, name_of_process(), beats.WEB):
        uvicorn.run(
            create_app(app),
            host=host,
            port=port,
            log_config=None,
            access_log=False,  # addresses of pages hold the tokens of links
            timeout_graceful_shutdown=3,
        )


def _end(*_: object) -> NoReturn:
    raise SystemExit(0)
