"""`thidua campaign`: create, launch, run, look at and hand out campaigns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.commands import amendment
from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    OutOption,
    PersonOption,
    Terminal,
    checked_code,
    checked_text,
    moment,
    terminal_of,
)
from language import _

if TYPE_CHECKING:
    from campaigns.bootstrap import App

group = typer.Typer(help="Create, launch, run and look at campaigns.", no_args_is_help=True)
group.command("amend")(amendment.amend)
group.command("confirm")(amendment.confirm_rules)
group.command("playbook")(amendment.show_playbook)
group.command("history")(amendment.history)
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,31}")
_DEFAULT_PLAYBOOK: Final = "dan-van-kheo"


def _new_code(context: typer.Context, value: str | None) -> str | None:
    code = checked_code(context, value)
    if code is not None and not _CODE.fullmatch(code):
        raise typer.BadParameter(
            terminal_of(context).words(
                _(
                    "a campaign's code is of capital letters, digits and hyphens, 2 to 32 "
                    "characters: DVK-2026"
                )
            )
        )
    return code


@group.command("create")
def create(
    context: typer.Context,
    playbook: Annotated[
        str, typer.Option("--playbook", metavar="NAME|FILE", help="What the campaign is made of.")
    ] = _DEFAULT_PLAYBOOK,
    code: Annotated[
        str | None,
        typer.Option("--code", help="Its code; without it the playbook's.", callback=_new_code),
    ] = None,
) -> None:
    """Create a campaign from a playbook; a draft until it is launched."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.rules.playbook.reading import playbook_hash
    from campaigns.services.playbook.library import load_playbook
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.launch import CreateCampaign

    terminal = terminal_of(context)
    definition = load_playbook(playbook, terminal.language)
    app = open_app()
    wanted = code or definition.code
    identity = keys.command_id("cli", "create", wanted, playbook_hash(definition))
    command = CreateCampaign(command_id=identity, code=wanted)
    done = acts.carry_out(app, at_console(), None, command, definition)
    phrase = (
        _("Campaign {code} is created from playbook {playbook}, version {version}.")
        if done.stored
        else _(
            "Campaign {code} of playbook {playbook}, version {version}, exists; "
            "nothing was changed."
        )
    )
    terminal.say(phrase, code=wanted, playbook=definition.playbook, version=definition.version)
    if done.stored:
        terminal.remark(done.remarks)
        terminal.say(
            _("Next: thidua campaign launch --campaign {code} --as COORDINATOR"), code=wanted
        )


@group.command("launch")
def launch(context: typer.Context, person: PersonOption, campaign: CampaignOption = None) -> None:
    """Launch a campaign: record it, ask for its approval."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.launch import LaunchCampaign

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    command = LaunchCampaign(command_id=keys.launch_command(code), person_id=person)
    done = acts.carry_out(app, at_console(person), code, command)
    if done.repeated:
        _say_launched_before(terminal, app, code)
        return
    terminal.say(_("{person} launched campaign {code}."), code=code, person=person)
    terminal.remark(done.remarks)
    go_on(terminal, app, code)


def _say_launched_before(terminal: Terminal, app: App, code: str) -> None:
    from cli.screens.standing import zone_of

    record = app.read(code, lambda tx: tx.campaign)
    terminal.say(
        _(
            "Campaign {code} was launched by {person} at {at} already; nothing was "
            "changed. To go on with what is left: thidua campaign cycle."
        ),
        code=code,
        person=record.launched_by or "",
        at=moment(record.launched_at, zone_of(app, code)),
    )


@group.command("cancel")
def cancel(
    context: typer.Context,
    person: PersonOption,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
    ] = "",
    campaign: CampaignOption = None,
) -> None:
    """Give a campaign up: its stages end, what was not sent is taken back, all are told."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.launch import CancelCampaign

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    identity = keys.command_id("cli", "cancel", code)
    command = CancelCampaign(command_id=identity, reason=reason, person_id=person)
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(
        done,
        _("Campaign {code} is cancelled: its stages have ended, what was not sent is taken back."),
        code=code,
    )
    if app.read(code, lambda tx: tx.campaign.launched_at):  # nobody was told of a draft
        go_on(terminal, app, code)


@group.command("cycle")
def cycle(context: typer.Context, campaign: CampaignOption = None) -> None:
    """Run the engine now: it does what is due, and says what it waits for then."""
    from campaigns.services.stages import ask_for_run
    from cli.running.cycle import is_running, run_cycle
    from operations.installation import HERE, open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    if is_running(app):
        app.act_as(HERE, code, ask_for_run)
        terminal.say(_("Recorded. The engine is running and goes on by itself within seconds."))
    else:
        run_cycle(terminal, app, code)


@group.command("status")
def status(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """Show where a campaign stands."""
    from campaigns.views import board
    from cli.screens import standing
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    view = app.read(code, board.view)
    counts = standing.counts_of(app, code)
    messages = app.read(code, board.message_counts)
    if as_json:
        listed = [one.model_dump(mode="json") for one in messages]
        terminal.json({**view.model_dump(mode="json"), "nominations": counts, "messages": listed})
        return
    standing.show(terminal, view, counts, messages, standing.zone_of(app, code))
    if not view.rehearsal:
        standing.note_log_ahead(terminal, app, code)
        standing.note_undelivered(terminal, app, messages)


@group.command("list")
def list_campaigns(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the campaigns of this installation."""
    from campaigns.store import campaigns
    from campaigns.views import board
    from cli.screens import standing
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    views = [app.read(code, board.view) for code in app.read(None, campaigns.codes)]
    if as_json:
        terminal.json([view.model_dump(mode="json") for view in views])
    elif views:
        terminal.show(standing.campaign_table(terminal, views))
    else:
        terminal.say(_("There is no campaign yet; make one with thidua campaign create."))


@group.command("export")
def export(context: typer.Context, out: OutOption, campaign: CampaignOption = None) -> None:
    """Write the nominations with state, scores and votes to .xlsx, .csv or .json."""
    from cli.nomination_list import FORMATS, write
    from operations.installation import open_app

    terminal = terminal_of(context)
    if out.suffix.lower() not in FORMATS:
        raise typer.BadParameter(
            terminal.words(_("the file's name must end in {formats}"), formats=", ".join(FORMATS)),
            param_hint="--out",
        )
    app = open_app()
    count = write(app, app.campaign_code(campaign), Path(out), terminal.language)
    terminal.say(_("{count} nominations written to {file}."), count=count, file=out)
