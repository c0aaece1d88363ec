"""`thidua template`: the empty workbooks that units fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import words
from cli.common import CampaignOption, OutOption, terminal_of

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from schemas.playbook import Playbook
    from schemas.vocabulary import Language

group = typer.Typer(help="Write empty workbooks to fill in.", no_args_is_help=True)


@group.callback()
def _templates() -> None:
    """Write empty workbooks to fill in."""


@group.command("nominations")
def nominations(
    context: typer.Context,
    out: OutOption,
    campaign: CampaignOption = None,
    playbook: Annotated[
        str | None,
        typer.Option("--playbook", metavar="NAME|FILE", help="Before there is a campaign."),
    ] = None,
) -> None:
    """Write the empty workbook for nominations, with drop-downs and notes from the form."""
    from campaigns.services import imports
    from cli.installation import open_app
    from documents.nomination_template import write_nomination_template

    terminal, app = terminal_of(context), open_app()
    if out.suffix.lower() != ".xlsx":
        message = terminal.words(words.FORMAT_WANTED, formats=".xlsx")
        raise typer.BadParameter(message, param_hint="--out")
    definition = _definition(app, campaign, playbook, terminal.language)
    units = app.read(None, imports.unit_lookup)
    write_nomination_template(out, definition, units.values(), terminal.language)
    terminal.say(words.TEMPLATE_WRITTEN, file=out, units=len(units))


def _definition(
    app: App, campaign: str | None, playbook: str | None, language: Language
) -> Playbook:
    if playbook is not None:
        from campaigns.services.playbooks import load_playbook

        return load_playbook(playbook, language)
    return app.read(app.campaign_code(campaign), lambda tx: tx.playbook)
