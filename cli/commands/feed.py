"""`thidua feed`: a person's dates for their own calendar, under a secret address."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.terminal.terminal import (
    JsonOption,
    NumberArgument,
    checked_code,
    instant,
    moment,
    terminal_of,
)
from language import _, pgettext

group = typer.Typer(help="Calendars of people, by secret address.", no_args_is_help=True)
_LOCAL = "http://127.0.0.1:8080"

ForOption = Annotated[
    str,
    typer.Option("--for", metavar="PERSON", help="Whose calendar it is.", callback=checked_code),
]


@group.command("create")
def create(context: typer.Context, person: ForOption) -> None:
    """Make a calendar for a person; its address is shown this once."""
    from uuid import uuid4

    from campaigns import access, acts
    from campaigns.rules import keys
    from operations.installation import HERE, open_app
    from schemas.actors import at_console
    from schemas.answers import FeedMade
    from schemas.commands.access import MakeFeed

    terminal, app = terminal_of(context), open_app()
    command = MakeFeed(command_id=keys.command_id("cli", "feed", uuid4()), of_id=person)
    done = acts.carry_out_for(FeedMade, app, at_console(), None, command)
    access.feed(app, person, done.number, HERE)
    terminal.say(
        _(
            "Calendar {number} of {person}. The address is shown this once; whoever "
            "knows it reads the calendar:"
        ),
        number=done.number,
        person=person,
    )
    base = app.settings.public_url.rstrip("/") or _LOCAL
    terminal.show(f"{base}/feeds/{done.secret}.ics")


@group.command("list")
def list_feeds(context: typer.Context, person: ForOption, as_json: JsonOption = False) -> None:
    """List a person's calendars; their addresses are not known any more."""
    from campaigns.services.deadlines import feeds
    from cli.terminal.tables import table
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, feeds.listed, person)
    if as_json:
        terminal.json(
            [
                {
                    "number": one.id,
                    "person": one.person_id,
                    "created_at": instant(one.created_at),
                    "revoked_at": instant(one.revoked_at) if one.revoked_at else None,
                }
                for one in found
            ]
        )
        return
    if not found:
        terminal.say(_("{person} has no calendar."), person=person)
        return
    zone = zone_of_all(app)
    rows = [
        (
            one.id,
            moment(one.created_at, zone),
            moment(one.revoked_at, zone) if one.revoked_at else "",
        )
        for one in found
    ]
    terminal.show(table(terminal, (_("No."), _("Made"), pgettext("date", "Revoked")), rows))
    terminal.say(_("Times are in {zone}."), zone=zone.key)


@group.command("revoke")
def revoke(
    context: typer.Context,
    number: NumberArgument,
    person: ForOption,
) -> None:
    """Revoke a calendar: its address is nobody's from now on."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.access import EndFeed

    terminal, app = terminal_of(context), open_app()
    identity = keys.command_id("cli", "end-feed", uuid4())
    command = EndFeed(command_id=identity, of_id=person, number=number)
    acts.carry_out(app, at_console(), None, command)
    terminal.say(_("Calendar {number} is revoked."), number=number)
