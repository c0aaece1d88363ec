"""`thidua init` and `thidua db`: an installation and its database."""

from __future__ import annotations

import typer

from cli.terminal import headings
from cli.terminal.terminal import USAGE, JsonOption, terminal_of
from cli.words import common

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
    before, _ = prepare_database(settings)
    terminal.say(common.INIT_READY if before is None else common.INIT_WAS_READY)
    terminal.show("")
    rows = [
        (terminal.words(headings.FILES_WRITTEN[name]), where)
        for name, where in (
            ("home", settings.home),
            ("database", database_place(settings)),
            ("mail", settings.maildir),
            ("documents", settings.documents),
            ("logs", settings.logs),
        )
    ]
    terminal.show(table(terminal, (headings.WHAT, headings.WHERE), rows))
    terminal.show("")
    terminal.say(common.INIT_NEXT)


@group.command("upgrade")
def upgrade(context: typer.Context) -> None:
    """Bring the database to this version of the program; nothing is lost."""
    from operations.installation import make_folders, open_settings, prepare_database

    terminal, settings = terminal_of(context), open_settings()
    make_folders(settings)
    before, after = prepare_database(settings)
    phrase = common.DB_CURRENT if before == after else common.DB_UPGRADED
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
        terminal.say(common.DB_MISSING, want=want)
    elif have > want:
        terminal.say(common.DB_NEWER, before=have, after=want)
    else:
        terminal.say(
            common.DB_CURRENT if have == want else common.DB_OTHER, before=have, after=want
        )
    if have != want:
        raise typer.Exit(USAGE)
