"""`thidua person`: how somebody wants their mail."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import words, words_messages
from cli.common import USAGE, checked_code, terminal_of

group = typer.Typer(help="How people want their mail.", no_args_is_help=True)


@group.command("set")
def set_preference(
    context: typer.Context,
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="Id of the person.", callback=checked_code)
    ],
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="each|daily", help="Each mail, or one a day.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en", help="Language of their mail.")
    ] = None,
) -> None:
    """Set how a person wants their mail; without options, show it."""
    from campaigns.services import preferences
    from cli.installation import open_app
    from schemas.commands import SetMailPreference

    terminal, app = terminal_of(context), open_app()
    if digest not in {None, "each", "daily"}:
        raise typer.BadParameter("each | daily", param_hint="--digest")
    if language not in {None, "vi", "en"}:
        raise typer.BadParameter(terminal.words(words.LANGUAGE_WANTED), param_hint="--language")
    command = SetMailPreference.model_validate(
        {
            "command_id": f"cli:preference:{person}",
            "of_id": person,
            "digest": digest,
            "language": language,
        }
    )
    found = app.act(None, preferences.set_preference, command)
    if found is None:
        terminal.error(terminal.words(words_messages.NO_PERSON, person=person))
        raise typer.Exit(USAGE)
    how = words_messages.DAILY if found.digest == "daily" else words_messages.EACH
    terminal.say(
        words_messages.PREFERENCE_SET,
        person=person,
        digest=terminal.words(how),
        tongue=found.language,
    )
