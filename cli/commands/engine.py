"""`thidua engine`: set the engine up at Prefect, see what it does, have work done again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import CampaignOption, JsonOption, PersonOption, Terminal, terminal_of
from language import _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from campaigns.bootstrap import App
    from campaigns.rules.clock.comparison import Present
    from campaigns.store.engine.beats import Beat
    from campaigns.store.engine.edges import Edge

_REVIVED = _("Work given up is done again: {count}.")

HostOption = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", envvar="PREFECT_SERVER_API_HOST")
]
PortOption = Annotated[
    int, typer.Option("--port", min=1, max=65535, envvar="PREFECT_SERVER_API_PORT")
]
NoServicesOption = Annotated[
    bool,
    typer.Option("--no-services", help="Prefect's background services run in another process."),
]
NameOption = Annotated[
    str | None, typer.Option("--name", help="Of this worker, in Prefect's pages.")
]

group = typer.Typer(
    help="Set up the engine, see what it does, have lost work done again.", no_args_is_help=True
)


@group.command("deploy")
def deploy(context: typer.Context) -> None:
    """Register the engine at the Prefect API in use: work pool, deployments, automations."""
    from campaigns.store.engine import edges as outbox
    from operations.installation import open_app
    from operations.prefect.password import be_known_to_prefect

    terminal, app = terminal_of(context), open_app()
    be_known_to_prefect(app.settings.home)
    from flows.deploying import POOL
    from flows.deploying import deploy as deploy_all

    with terminal.working(
        _("Registering the engine at Prefect (about half a minute) …"), slow=True
    ):
        names = deploy_all()
    terminal.say(
        _("{count} deployments are registered at the work pool {pool}: {names}."),
        pool=POOL,
        count=len(names),
        names=", ".join(names),
    )
    # Most work is given up because a deployment was missing; now it is there.
    codes = {edge.campaign_code for edge in app.read(None, outbox.dead)}
    revived = sum(_revive(app, code) for code in sorted(codes))
    if revived:
        terminal.say(_REVIVED, count=revived)


@group.command("serve")
def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 4200,
    no_services: NoServicesOption = False,
) -> None:
    """Serve Prefect's API and pages, with its password, until told to end."""
    from operations.prefect.api import serve as serve_prefect

    if no_services:
        os.environ["PREFECT__SERVER_WEBSERVER_ONLY"] = "1"
    os.environ.setdefault("PREFECT__SERVER_FINAL", "1")
    serve_prefect(host, port)


@group.command("worker")
def worker(name: NameOption = None) -> None:
    """Carry out the runs of the engine, and nothing else, until told to end."""
    from operations.installation import open_settings
    from operations.prefect.password import be_known_to_prefect

    be_known_to_prefect(open_settings().home)
    from operations.prefect.worker import work

    work(name)


@group.command("status")
def status(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show which processes live, what waits for them, and what was given up."""
    from pydantic_core import to_jsonable_python

    from campaigns.store.engine import beats
    from campaigns.store.engine import edges as outbox
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    heard, waiting = app.read(None, beats.beats), app.read(None, outbox.backlog)
    present, dead = app.read(None, lambda tx: tx.present), app.read(None, outbox.dead)
    # Of a run that is over nothing is left to do; a part that is silent is to be started.
    living = [one for one in heard if one.kind != beats.RUN or one.is_fresh(present)]
    if as_json:
        terminal.json(
            to_jsonable_python(
                {
                    "processes": [one._asdict() for one in living],
                    "outbox": waiting._asdict(),
                    "given_up": [row._asdict() for row in dead],
                }
            )
        )
        return
    _show_processes(terminal, living, present, zone_of_all(app))
    terminal.say(
        _("Waiting for a run: {due}. With a run: {running}. Timers: {later}."),
        due=waiting.due,
        running=waiting.running,
        later=waiting.later,
    )
    if waiting.oldest_due_at is not None:
        terminal.say(
            _("The oldest that waits was due {seconds} s ago."),
            seconds=round((present.now - waiting.oldest_due_at).total_seconds()),
        )
    if dead:
        _show_dead(terminal, dead)


def _show_processes(
    terminal: Terminal, living: list[Beat], present: Present, zone: ZoneInfo
) -> None:
    from cli.terminal.tables import table
    from cli.terminal.zones import when

    rows = [
        (
            one.name,
            when(one.started_at, zone),
            terminal.words(_("alive") if one.is_fresh(present) else _("silent")),
        )
        for one in living
    ]
    if rows:
        terminal.show(table(terminal, (_("Process"), _("Since"), _("State")), rows))
    else:
        terminal.say(_("No process of the engine is running."))


def _show_dead(terminal: Terminal, dead: list[Edge]) -> None:
    from cli.terminal.tables import table

    heads = (_("Campaign"), _("Work"), _("Attempts"), _("Why"))
    found = [(one.campaign_code, one.topic, one.attempt, one.detail) for one in dead]
    terminal.show(table(terminal, heads, found))
    terminal.say(
        _("The work above was given up. Once its cause is mended: thidua engine revive --as PERSON")
    )


def _revive(app: App, code: str) -> int:
    """Have the work of a campaign done again that was given up, whoever deploys."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from schemas.actors import at_console
    from schemas.commands.engine import ReviveRuns

    who, identity = at_console(), keys.command_id("cli", "deployed", code, uuid4())
    command = ReviveRuns(command_id=identity, person_id=who.name)
    return acts.carry_out(app, who, code, command).changed


@group.command("revive")
def revive(context: typer.Context, person: PersonOption, campaign: CampaignOption = None) -> None:
    """Have work done again that was given up after many tries."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store.engine import edges as outbox
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.engine import ReviveRuns

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    dead = app.read(code, outbox.dead)
    if not dead:
        terminal.say(_("No work was given up."))
        return
    newest = max(dead)
    command = ReviveRuns(
        command_id=keys.command_id("cli", "revive", code, newest.id, newest.attempt),
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, _REVIVED, count=done.changed)
