"""`thidua clock`: do the clocks agree, and how does a log go on that is dated ahead?"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    PersonOption,
    Terminal,
    checked_text,
    instant,
    moment,
    terminal_of,
)
from cli.words import clock as words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from campaigns.bootstrap import App
    from campaigns.services.clock import Findings
    from schemas.commands.clock import RepairClock

group = typer.Typer(help="Compare the clocks; repair what one has written.", no_args_is_help=True)


@group.command("show")
def show(context: typer.Context, as_json: JsonOption = False) -> None:
    """Show what every clock shows, and which logs are dated ahead of now."""
    from campaigns.services import clock as clock_repair
    from campaigns.store import campaigns
    from campaigns.store.clock import ahead
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, clock_repair.look, app.store.compared())
    codes = app.read(None, campaigns.codes)
    logs = {code: log for code in codes if (log := app.read(code, ahead)) is not None}
    if as_json:
        terminal.json(
            {
                "now": instant(found.now),
                "believed": found.is_believed,
                "clocks": [
                    {
                        "name": one.name,
                        "shows": instant(one.shows) if one.shows else None,
                        "ahead_seconds": one.ahead,
                    }
                    for one in found.clocks
                ],
                "registers_ahead_until": instant(found.registers) if found.registers else None,
                "people_ahead": found.people,
                "campaigns_ahead": {
                    code: {
                        "first": one.first,
                        "events": one.events,
                        "until": instant(one.last_at),
                    }
                    for code, one in logs.items()
                },
            }
        )
        return
    zone = zone_of_all(app)
    _show_clocks(terminal, found, zone)
    for code, one in logs.items():
        at = moment(one.last_at, zone)
        terminal.say(words.LOG_AHEAD, campaign=code, at=at, events=one.events, first=one.first)
    if found.registers:
        terminal.say(words.REGISTERS_AHEAD, at=moment(found.registers, zone))
    elif found.people:
        terminal.say(words.PEOPLE_AHEAD, count=found.people)
    if logs or found.registers or found.people:
        terminal.say(words.ADVICE)
    elif found.is_believed:
        terminal.say(words.AGREE)


def _show_clocks(terminal: Terminal, found: Findings, zone: ZoneInfo) -> None:
    from cli.terminal.tables import table

    named = {"database": words.DATABASE, "process": words.PROCESS}
    rows = [
        (
            terminal.words(named[one.name]) if one.name in named else one.name,
            moment(one.shows, zone) if one.shows else terminal.words(words.NOT_BELIEVED),
            one.ahead,
        )
        for one in found.clocks
    ]
    terminal.show(table(terminal, (words.CLOCK, words.SHOWS, words.LEADS), rows))
    terminal.show("")
    if not found.is_believed:
        terminal.say(words.APART, seconds=found.lead)


@group.command("repair")
def repair(
    context: typer.Context,
    person: PersonOption,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
    ],
    campaign: CampaignOption = None,
) -> None:
    """Let logs that are dated ahead go on from the present: all of them, or one campaign's."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.rules.clock.errors import NothingAhead
    from campaigns.store import campaigns
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.clock import RepairClock

    terminal, app = terminal_of(context), open_app()
    command = RepairClock(
        command_id=keys.command_id("cli", "clock", secrets.token_hex(8)),
        reason=reason,
        person_id=person,
    )
    repaired = False
    if campaign is None:
        try:
            done = acts.carry_out(app, at_console(person), None, command)
        except NothingAhead:
            pass
        else:
            terminal.say(words.REPAIRED_REGISTERS, people=done.detail)
            repaired = True
    for code in [campaign] if campaign else app.read(None, campaigns.codes):
        repaired |= _repair_one(terminal, app, code, command)
    if not repaired:
        raise NothingAhead


def _repair_one(terminal: Terminal, app: App, code: str, command: RepairClock) -> bool:
    """Repair one campaign's log; False where it is not ahead."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.services import clock as clock_repair
    from campaigns.store.clock import ahead
    from cli.screens.standing import zone_of
    from schemas.actors import at_console
    from schemas.vocabulary import label

    if app.read(code, ahead) is None:
        return False
    own = command.model_copy(update={"command_id": keys.command_id(command.command_id, code)})
    done = acts.carry_out(app, at_console(command.person_id), code, own)
    terminal.say(words.REPAIRED, campaign=code, events=done.detail)
    zone = zone_of(app, code)
    for one in app.read(code, clock_repair.early):
        stage = label(one.stage, terminal.language)
        at = moment(one.due_at, zone)
        terminal.say(words.EARLY[one.was], stage=stage, name=one.stage, at=at)
    return True
