"""`thidua clock`: do the clocks agree, and how does a log go on that is dated ahead?"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated, Final

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
from language import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from campaigns.bootstrap import App
    from campaigns.services.clock import Findings
    from campaigns.store.clock import Ahead
    from schemas.commands.clock import RepairClock

_EARLY: Final = {
    "opened": _("Look at it: stage {stage} was opened before its time (it should have been {at})."),
    "closed": _(
        "Look at it: stage {stage} was closed before its time (it should have "
        "been {at}). Its approvers may return it: thidua stage return {name} "
        "--as PERSON --reason TEXT"
    ),
}

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
    _show_ahead(terminal, found, logs, zone)
    if logs or found.registers or found.people:
        terminal.say(_("If the clock is right now: thidua clock repair --as PERSON --reason TEXT"))
    elif found.is_believed:
        terminal.say(_("The clocks agree, and no log is dated ahead of now."))


def _show_ahead(
    terminal: Terminal, found: Findings, logs: Mapping[str, Ahead], zone: ZoneInfo
) -> None:
    """Say which logs are dated ahead of now, and since which event."""
    for code, one in logs.items():
        at = moment(one.last_at, zone)
        terminal.say(
            _(
                "{campaign}: the last event is dated {at}, ahead of now; {events} "
                "events, from number {first}. The campaign records nothing more."
            ),
            campaign=code,
            at=at,
            events=one.events,
            first=one.first,
        )
    if found.registers:
        terminal.say(
            _(
                "The registers: the last event is dated {at}, ahead of now; nothing "
                "more is recorded there."
            ),
            at=moment(found.registers, zone),
        )
    elif found.people:
        terminal.say(
            _(
                "The registers: rests or links of {count} people count from a time that "
                "has not come."
            ),
            count=found.people,
        )


def _show_clocks(terminal: Terminal, found: Findings, zone: ZoneInfo) -> None:
    from cli.terminal.tables import table

    named = {"database": _("the database"), "process": _("this process")}
    rows = [
        (
            terminal.words(named[one.name]) if one.name in named else one.name,
            moment(one.shows, zone) if one.shows else terminal.words(_("not believed")),
            one.ahead,
        )
        for one in found.clocks
    ]
    terminal.show(table(terminal, (_("Clock"), _("Shows"), _("Ahead (s)")), rows))
    terminal.show("")
    if not found.is_believed:
        terminal.say(
            _(
                "The clock that counts is {seconds} s ahead of all others: nothing is "
                "recorded. Have the time synchronised (NTP)."
            ),
            seconds=found.lead,
        )


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
            terminal.say(
                _(
                    "The registers go on from the present; rests and links of {people} "
                    "people count from now."
                ),
                people=done.detail,
            )
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
    terminal.say(
        _("{campaign}: goes on from the present; {events} events dated ahead stay as they are."),
        campaign=code,
        events=done.detail,
    )
    zone = zone_of(app, code)
    for one in app.read(code, clock_repair.early):
        stage = label(one.stage, terminal.language)
        at = moment(one.due_at, zone)
        terminal.say(_EARLY[one.was], stage=stage, name=one.stage, at=at)
    return True
