"""`thidua outbox`: the mail of a campaign; held results leave only when a coordinator says so."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli import words
from cli.common import (
    USAGE,
    CampaignOption,
    JsonOption,
    PersonOption,
    Terminal,
    checked_code,
    moment,
    terminal_of,
)
from cli.text import visible, visible_lines

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from campaigns.store.messages import MessageRow

group = typer.Typer(help="Look at a campaign's mail; let it go.", no_args_is_help=True)
_SHOWN: Final = 20
_STATES: Final = ("held", "queued", "claimed", "sent", "uncertain", "failed", "superseded")

TemplateOption = Annotated[
    str | None,
    typer.Option(
        "--template", metavar="NAME", help="Only messages of this kind.", callback=checked_code
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def _known_state(context: typer.Context, value: str | None) -> str | None:
    if value is not None and value not in _STATES:
        terminal = terminal_of(context)
        raise typer.BadParameter(terminal.words(words.STATE_WANTED, states=", ".join(_STATES)))
    return value


@group.command("list")
def list_messages(
    context: typer.Context,
    campaign: CampaignOption = None,
    state: Annotated[
        str | None,
        typer.Option("--state", help=f"One of {', '.join(_STATES)}.", callback=_known_state),
    ] = None,
    template: TemplateOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 200,
    as_json: JsonOption = False,
) -> None:
    """List messages, oldest first."""
    from campaigns.store import messages
    from cli.installation import open_app
    from cli.standing import zone_of

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    states = [state] if state else []
    found = app.read(code, messages.find, states=states, template=template, limit=limit)
    if as_json:
        terminal.json([_as_json(row) for row in found])
        return
    total = app.read(code, _count, states, template)
    if found:
        _show_list(terminal, found, zone_of(app, code).key)
    terminal.say(words.MESSAGES_SHOWN, shown=len(found), total=total)


def _count(tx: Transaction, states: list[str], template: str | None) -> int:
    from campaigns.store import messages

    return sum(
        number
        for (name, state), number in messages.counts(tx).items()
        if (not states or state in states) and template in {None, name}
    )
