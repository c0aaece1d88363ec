"""`thidua session`: the sessions of the council; close one when no more votes will come."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    PersonOption,
    checked_text,
    moment,
    terminal_of,
)
from language import _, pgettext

group = typer.Typer(help="Look at the council's sessions; close one.", no_args_is_help=True)


@group.command("list")
def list_sessions(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List the sessions, with the members they count and since when they are closed."""
    from campaigns.store.recognition import council
    from cli.screens.standing import zone_of
    from cli.terminal.tables import table
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    found = app.read(code, council.sessions)
    if as_json:
        terminal.json(
            [
                {
                    "number": one.number,
                    "starts_at": one.starts_at.isoformat(),
                    "members": one.members,
                    "closed_at": one.closed_at.isoformat() if one.closed_at else None,
                }
                for one in found
            ]
        )
        return
    if not found:
        terminal.say(_("The council is not convened yet, so there is no session."))
        return
    zone = zone_of(app, code)
    heads = (_("Session"), _("Begins"), _("Members"), pgettext("date", "Closed"))
    rows = [
        (
            str(one.number),
            moment(one.starts_at, zone),
            str(one.members),
            moment(one.closed_at, zone) if one.closed_at else terminal.words(_("open")),
        )
        for one in found
    ]
    terminal.show(table(terminal, heads, rows))


@group.command("close")
def close(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, max=1_000_000)],
    person: PersonOption,
    reason: Annotated[
        str,
        typer.Option(
            "--reason",
            metavar="TEXT",
            help="Why it is closed although votes are missing.",
            callback=checked_text,
        ),
    ] = "",
    campaign: CampaignOption = None,
) -> None:
    """Take no more votes in a session; members without a vote were absent."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.recognition import CloseSession

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    command = CloseSession(
        command_id=keys.command_id("cli", "close-session", code, secrets.token_hex(8)),
        session=number,
        reason=reason,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    if done.stored:
        terminal.say(
            _(
                "{person} closed session {number}; {counted} nominations whose rolls "
                "were not whole are counted as they stand, who has no vote was absent."
            ),
            number=number,
            person=person,
            counted=done.changed - 1,
        )
        go_on(terminal, app, code)
    else:
        terminal.say(_("Session {number} is closed already; nothing was changed."), number=number)
