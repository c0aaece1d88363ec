"""`thidua audit`: is the record whole, and what does it say?"""

from __future__ import annotations

from typing import Annotated

import typer

from cli import words
from cli.common import (
    USAGE,
    CampaignOption,
    JsonOption,
    OutOption,
    checked_code,
    terminal_of,
)

group = typer.Typer(help="Verify and hand out the event log.", no_args_is_help=True)


@group.command("verify")
def verify(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The campaign.", callback=checked_code)
    ] = None,
    campaign: CampaignOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recompute the hash chain of the log; name the first record that does not fit."""
    from campaigns.services import audit
    from cli.installation import open_app

    terminal, app = terminal_of(context), open_app()
    wanted = app.campaign_code(code or campaign)
    result = app.read(wanted, audit.verify)
    if as_json:
        terminal.json(result.model_dump(mode="json"))
    elif result.intact:
        terminal.say(words.LOG_INTACT, campaign=wanted, events=result.events)
    elif result.broken_at is not None:
        number, reason = result.broken_at, result.reason
        terminal.error(
            terminal.words(words.LOG_BROKEN, campaign=wanted, number=number, reason=reason)
        )
    else:
        things = ", ".join(result.differing) or result.reason
        terminal.error(terminal.words(words.ROWS_DIFFER, campaign=wanted, things=things))
    if not result.intact:
        raise typer.Exit(USAGE)


@group.command("export")
def export(context: typer.Context, out: OutOption, campaign: CampaignOption = None) -> None:
    """Write the log, one JSON object per line, in its order."""
    from campaigns.services import audit
    from cli.installation import open_app
    from documents.tables import replacing

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    count = 0
    with (
        app.store.reading(code) as tx,
        replacing(out) as draft,
        draft.open("w", encoding="utf-8") as file,
    ):
        for count, line in enumerate(audit.lines(tx), 1):  # noqa: B007 - said below
            file.write(f"{line}\n")
    terminal.say(words.EVENTS_EXPORTED, count=count, file=out)
