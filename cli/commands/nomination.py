"""`thidua nomination`: what people do to one nomination outside the usual course."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.confirmation import YesOption, confirm
from cli.terminal.terminal import (
    CampaignOption,
    PersonOption,
    checked_code,
    checked_text,
    terminal_of,
)
from language import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas.commands.command import Command

group = typer.Typer(
    help="Withdraw a nomination, clear a hold, revoke a recognition.", no_args_is_help=True
)
NominationArgument = Annotated[
    str, typer.Argument(metavar="NOMINATION", help="Its code.", callback=checked_code)
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
]
DocumentOption = Annotated[
    str,
    typer.Option(
        "--document",
        metavar="NUMBER",
        help="Number of the decision that revokes it.",
        callback=checked_text,
    ),
]


@group.command("withdraw")
def withdraw(
    context: typer.Context,
    nomination: NominationArgument,
    person: PersonOption,
    reason: ReasonOption = "",
    campaign: CampaignOption = None,
) -> None:
    """Take a nomination back, before the council has voted on it."""
    from schemas.commands.nomination import WithdrawNomination

    def command(identity: str) -> WithdrawNomination:
        return WithdrawNomination(
            command_id=identity, nomination_code=nomination, reason=reason, person_id=person
        )

    done = (_("{code} is withdrawn; its unit and the coordinators are told."), nomination)
    _act(context, person, campaign, "withdraw", command, done)


@group.command("clear-hold")
def clear_hold(
    context: typer.Context,
    nomination: NominationArgument,
    person: PersonOption,
    reason: ReasonOption = "",
    campaign: CampaignOption = None,
) -> None:
    """Let a nomination that was on hold be judged with the others."""
    from schemas.commands.nomination import ClearHold

    def command(identity: str) -> ClearHold:
        return ClearHold(
            command_id=identity, nomination_code=nomination, reason=reason, person_id=person
        )

    done = (
        _("{code} is on hold no more: it is eligible and is considered with the others."),
        nomination,
    )
    _act(context, person, campaign, "clear", command, done)


@group.command("revoke")
def revoke(
    context: typer.Context,
    nomination: NominationArgument,
    person: PersonOption,
    document: DocumentOption = "",
    reason: ReasonOption = "",
    campaign: CampaignOption = None,
    yes: YesOption = False,
) -> None:
    """Take a recognition back, by a decision of who signed it; it cannot be given again."""
    from schemas.commands.recognition import RevokeRecognition

    def command(identity: str) -> RevokeRecognition:
        return RevokeRecognition(
            command_id=identity,
            nomination_code=nomination,
            reason=reason,
            document=document,
            person_id=person,
        )

    terminal = terminal_of(context)
    question = terminal.words(
        _("Revoke the recognition of {code} by the decision {document}? This cannot be undone."),
        code=nomination,
        document=document,
    )
    # What is missing is said first.
    sure = yes or not (document and reason)
    confirm(terminal, question, terminal.words(_("Nothing was revoked.")), yes=sure)
    done = (
        _(
            "The recognition of {code} is revoked; the message to its unit is held: "
            "look and let it go with `thidua outbox release`."
        ),
        nomination,
    )
    _act(context, person, campaign, "revoke", command, done)


def _act(
    context: typer.Context,
    person: str,
    campaign: str | None,
    name: str,
    command: Callable[[str], Command],
    done: tuple[Text, str],
) -> None:
    """Carry out an act once per nomination, then let the engine go on."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    phrase, nomination = done
    digest = hashlib.sha256(nomination.encode()).hexdigest()[:24]
    identity = keys.command_id("cli", name, code, digest)
    told = acts.carry_out(app, at_console(person), code, command(identity))
    terminal.told(told, phrase, code=nomination)
    go_on(terminal, app, code)
