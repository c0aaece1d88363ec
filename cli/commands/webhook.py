"""`thidua webhook`: who is told outside of what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.token import plain, show_table
from cli.terminal.terminal import (
    JsonOption,
    NumberArgument,
    Terminal,
    checked_code,
    checked_text,
    terminal_of,
)
from language import _, pgettext
from schemas.limits import LARGEST_NUMBER

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from campaigns.store.webhooks import DeliveryRecord

_SENT = _("sent")

group = typer.Typer(help="Webhooks: add, list, remove, log, resend.", no_args_is_help=True)


@group.command("add")
def add(
    context: typer.Context,
    url: Annotated[str, typer.Option(metavar="URL", help="An https address.")],
    events: Annotated[
        str, typer.Option(metavar="PATTERN", help="Which events.", callback=checked_text)
    ] = "thidua.*",
    campaign: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Of this campaign alone.", callback=checked_code),
    ] = None,
) -> None:
    """Tell an address of what happens from now on; its secret is shown once."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.services import webhooks
    from campaigns.store import webhooks as rows
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.answers import WebhookAdded
    from schemas.commands.access import AddWebhook

    terminal, app = terminal_of(context), open_app()
    if campaign is not None:
        app.read(campaign, lambda tx: tx.campaign)
    command = AddWebhook(
        command_id=keys.command_id("cli", "webhook", uuid4()),
        url=url,
        events=events,
        campaign_code=campaign,
        private=app.settings.webhook_private,
    )
    number = acts.carry_out_for(WebhookAdded, app, at_console(), None, command).number
    salt = next(one.salt for one in app.read(None, rows.in_force) if one.id == number)
    terminal.note(
        _(
            "Webhook {number} to {url}; the secret its signatures are checked with "
            "(shown only now):"
        ),
        number=number,
        url=url,
    )
    terminal.show(webhooks.shown_secret(app.settings.key_of_webhook(salt), number, salt))


@group.command("list")
def list_webhooks(context: typer.Context, as_json: JsonOption = False) -> None:
    """List webhooks, without their secrets."""
    from campaigns.store import webhooks
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, webhooks.in_force)
    if as_json:
        terminal.json(
            [
                {"id": one.id, "url": one.url, "events": one.events, "campaign": one.campaign_code}
                for one in found
            ]
        )
        return
    if not found:
        terminal.say(_("There is no webhook yet."))
        return
    heads = (_("Number"), _("Address"), _("Events"), _("Campaign"))
    rows = [(str(one.id), one.url, one.events, one.campaign_code or "*") for one in found]
    show_table(terminal, heads, rows)


@group.command("remove")
def remove(context: typer.Context, number: NumberArgument) -> None:
    """End a webhook; what still waits for it is not sent."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.access import RemoveWebhook

    terminal, app = terminal_of(context), open_app()
    identity = keys.command_id("cli", "end-webhook", uuid4())
    acts.carry_out(app, at_console(), None, RemoveWebhook(command_id=identity, number=number))
    terminal.say(_("Webhook {number} is removed."), number=number)


@group.command("log")
def show_log(
    context: typer.Context,
    number: Annotated[
        int | None,
        typer.Option("--webhook", min=1, max=LARGEST_NUMBER, help="Of this one alone."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many at most.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Show what was sent and what waits, the newest first."""
    from campaigns.store import webhooks
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, webhooks.log, number, limit)
    if as_json:
        terminal.json([plain(one._asdict()) for one in found])
        return
    heads = (
        _("Number"),
        _("Webhook"),
        _("Events"),
        _("Campaign"),
        _("State"),
        pgettext("webhook", "Attempts"),
        _("Answer"),
    )
    zone = zone_of_all(app)
    show_table(terminal, heads, [_row(terminal, one, zone) for one in found])


def _row(terminal: Terminal, one: DeliveryRecord, zone: ZoneInfo) -> tuple[str, ...]:
    from cli.terminal.zones import when

    state = terminal.words(_("waiting"))
    if one.dead_at:
        state = terminal.words(_("given up"))
    if one.sent_at:
        state = f"{terminal.words(_SENT)} {when(one.sent_at, zone)}"
    return (
        str(one.id),
        str(one.webhook_id),
        f"{one.event_name} ({one.event_number})",
        one.campaign_code,
        state,
        str(one.attempts),
        f"{one.status_code or ''} {one.detail}".strip(),
    )


@group.command("resend")
def resend(context: typer.Context, number: NumberArgument) -> None:
    """Send one line of the log once more."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.access import ResendWebhook

    terminal, app = terminal_of(context), open_app()
    identity = keys.command_id("cli", "resend", uuid4())
    command = ResendWebhook(command_id=identity, number=number)
    done = acts.carry_out(app, at_console(), None, command)
    terminal.told(done, _("Line {number} will be sent once more."), number=number)
