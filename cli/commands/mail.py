"""`thidua outbox`: the mail of a campaign; held results leave only when a coordinator says so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.confirmation import YesOption, confirm
from cli.terminal.harmless import visible_lines
from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    JsonOption,
    NumberArgument,
    PersonOption,
    Terminal,
    checked_code,
    checked_out,
    terminal_of,
)
from language import _
from schemas.limits import LARGEST_COUNT

if TYPE_CHECKING:
    from cli.screens.mail import Batch

_NOTHING_HELD = _("No message is held.")

group = typer.Typer(help="Look at a campaign's mail; let it go.", no_args_is_help=True)
_STATES: Final = (
    "held",
    "queued",
    "claimed",
    "sent",
    "uncertain",
    "failed",
    "returned",
    "superseded",
)


def _known_template(context: typer.Context, value: str | None) -> str | None:
    code = checked_code(context, value)
    if code is not None:
        from campaigns.services.mail import delivery

        delivery.ensure_template(code)
    return code


TemplateOption = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="NAME", help="Only messages of this kind.", callback=_known_template
    ),
]


def _known_state(context: typer.Context, value: str | None) -> str | None:
    if value is not None and value not in _STATES:
        terminal = terminal_of(context)
        raise typer.BadParameter(
            terminal.words(_("the states are: {states}"), states=", ".join(_STATES))
        )
    return value


@group.command("list")
def list_messages(
    context: typer.Context,
    campaign: CampaignOption = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help=f"One of {', '.join(_STATES)}.", callback=_known_state),
    ] = None,
    template: TemplateOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=LARGEST_COUNT, help="How many at most.")
    ] = 200,
    as_json: JsonOption = False,
) -> None:
    """List messages, oldest first."""
    from cli.screens import mail
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    batch = mail.find(app, code, [state] if state else [], template)
    if as_json:
        terminal.json([mail.as_json(row) for row in batch.rows[:limit]])
        return
    if batch.rows:
        terminal.show(mail.message_list(terminal, batch, limit))
        terminal.show("")
    terminal.say(
        _("{shown} of {total} messages shown."),
        shown=min(limit, len(batch.rows)),
        total=len(batch.rows),
    )


@group.command("show")
def show(
    context: typer.Context,
    number: NumberArgument,
    campaign: CampaignOption = None,
    attachment: Annotated[
        Path | None,
        typer.Option(
            "--attachment",
            metavar="FILE",
            help="Write the file that goes with it there.",
            callback=checked_out,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show one message as its recipient reads it; write the file that goes with it."""
    from campaigns.store.mail import messages
    from cli.screens import mail
    from language.harmless import masked
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    found = app.read(code, messages.get, number)
    if found is None:
        terminal.error(
            terminal.words(
                _("Campaign {campaign} has no message {number}."), number=number, campaign=code
            )
        )
        raise typer.Exit(USAGE)
    row, content = found
    if attachment is not None:
        mail.write_attachment(terminal, app, code, number, attachment)
        return
    attached = mail.attachment_of(app, code, number)
    if as_json:
        told = {"text": masked(content.text), "ics": content.ics, "attachment": attached}
        terminal.json({**mail.as_json(row), **told})
        return
    mail.show_head(terminal, row, mail.zone(app, code), attached)
    if row.state == "queued":
        mail.say_waits(terminal, app, code)
        terminal.show("")
    terminal.show(visible_lines(masked(content.text)))


@group.command("held")
def held(
    context: typer.Context,
    campaign: CampaignOption = None,
    template: TemplateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what waits for a coordinator: how many, which, and one as it will be read."""
    from cli.screens import mail
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    batch = mail.find_held(app, app.campaign_code(campaign), template)
    if as_json:
        terminal.json([mail.as_json(row) for row in batch.rows])
        return
    if not batch.rows:
        terminal.say(_NOTHING_HELD)
        return
    mail.show_sample(terminal, app, batch)


@group.command("stats")
def stats(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """Count the messages by kind and state, and the addresses that take none."""
    from campaigns.store.mail import mailboxes, messages
    from cli.screens import mail
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    counted = app.read(code, messages.counts)
    failing = sum(one.failing_since is not None for one in app.read(code, mailboxes.all_failing))
    if as_json:
        rows = [
            {"template": template, "state": state, "count": number}
            for (template, state), number in sorted(counted.items())
        ]
        terminal.json({"messages": rows, "failing_addresses": failing})
        return
    if counted:
        terminal.show(mail.stats_table(terminal, counted))
    mail.say_waits(terminal, app, code)
    if failing:
        terminal.say(_("{count} addresses take no mail; see `thidua bounces list`."), count=failing)


@group.command("release")
def release(
    context: typer.Context,
    person: PersonOption,
    campaign: CampaignOption = None,
    template: TemplateOption = None,
    early: Annotated[
        bool, typer.Option("--early", help="Results go before the calendar releases them.")
    ] = False,
    yes: YesOption = False,
) -> None:
    """Let held messages go, after a look at how many, at the list and at a sample."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.screens import mail
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.mail import ReleaseMessages

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    batch = mail.find_held(app, code, template)
    if not batch.rows:
        terminal.say(_NOTHING_HELD)
        return
    mail.show_sample(terminal, app, batch)
    _confirm(terminal, batch, yes=yes)
    command = ReleaseMessages(
        command_id=keys.command_id("cli", "release", code, batch.digest),
        template=template,
        seen=tuple(row.id for row in batch.rows),
        early=early,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, _("{count} messages are released."), count=done.changed)
    mail.deliver(terminal, app, code)


@group.command("retry")
def retry(
    context: typer.Context,
    person: PersonOption,
    campaign: CampaignOption = None,
    template: TemplateOption = None,
    uncertain: Annotated[
        bool,
        typer.Option("--uncertain", help="Also those that may have arrived: some may come twice."),
    ] = False,
    yes: YesOption = False,
) -> None:
    """Send again what failed or came back, to the addresses of today."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store.mail.pauses import paused_until
    from cli.screens import mail
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.mail import RetryMessages

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    states = ["failed", "returned", *(["uncertain"] if uncertain else [])]
    batch = mail.find(app, code, states, template)
    paused = app.read(code, paused_until)
    if not batch.rows and paused is None:
        terminal.say(_("No message has failed or come back."))
        return
    if batch.rows:
        mail.show_sample(terminal, app, batch)
        _confirm(terminal, batch, yes=yes)
    command = RetryMessages(
        # Never a repeat: an address may have been corrected since the same messages were tried.
        command_id=keys.command_id("cli", "retry", code, uuid4()),
        template=template,
        uncertain=uncertain,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, _("{count} messages are queued again."), count=done.changed)
    if kept := len(batch.rows) - done.changed:
        terminal.say(
            _(
                "{count} messages stay as they are: their addresses still take no mail. "
                "Correct the addresses (import the units or the people again), or "
                "`thidua bounces clear` where one is right."
            ),
            count=kept,
        )
    mail.deliver(terminal, app, code)


def _confirm(terminal: Terminal, batch: Batch, *, yes: bool) -> None:
    question = terminal.words(_("Send these {count} messages?"), count=len(batch.rows))
    confirm(terminal, question, terminal.words(_("Not sent; nothing was changed.")), yes=yes)
