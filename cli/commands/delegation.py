"""`thidua delegation`: who signs in place of whom, on which days, by which letter."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.days import typed_day
from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    NumberArgument,
    PersonOption,
    Terminal,
    checked_code,
    checked_stage,
    checked_text,
    terminal_of,
)
from language import _, pgettext
from schemas.vocabulary import STAGES, Stage, label

if TYPE_CHECKING:
    from campaigns.bootstrap import App

_DELEGATION_STATES: Final = {
    "coming": _("coming"),
    "in_force": pgettext("delegation", "in force"),
    "over": _("over"),
    "revoked": pgettext("delegation", "revoked"),
    "resting": _("rests"),
}

group = typer.Typer(help="Let a substitute sign for an approver.", no_args_is_help=True)

_Principal = Annotated[
    str, typer.Option("--from", metavar="PERSON", help="Who is away.", callback=checked_code)
]
_Substitute = Annotated[
    str, typer.Option("--to", metavar="PERSON", help="Who signs.", callback=checked_code)
]
_First = Annotated[
    str, typer.Option("--from-date", metavar="DAY", help="First day.", callback=typed_day)
]
_Last = Annotated[
    str, typer.Option("--to-date", metavar="DAY", help="Last day, included.", callback=typed_day)
]
_Letter = Annotated[
    str,
    typer.Option("--letter", metavar="NUMBER", help="Number of the letter.", callback=checked_text),
]
_OneStage = Annotated[
    str | None,
    typer.Option("--stage", help=f"Only this one of {', '.join(STAGES)}.", callback=checked_stage),
]
_Recorder = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="PERSON",
        help="Who records it: a coordinator, or (without it) who is away.",
        callback=checked_code,
    ),
]


@group.command("add")
def add(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    context: typer.Context,
    principal: _Principal,
    substitute: _Substitute,
    first: _First,
    last: _Last,
    letter: _Letter,
    stage: _OneStage = None,
    person: _Recorder = None,
    campaign: CampaignOption = None,
) -> None:
    """Let a substitute sign for an approver on given days, by a letter of authority."""
    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import RecordDelegation

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    actor = person or principal
    command = RecordDelegation(
        # An act of its own each time: what was recorded once may have been revoked since.
        command_id=keys.command_id("cli", "delegate", code, secrets.token_hex(8)),
        principal_id=principal,
        substitute_id=substitute,
        first_on=date.fromisoformat(first),
        last_on=date.fromisoformat(last),
        letter=letter,
        stage=Stage(stage) if stage else None,
        person_id=actor,
    )
    done = acts.carry_out(app, at_console(actor), code, command)
    days = "–".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in (first, last))
    terminal.say(
        _(
            "Delegation {number} is recorded: {substitute} signs on behalf of "
            "{principal} {days}, letter {letter}."
        )
        if done.stored
        else _(
            "This delegation is recorded already, number {number}: {substitute} "
            "signs on behalf of {principal} {days}, letter {letter}; nothing was "
            "changed."
        ),
        number=done.detail,
        principal=principal,
        substitute=substitute,
        days=days,
        letter=letter,
    )
    if actor != principal:
        terminal.say(
            _(
                "Another recorded this delegation, so it rests; the principal or a "
                "second person can confirm it: `thidua delegation confirm {number}`."
            ),
            number=done.detail,
        )
    _go_on(terminal, app, code)


@group.command("confirm")
def confirm(
    context: typer.Context,
    number: NumberArgument,
    person: PersonOption,
    campaign: CampaignOption = None,
) -> None:
    """Let a delegation that another recorded count at once: the principal, or a second person."""
    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import ConfirmDelegation

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    command = ConfirmDelegation(
        command_id=keys.command_id("cli", "confirm-delegation", code, number, person),
        delegation_id=number,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(done, _("Delegation {number} is confirmed and counts at once."), number=number)
    _go_on(terminal, app, code)


def _go_on(terminal: Terminal, app: App, code: str) -> None:
    """Let the engine go on where a stage waits for approval: somebody else may be asked now."""
    from campaigns.services import standing
    from cli.running.cycle import go_on

    waiting = app.read(code, standing.waiting)
    if waiting is not None and waiting.what == "approval":
        go_on(terminal, app, code)


@group.command("list")
def list_delegations(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List a campaign's delegations, those that are over too."""
    from campaigns.services.approvals import delegations
    from cli.terminal.tables import table
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(app.campaign_code(campaign), delegations.listed)
    if as_json:
        terminal.json([one.model_dump(mode="json") for one in found])
        return
    if not found:
        terminal.say(_("There is no delegation."))
        return
    heads = (
        _("No."),
        _("Principal"),
        _("Substitute"),
        _("From"),
        _("To"),
        _("Letter"),
        _("Stage"),
        _("State"),
    )
    rows = [
        (
            one.number,
            f"{one.principal_name} ({one.principal_id})",
            f"{one.substitute_name} ({one.substitute_id})",
            f"{one.first_on:%d/%m/%Y}",
            f"{one.last_on:%d/%m/%Y}",
            one.letter,
            label(one.stage, terminal.language) if one.stage else terminal.words(_("all")),
            terminal.words(_DELEGATION_STATES[one.state]),
        )
        for one in found
    ]
    terminal.show(table(terminal, heads, rows))


@group.command("revoke")
def revoke(
    context: typer.Context,
    number: NumberArgument,
    person: PersonOption,
    campaign: CampaignOption = None,
) -> None:
    """End a delegation now; what was signed by it stays signed."""
    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.approvals import RevokeDelegation

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    command = RevokeDelegation(
        command_id=keys.command_id("cli", "revoke-delegation", code, number, person),
        delegation_id=number,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    phrase = (
        _("Delegation {number} is revoked.")
        if done.stored
        else _("Delegation {number} was revoked before; nothing was changed.")
    )
    terminal.say(phrase, number=number)
    _go_on(terminal, app, code)
