"""`thidua init` and `thidua db`: an installation and its database."""

from __future__ import annotations

from typing import Final

import typer

from cli.terminal.terminal import USAGE, JsonOption, terminal_of
from language import _

_FILES_WRITTEN: Final = {
    "home": _("Folder"),
    "summary": _("Summary"),
    "database": _("Database"),
    "mail": _("Mail (.eml)"),
    "mails": _("Mail ({count} .eml)"),
    "documents": _("Documents"),
    "logs": _("Logs"),
    "corrections": _("Rows to correct"),
}
_DB_CURRENT = _("The database is of this version, {after}.")

group = typer.Typer(help="Look after the database.", no_args_is_help=True)


def init(context: typer.Context) -> None:
    """Make this installation ready: its folders and its database."""
    from cli.terminal.tables import table
    from operations.installation import (
        database_place,
        make_folders,
        open_settings,
        prepare_database,
    )

    terminal, settings = terminal_of(context), open_settings()
    make_folders(settings)
    before, _after = prepare_database(settings)
    terminal.say(_("Ready.") if before is None else _("Was ready before; nothing was changed."))
    terminal.show("")
    rows = [
        (terminal.words(_FILES_WRITTEN[name]), where)
        for name, where in (
            ("home", settings.home),
            ("database", database_place(settings)),
            ("mail", settings.maildir),
            ("documents", settings.documents),
            ("logs", settings.logs),
        )
    ]
    terminal.show(table(terminal, (_("What"), _("Where")), rows))
    terminal.show("")
    terminal.say(
        _("Next: thidua import units FILE, import people FILE, then thidua campaign create.")
    )


@group.command("upgrade")
def upgrade(context: typer.Context) -> None:
    """Bring the database to this version of the program; nothing is lost."""
    from operations.installation import make_folders, open_settings, prepare_database

    terminal, settings = terminal_of(context), open_settings()
    make_folders(settings)
    before, after = prepare_database(settings)
    phrase = (
        _DB_CURRENT
        if before == after
        else _("The database was brought from version {before} to {after}.")
    )
    terminal.say(phrase, before=before or "-", after=after)


@group.command("check")
def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """Say whether the database is of this version."""
    from operations.installation import database_versions, open_settings

    terminal, settings = terminal_of(context), open_settings()
    have, want = database_versions(settings)
    if as_json:
        terminal.json({"have": have, "want": want, "current": have == want})
    elif have is None:
        terminal.say(
            _("There is no database yet (version {want} is needed): run thidua init."), want=want
        )
    elif have > want:
        terminal.say(
            _(
                "The database is of version {before}, newer than this program "
                "({after}): install the newer program."
            ),
            before=have,
            after=want,
        )
    else:
        terminal.say(
            _DB_CURRENT
            if have == want
            else _(
                "The database is of version {before}, {after} is needed: back it up, "
                "then thidua db upgrade."
            ),
            before=have,
            after=want,
        )
    if have != want:
        raise typer.Exit(USAGE)
