"""`thidua bounces`: mail that came back, and the addresses that take none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    JsonOption,
    PersonOption,
    checked_path,
    instant,
    moment,
    terminal_of,
)
from cli.words import mail

if TYPE_CHECKING:
    from campaigns.store.mail.mailboxes import FailingAddress

group = typer.Typer(help="Mail that came back; addresses that take none.", no_args_is_help=True)


@group.command("read")
def read(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="A Maildir, or a folder of .eml files; else THIDUA_BOUNCES_DIR.",
            callback=checked_path,
        ),
    ] = None,
) -> None:
    """Read the notices of undelivered mail, each once."""
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    wanted = folder or app.settings.bounces_dir
    if wanted is None or not wanted.is_dir():
        shown = wanted or ""
        terminal.error(terminal.words(mail.BOUNCES_FOLDER_WANTED, folder=shown))
        raise typer.Exit(USAGE)
    done = app.read_bounces(wanted)
    terminal.say(mail.BOUNCES_READ, **done.model_dump())


@group.command("list")
def list_failing(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List the addresses from which mail came back, and whose they are."""
    from campaigns.store.mail import mailboxes
    from cli.screens import standing
    from cli.terminal.tables import table
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    found = app.read(
        code,
        lambda tx: [
            (one, [owner.id for owner in mailboxes.owners(tx, one.address)])
            for one in mailboxes.all_failing(tx)
        ],
    )
    if as_json:
        terminal.json(
            [
                {
                    "address": one.address,
                    "notices": one.bounces,
                    "status": one.status,
                    "said": one.said,
                    "outcome": _why(one),
                    "failing_since": instant(one.failing_since) if one.failing_since else None,
                    "owners": owners,
                }
                for one, owners in found
            ]
        )
        return
    month = app.now() - timedelta(days=30)
    unproven = app.read(None, mailboxes.notices_since, month).get("unproven", 0)
    if unproven:
        terminal.note(mail.NOTICES_COUNTED, unproven=unproven)
    if not found:
        terminal.say(mail.NONE_FAILING)
        return
    zone = standing.zone_of(app, code)
    heads = (
        mail.ADDRESS,
        mail.OWNER,
        mail.NOTICES,
        mail.WHY,
        mail.STOPPED_SINCE,
    )
    rows = [
        (
            one.address,
            ", ".join(owners),
            one.bounces,
            " ".join((one.status, terminal.words(mail.WHYS[_why(one)]))).strip(),
            moment(one.failing_since, zone) if one.failing_since else "",
        )
        for one, owners in found
    ]
    terminal.show(table(terminal, heads, rows, wide=(0, 1, 3)))


def _why(one: FailingAddress) -> str:
    """Return what its last notice came to."""
    return one.outcome or ("hard" if one.failing_since else "unclear")


@group.command("clear")
def clear(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="As in the list.")],
    person: PersonOption,
    campaign: CampaignOption = None,
) -> None:
    """Let mail go to an address again."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store.mail import mailboxes
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.mail import ClearAddress

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    known = app.read(code, mailboxes.find, address)
    if known is None:
        terminal.say(mail.NOT_MARKED, address=address)
        return
    command = ClearAddress(
        command_id=keys.command_id(
            "cli", "clear-address", mailboxes.normal(address), known.last_at.isoformat()
        ),
        address=address,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, mail.CLEARED, address=address)
