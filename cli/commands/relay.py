"""`thidua relay`: the loop that turns what is recorded into runs, until it is told to stop."""

from __future__ import annotations

import signal
from threading import Event, Thread

import typer

from cli.terminal.terminal import terminal_of
from language import _

_LONGEST_SEND_SECONDS = 3.0


def relay(context: typer.Context) -> None:
    """Start the runs that recorded changes ask for, until Ctrl-C; two may run at once."""
    from campaigns import logs
    from campaigns.engine.webhooks import Webhooks
    from operations.installation import open_app
    from operations.prefect.password import be_known_to_prefect

    terminal, app = terminal_of(context), open_app()
    be_known_to_prefect(app.settings.home)
    from campaigns.engine.relay import PrefectEvents, PrefectStarter, Publisher, Relay

    logs.configure(app.settings.log_format)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    terminal.note(_("The relay runs for {home}; Ctrl-C ends it."), home=app.settings.home)
    sender = Thread(target=Webhooks(app).run, args=(stop,), name="webhooks", daemon=True)
    sender.start()
    Relay(app, PrefectStarter(), (Publisher(app, PrefectEvents()),)).run(stop)
    sender.join(_LONGEST_SEND_SECONDS)
    terminal.note(_("The relay has ended."))
