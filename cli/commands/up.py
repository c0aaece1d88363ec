"""`thidua up`: everything an installation needs, on one machine, until it is told to stop."""

from __future__ import annotations

import errno
import os
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.terminal import Terminal, terminal_of
from language import N_, _
from language.errors import Kind, Refusal

if TYPE_CHECKING:
    from threading import Event

    from campaigns.bootstrap import App
    from campaigns.settings import Settings
    from operations.processes.parts import Places
    from operations.processes.supervisor import Supervisor

_STEP_SECONDS: Final = 0.5
_PARTS_END_SECONDS: Final = 15.0

PrefectPort = Annotated[
    int, typer.Option("--prefect-port", min=1, max=65535, help="Port of Prefect and its pages.")
]
WebPort = Annotated[
    int, typer.Option("--web-port", min=1, max=65535, help="Port of the web pages and the API.")
]
HostOption = Annotated[
    str,
    typer.Option("--host", metavar="ADDRESS", help="0.0.0.0: reachable from other machines."),
]
FormOption = Annotated[
    str | None, typer.Option("--log-format", metavar="text|json", help="Lines of the logs.")
]


class AlreadyUp(Refusal):
    """Another `thidua up` runs in the same home."""

    kind = Kind.CONFLICT
    message = N_("`thidua up` is running in {home} already.")
    remedy = N_("end that one first (Ctrl-C), or set THIDUA_HOME to another installation.")

    def __init__(self, home: Path) -> None:
        super().__init__(home=home)


class PortTaken(Refusal):
    """Another program listens at a port that is needed."""

    kind = Kind.CONFLICT
    message = N_("Another program uses {host}:{port} (`ss -ltnp | grep {port}` names it).")
    remedy = N_("end it, or choose another port with {option}.")

    def __init__(self, host: str, port: int, option: str) -> None:
        super().__init__(host=host, port=port, option=option)


class PortsEqual(Refusal):
    """Two servers cannot listen at one port."""

    kind = Kind.INVALID
    message = N_("--prefect-port and --web-port are both {port}; two servers need two ports.")

    def __init__(self, port: int) -> None:
        super().__init__(port=port)


class PortForbidden(Refusal):
    """The system keeps this port for its administrator."""

    kind = Kind.NOT_ALLOWED
    message = N_("This user may not open port {port}.")
    remedy = N_("choose one from 1024 on with {option}.")

    def __init__(self, port: int, option: str) -> None:
        super().__init__(port=port, option=option)


class AddressNotHere(Refusal):
    """This machine has no such address."""

    kind = Kind.INVALID
    message = N_("{host} is no address of this machine (`ip address` lists them).")
    remedy = N_("give one of its own with --host, 0.0.0.0 for all.")

    def __init__(self, host: str) -> None:
        super().__init__(host=host)


class LogFormatUnknown(Refusal):
    """Lines of logs come in two forms."""

    kind = Kind.INVALID
    message = N_("{given!r} is no form of logs.")
    remedy = N_("choose text or json.")

    def __init__(self, given: str) -> None:
        super().__init__(given=given)


def up(
    context: typer.Context,
    prefect_port: PrefectPort = 4200,
    web_port: WebPort = 8080,
    host: HostOption = "127.0.0.1",
    log_format: FormOption = None,
) -> None:
    """Start everything: Prefect, worker, relay, web pages; Ctrl-C ends it all."""
    from operations.lock import UP, lock_file, taken
    from operations.processes.parts import NOTE, Places
    from operations.processes.supervisor import ends_by_signal

    terminal, settings = terminal_of(context), _settings(log_format)
    if prefect_port == web_port:
        raise PortsEqual(web_port)
    places = Places(host, prefect_port, web_port)
    with ExitStack() as held:
        if not taken(held.enter_context(lock_file(settings.home, UP)), wait=False):
            raise AlreadyUp(settings.home)
        # One that was killed leaves its note behind, and parts that take some seconds to end.
        killed = (settings.home / NOTE).exists()
        until = time.monotonic() + (_PARTS_END_SECONDS if killed else 0)
        _ensure_free(host, prefect_port, "--prefect-port", until)
        _ensure_free(host, web_port, "--web-port", until)
        stop = ends_by_signal()
        app = _prepared(terminal, settings)
        engine = held.enter_context(lock_file(settings.home))
        if not taken(engine, wait=False):
            terminal.note(_("Another command is running in this folder; waiting for it to end."))
            taken(engine, wait=True)
        _run(terminal, app, places, stop)


def _settings(log_format: str | None) -> Settings:
    from operations.installation import open_settings

    if log_format is not None:
        if log_format not in {"text", "json"}:
            raise LogFormatUnknown(log_format)
        os.environ["THIDUA_LOG_FORMAT"] = log_format
    return open_settings()


def _ensure_free(host: str, port: int, option: str, until: float) -> None:
    """Refuse a port that is taken, before anything is started; until then it may become free.

    Raises:
        PortTaken, PortForbidden, AddressNotHere: It cannot be listened at.
    """
    while True:
        try:
            return _listen(host, port, option)
        except PortTaken:
            if time.monotonic() >= until:
                raise
        time.sleep(_STEP_SECONDS)


def _listen(host: str, port: int, option: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: what is left of a connection that has ended is no reason to refuse.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise PortTaken(host, port, option) from problem
            if problem.errno == errno.EACCES:
                raise PortForbidden(port, option) from problem
            raise AddressNotHere(host) from problem


def _prepared(terminal: Terminal, settings: Settings) -> App:
    """Do what `thidua init` does where it is needed; an older database is left to its owner."""
    from operations.installation import database_versions, make_folders, open_app, prepare_database

    make_folders(settings)
    have, _wanted = database_versions(settings)
    if have is None:
        prepare_database(settings)
        terminal.note(_("Folder and database were made ready in {home}."), home=settings.home)
    return open_app()


def _run(terminal: Terminal, app: App, places: Places, stop: Event) -> None:
    from operations.prefect.password import PASSWORD, SERVER
    from operations.processes.parts import environment, note_places, parts_of
    from operations.processes.supervisor import Supervisor

    told = environment(app.settings, places)
    file = app.settings.home / PASSWORD
    terminal.note(
        _("Prefect asks for a password; it lies in {place}."),
        place=SERVER if os.environ.get(SERVER) else file,
    )
    supervisor = Supervisor(parts_of(app, places, told))
    noted = note_places(app.settings.home, places)
    try:
        _watch(terminal, app, supervisor, places, stop)
    finally:
        terminal.note(_("Stopping …"))
        supervisor.stop()
        noted.unlink(missing_ok=True)
    terminal.note(_("All has ended. Everything recorded is kept."))


def _watch(
    terminal: Terminal, app: App, supervisor: Supervisor, places: Places, stop: Event
) -> None:
    from cli.screens.up import screen_of

    with screen_of(terminal, app, supervisor) as screen:
        while not stop.is_set():
            began = time.monotonic()
            supervisor.step()
            screen.show()
            if supervisor.is_well:
                screen.say(
                    _("Everything runs. Web pages: {web} · Prefect: {prefect}"),
                    web=places.web,
                    prefect=places.prefect,
                )
            stop.wait(max(0.1, _STEP_SECONDS - (time.monotonic() - began)))
