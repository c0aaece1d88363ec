"""`thidua import`: files into facts; every problem told, and nothing stored unless all is well."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.days import day_of, typed_day
from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    FileArgument,
    JsonOption,
    Terminal,
    checked_code,
    checked_out,
    checked_text,
    terminal_of,
)
from language import _

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from campaigns.intake import Request
    from schemas.imports import ImportReport

group = typer.Typer(help="Import tables from Excel or CSV.", no_args_is_help=True)

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Check only; store nothing.")]
AcceptOption = Annotated[
    bool,
    typer.Option(
        "--accept-valid", help="Store the good rows; write the others to a workbook to correct."
    ),
]
CorrectionsOption = Annotated[
    Path | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="Where the rows to correct go; without it into the documents folder.",
        callback=checked_out,
    ),
]

ByOption = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="PERSON",
        help="The coordinator who imports: named in the logs, and whoever confirms is another.",
        callback=checked_code,
    ),
]


CorrectOption = Annotated[
    str,
    typer.Option(
        "--correct",
        metavar="REASON",
        help="Replace what is stored by what the file says, for this reason.",
        callback=checked_text,
    ),
]


@dataclass(frozen=True)
class Wanted:
    """What somebody wants imported, and how."""

    kind: str
    file: Path
    campaign: str | None
    dry_run: bool
    accept_valid: bool
    corrections: Path | None
    as_json: bool
    since: date | None = None
    correct: str = ""
    """Why stored judgements are replaced; empty: none is."""
    person: str | None = None
    """Who imports, or corrects."""


def _add(kind: str, help_text: str) -> None:
    """Make the command for one kind of table."""

    @group.command(kind, help=help_text)
    def command(
        context: typer.Context,
        file: FileArgument,
        campaign: CampaignOption = None,
        dry_run: DryRunOption = False,
        accept_valid: AcceptOption = False,
        corrections: CorrectionsOption = None,
        as_json: JsonOption = False,
        person: ByOption = None,
    ) -> None:
        wanted = Wanted(
            kind,
            file,
            campaign,
            dry_run,
            accept_valid,
            corrections,
            as_json,
            person=person,
        )
        _carry_out(terminal_of(context), wanted)


def _add_judging(kind: str, help_text: str) -> None:
    """Make the command for a table of judgements, which may correct those that are stored."""

    @group.command(kind, help=help_text)
    def command(  # noqa: PLR0913, PLR0917 - one command, to record and to correct
        context: typer.Context,
        file: FileArgument,
        campaign: CampaignOption = None,
        dry_run: DryRunOption = False,
        accept_valid: AcceptOption = False,
        corrections: CorrectionsOption = None,
        correct: CorrectOption = "",
        person: ByOption = None,
        as_json: JsonOption = False,
    ) -> None:
        terminal = terminal_of(context)
        if correct and not person:
            raise typer.BadParameter(
                terminal.words(
                    _("Scores and votes are corrected by a named person: add --as PERSON.")
                )
            )
        wanted = Wanted(kind, file, campaign, dry_run, accept_valid, corrections, as_json)
        _carry_out(terminal, replace(wanted, correct=correct, person=person))


_add("units", "Import units with their dated names, codes and parents.")
_add("nominations", "Import nominations from workbooks of the campaign's form.")
_add_judging("scores", "Import the reviewers' scores.")
_add_judging("votes", "Import the council's votes.")
_add("adoptions", "Import replications of recognised models.")
_add("past-models", "Import models recognised in earlier years.")


@group.command("people")
def people(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    context: typer.Context,
    file: FileArgument,
    campaign: CampaignOption = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="Day from which they hold their roles; without it today.",
            callback=typed_day,
        ),
    ] = None,
    dry_run: DryRunOption = False,
    accept_valid: AcceptOption = False,
    corrections: CorrectionsOption = None,
    as_json: JsonOption = False,
    person: ByOption = None,
) -> None:
    """Import people, appointed to their roles; say what is otherwise than before."""
    day = day_of(since)
    wanted = Wanted(
        "people", file, campaign, dry_run, accept_valid, corrections, as_json, day, person=person
    )
    _carry_out(terminal_of(context), wanted)


def _carry_out(terminal: Terminal, wanted: Wanted) -> None:
    from campaigns import acts
    from campaigns.intake import Request
    from cli.screens.import_report import show_outcome, show_report
    from cli.screens.register_report import show_changes
    from cli.terminal.zones import zone_of_all
    from operations.installation import make_folders, open_app
    from schemas.actors import at_console
    from schemas.commands.nomination import ImportTable

    app = open_app()
    make_folders(app.settings)
    corrections = wanted.corrections or (
        app.settings.documents / f"{wanted.file.stem}-corrections.xlsx"
    )
    who = at_console(wanted.person)
    if wanted.person is not None and not wanted.correct:
        acts.ensure_person(app, who, None, ImportTable)
    request = Request(
        wanted.file,
        who,
        terminal.language,
        correct=wanted.correct,
        dry_run=wanted.dry_run,
        accept_valid=wanted.accept_valid,
        corrections=corrections,
    )
    with terminal.working(_("Reading")):
        report = _import(app, wanted, request)
    show_report(terminal, report, as_json=wanted.as_json)
    say = terminal.note if wanted.as_json else terminal.say
    show_changes(terminal, say, report.changes, zone_of_all(app))
    show_outcome(say, report, dry_run=wanted.dry_run)
    kept_out = report.has_errors and not wanted.dry_run and wanted.accept_valid
    if kept_out and corrections.exists():
        say(
            _("The rows to correct are in {file}: correct them and import that file."),
            file=corrections,
        )
    if report.has_errors and not kept_out:
        raise typer.Exit(USAGE)


def _import(app: App, wanted: Wanted, request: Request) -> ImportReport:
    from campaigns import intake

    match wanted.kind:
        case "units":
            return intake.import_units(app, request)
        case "past-models":
            return intake.import_past_models(app, request)
        case "people":
            day = wanted.since or app.read(None, lambda tx: tx.wall.date())
            return intake.import_people(app, request, day)
    by_kind = {
        "nominations": intake.import_nominations,
        "scores": intake.import_scores,
        "votes": intake.import_votes,
        "adoptions": intake.import_adoptions,
    }
    return by_kind[wanted.kind](app, app.campaign_code(wanted.campaign), request)
