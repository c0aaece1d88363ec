"""`thidua bounces`: mail that came back, and the addresses that take none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    JsonOption,
    PersonOption,
    Terminal,
    checked_path,
    instant,
    moment,
    terminal_of,
)
from language import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from campaigns.store.mail.mailboxes import FailingAddress

_WHYS: Final = {
    "hard": _("nobody is reached"),
    "full": _("mailbox full or busy"),
    "size": _("too large, or of a kind not taken"),
    "refused": _("refuses the sender, or by policy"),
    "expired": _("tried for days"),
    "forwarded": _("not taken where it is sent on to"),
    "soft": _("delayed"),
    "unclear": _("not said"),
}

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
        terminal.error(
            terminal.words(
                _(
                    "Name the folder of the notices, or set THIDUA_BOUNCES_DIR; there is no "
                    "folder {folder}."
                ),
                folder=shown,
            )
        )
        raise typer.Exit(USAGE)
    done = app.read_bounces(wanted)
    terminal.say(
        _(
            "{read} notices read: {hard} of dead addresses, {refused} refused for "
            "our sake or by policy, {returned} returned for other reasons, {soft} "
            "of delay, {unproven} about no known mail, {passed_over} passed over."
        ),
        **done.model_dump(),
    )


@group.command("list")
def list_failing(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List the addresses from which mail came back, and whose they are."""
    from campaigns.store.mail import mailboxes
    from cli.screens import standing
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
        terminal.note(
            _(
                "In the last 30 days {unproven} notices were about no known mail of "
                "ours; look at them in the mailbox of notices."
            ),
            unproven=unproven,
        )
    if not found:
        terminal.say(_("No address sent mail back."))
        return
    _show_failing(terminal, found, standing.zone_of(app, code))


def _show_failing(
    terminal: Terminal, found: Iterable[tuple[FailingAddress, list[str]]], zone: ZoneInfo
) -> None:
    from cli.terminal.tables import table

    heads = (
        _("Address"),
        _("Whose"),
        _("Notices"),
        pgettext("mail", "Why"),
        _("Nothing sent since"),
    )
    rows = [
        (
            one.address,
            ", ".join(owners),
            one.bounces,
            " ".join((one.status, terminal.words(_WHYS[_why(one)]))).strip(),
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
        terminal.say(_("{address} was not marked."), address=address)
        return
    command = ClearAddress(
        command_id=keys.command_id(
            "cli", "clear-address", mailboxes.normal(address), known.last_at.isoformat()
        ),
        address=address,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, _("{address} gets mail again."), address=address)
