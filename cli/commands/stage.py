"""`thidua stage`: what each stage waits for, and the acts of those who decide on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    PersonOption,
    StageArgument,
    Terminal,
    checked_text,
    moment,
    terminal_of,
)
from language import Text, _
from schemas.vocabulary import Stage, StageState, label

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from schemas.outcomes import Done

ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
]

SeenOption = Annotated[
    str | None,
    typer.Option(
        "--seen",
        metavar="MARK",
        help="The mark that `stage status` showed: decides on these figures and no others.",
        callback=checked_text,
    ),
]

group = typer.Typer(help="Approve a stage or send it back.", no_args_is_help=True)


@group.command("status")
def status(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """Show the stages with their dates and signatures."""
    from campaigns.services.approvals import signers
    from campaigns.views import board
    from cli.screens import standing
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    view = app.read(code, board.view)
    people = app.read(code, signers.by_stage)
    if as_json:
        terminal.json(
            [
                {**stage.model_dump(mode="json"), **people[stage.name].model_dump(mode="json")}
                for stage in view.stages
            ]
        )
        return
    zone = standing.zone_of(app, code)
    if view.stages:
        terminal.show(standing.stage_table(terminal, view, zone))
        terminal.show("")
        standing.show_signers(terminal, people, zone)
    terminal.show(standing.waiting_line(terminal, view.waiting, zone, view.now))


@group.command("approve")
def approve(
    context: typer.Context,
    stage: StageArgument,
    person: PersonOption,
    seen: SeenOption = None,
    campaign: CampaignOption = None,
) -> None:
    """Approve what a stage has come to."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store import approvals as verdicts
    from campaigns.store import campaigns
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import ApproveStage

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    now = app.read(code, campaigns.get_stage, stage)
    for given in app.read(code, verdicts.verdicts, now):
        if given.person_id == person and given.verdict == "approve":
            _say(
                terminal,
                app,
                code,
                _("{person} approved the stage {stage} at {at} already; nothing was changed."),
                stage,
                person,
                given.decided_at,
            )
            return
    command = ApproveStage(
        command_id=keys.command_id("cli", "approve", code, stage, now.round, person),
        stage=Stage(stage),
        person_id=person,
        seen=seen,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    phrase = (
        _("{person} signed; the stage {stage} is approved.")
        if done.detail == "approved"
        else _("{person} signed the stage {stage}; more signatures are needed.")
    )
    _say(terminal, app, code, _before(done) or phrase, stage, person)
    go_on(terminal, app, code)


@group.command("return")
def return_stage(
    context: typer.Context,
    stage: StageArgument,
    person: PersonOption,
    reason: ReasonOption = "",
    seen: SeenOption = None,
    campaign: CampaignOption = None,
) -> None:
    """Send a stage back for correction; its approval begins again."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store import campaigns
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import ReturnStage

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    now = app.read(code, campaigns.get_stage, stage)
    command = ReturnStage(
        command_id=keys.command_id("cli", "return", code, stage, now.round, person),
        stage=Stage(stage),
        person_id=person,
        reason=reason,
        seen=seen,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    _say(
        terminal,
        app,
        code,
        _before(done) or _("{person} returned the stage {stage}."),
        stage,
        person,
    )
    go_on(terminal, app, code)


@group.command("abstain")
def abstain(
    context: typer.Context,
    stage: StageArgument,
    person: PersonOption,
    reason: ReasonOption = "",
    seen: SeenOption = None,
    campaign: CampaignOption = None,
) -> None:
    """Take no part in a stage's approval, because of a conflict of interest."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store import campaigns
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import AbstainFromStage

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    now = app.read(code, campaigns.get_stage, stage)
    command = AbstainFromStage(
        command_id=keys.command_id("cli", "abstain", code, stage, now.round, person),
        stage=Stage(stage),
        person_id=person,
        reason=reason,
        seen=seen,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    is_short = done.detail == "short"
    phrase = (
        _(
            "{person} takes no part in the approval of the stage {stage}. Too few "
            "can still sign; the coordinators are told."
        )
        if is_short
        else _("{person} takes no part in the approval of the stage {stage}.")
    )
    _say(terminal, app, code, _before(done) or phrase, stage, person)
    go_on(terminal, app, code)


@group.command("submit")
def submit(
    context: typer.Context,
    stage: StageArgument,
    person: PersonOption,
    campaign: CampaignOption = None,
) -> None:
    """Ask the approvers of a stage again, after its correction."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store import campaigns
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import AskApprovalAgain

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    now = app.read(code, campaigns.get_stage, stage)
    if now.state == StageState.AWAITING_APPROVAL:
        _say(
            terminal,
            app,
            code,
            _(
                "The stage {stage} was submitted at {at} and waits for approval; "
                "nothing was changed."
            ),
            stage,
            person,
            now.approval_requested_at,
        )
        return
    command = AskApprovalAgain(
        command_id=keys.command_id("cli", "submit", code, stage, now.round, person),
        stage=Stage(stage),
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    _say(
        terminal,
        app,
        code,
        _before(done) or _("{person} submitted the stage {stage} again."),
        stage,
        person,
    )
    go_on(terminal, app, code)


def _before(done: Done) -> Text | None:
    """Return what is said where the very act was done before."""
    return _("This was done before, just so; nothing was changed.") if done.repeated else None


def _say(
    terminal: Terminal,
    app: App,
    code: str,
    phrase: Text,
    stage: str,
    person: str,
    at: datetime | None = None,
) -> None:
    from cli.screens.standing import zone_of

    name = label(stage, terminal.language)
    when = moment(at, zone_of(app, code)) if at else ""
    terminal.say(phrase, stage=name, person=person, at=when)
