"""`thidua decision`: what was decided under which number, and how a decision is corrected."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    PersonOption,
    checked_text,
    instant,
    moment,
    terminal_of,
)
from language import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from campaigns.store.recognition.decisions import Correction, DecisionRecord
    from schemas.commands.recognition import CorrectedResult

group = typer.Typer(help="Look at the decisions; correct a signed one.", no_args_is_help=True)
_HOLDS: Final = {"recognised": True, "not": False}


@group.command("list")
def list_decisions(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List the campaign's decisions, with what each corrects and why."""
    from campaigns.store.nomination import nominations
    from campaigns.store.recognition import decisions
    from cli.screens import standing
    from cli.terminal.tables import table
    from operations.installation import open_app
    from schemas.vocabulary import label

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    found = app.read(
        code, lambda tx: [(one, decisions.correction_of(tx, one.id)) for one in decisions.every(tx)]
    )
    names = {one.id: one.code for one in app.read(code, nominations.by_code).values()}
    if as_json:
        terminal.json([_as_json(one, fixed, names) for one, fixed in found])
        return
    if not found:
        terminal.say(_("There is no decision yet."))
        return
    zone = standing.zone_of(app, code)
    words = {
        True: label("recognised", terminal.language),
        False: label("not_recognised", terminal.language),
    }
    heads = (
        _("Decision"),
        _("State"),
        pgettext("mail", "Signed"),
        _("Corrected"),
    )
    rows = [
        (
            one.symbol or terminal.words(_("(no number yet)")),
            label(one.state, terminal.language),
            moment(one.signed_at, zone) if one.signed_at else "",
            ", ".join(
                f"{names[key]}: {words[holds]}"
                for key, holds in (fixed.results.items() if fixed else ())
            ),
        )
        for one, fixed in found
    ]
    terminal.show(table(terminal, heads, rows, wide=(3,)))
    symbols = {one.id: one.symbol for one, _fixed in found}
    for _one, fixed in found:
        if fixed:
            symbol = symbols[fixed.replaces_id]
            terminal.say(
                _("Why {symbol} is corrected: {reason}"), symbol=symbol, reason=fixed.reason
            )


def _as_json(
    one: DecisionRecord, fixed: Correction | None, names: Mapping[int, str]
) -> dict[str, object]:
    changed = fixed.results if fixed else {}
    return {
        "round": one.round,
        "state": one.state,
        "symbol": one.symbol,
        "signed_at": instant(one.signed_at) if one.signed_at else None,
        "reason": fixed.reason if fixed else None,
        "corrected": {names[key]: holds for key, holds in changed.items()},
    }


@group.command("correct")
def correct(
    context: typer.Context,
    person: PersonOption,
    results: Annotated[
        list[str],
        typer.Argument(metavar="CODE=recognised|not", help="What it should have said, each."),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
    ] = "",
    campaign: CampaignOption = None,
) -> None:
    """Ask for a decision that replaces the signed one; its approvers are asked again."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.store import campaigns
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.recognition import CorrectDecision
    from schemas.vocabulary import Stage

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    wanted = tuple(_result(context, said) for said in results)
    now = app.read(code, campaigns.get_stage, Stage.RECOGNITION)
    digest = hashlib.sha256("\n".join((*sorted(results), reason)).encode()).hexdigest()[:16]
    command = CorrectDecision(
        command_id=keys.command_id("cli", "correct", code, now.round, digest),
        results=wanted,
        reason=reason,
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(
        done,
        _(
            "The correction is submitted: {count} results change; the stage waits "
            "for approval again."
        ),
        count=len(wanted),
    )
    go_on(terminal, app, code)


def _result(context: typer.Context, said: str) -> CorrectedResult:
    from schemas.commands.recognition import CorrectedResult

    code, _equals, holds = said.rpartition("=")
    if not code or holds not in _HOLDS:
        text = terminal_of(context).words(
            _("{said!r} is not of the form CODE=recognised or CODE=not."), said=said
        )
        raise typer.BadParameter(text)
    return CorrectedResult(nomination_code=code, recognised=_HOLDS[holds])
