"""`thidua template`: the empty workbooks of every table that is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import CampaignOption, OutOption, Terminal, terminal_of
from language import _

if TYPE_CHECKING:
    from pathlib import Path

    from campaigns.bootstrap import App
    from language import Language
    from schemas.playbook.playbook import Playbook

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
    from campaigns.services.registers import imports
    from documents.writing.nomination_template import write_nomination_template
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    _ensure_workbook(terminal, out)
    definition = _definition(app, campaign, playbook, terminal.language)
    units = app.read(None, imports.unit_lookup)
    write_nomination_template(out, definition, units.values(), terminal.language)
    terminal.say(_("{file} is written; it lists {units} units."), file=out, units=len(units))


def _add(kind: str, help_text: str) -> None:
    """Make the command for a register, which belongs to no campaign."""

    @group.command(kind, help=help_text)
    def command(context: typer.Context, out: OutOption) -> None:
        from operations.installation import open_app

        terminal = terminal_of(context)
        _ensure_workbook(terminal, out)
        _write(terminal, open_app(), kind, out)


def _add_of_campaign(kind: str, help_text: str) -> None:
    """Make the command for a table of a campaign: it lists who and what may stand in it."""

    @group.command(kind, help=help_text)
    def command(context: typer.Context, out: OutOption, campaign: CampaignOption = None) -> None:
        from operations.installation import open_app

        terminal = terminal_of(context)
        _ensure_workbook(terminal, out)
        app = open_app()
        _write(terminal, app, kind, out, app.campaign_code(campaign))


_add("units", "Write the empty workbook for units.")
_add("people", "Write the empty workbook for people and their roles.")
_add("past-models", "Write the empty workbook for models of earlier years.")
_add_of_campaign("scores", "Write the empty workbook for reviews, with who and what is judged.")
_add_of_campaign("votes", "Write the empty workbook for the council's votes.")
_add_of_campaign("adoptions", "Write the empty workbook for replications.")


def _ensure_workbook(terminal: Terminal, out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        message = terminal.words(_("the file's name must end in {formats}"), formats=".xlsx")
        raise typer.BadParameter(message, param_hint="--out")


def _write(terminal: Terminal, app: App, kind: str, out: Path, code: str | None = None) -> None:
    from campaigns.services.appraisal import reviews
    from campaigns.services.registers import imports, table_lists
    from documents.writing.table_templates import Known, write_table_template

    units = app.read(None, imports.unit_lookup)
    known = Known(units=units.values())
    if code is not None:
        lists = {
            "scores": table_lists.of_scores,
            "votes": table_lists.of_votes,
            "adoptions": table_lists.of_adoptions,
        }
        found = app.read(code, lists[kind])
        criteria = {}
        if kind == "scores":
            rubric = app.read(code, reviews.rubric_of)
            criteria = {
                one.code: (one.name.say(terminal.language), one.maximum) for one in rubric.criteria
            }
        known = Known(units.values(), found.people, found.nominations, criteria)
    write_table_template(out, kind, known, terminal.language)
    terminal.say(_("{file} is written."), file=out)


def _definition(
    app: App, campaign: str | None, playbook: str | None, language: Language
) -> Playbook:
    if playbook is not None:
        from campaigns.services.playbook.library import load_playbook

        return load_playbook(playbook, language)
    return app.read(app.campaign_code(campaign), lambda tx: tx.playbook)
