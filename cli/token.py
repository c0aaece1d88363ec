"""`thidua token`: who may use the API, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import words_interface as words
from cli.common import JsonOption, Terminal, checked_code, moment, terminal_of

if TYPE_CHECKING:
    from datetime import datetime

    from campaigns.store.tokens import TokenRecord

group = typer.Typer(help="Tokens of the API: make, list, revoke.", no_args_is_help=True)
_LONGEST_DAYS = 3_650


@group.command("create")
def create(
    context: typer.Context,
    person: Annotated[
        str, typer.Option("--for", metavar="PERSON", help="Whose token.", callback=checked_code)
    ],
    scope: Annotated[
        str,
        typer.Option(help="With commas: read, nominate, review, approve, coordinate."),
    ] = "read",
    days: Annotated[
        int, typer.Option(min=1, max=_LONGEST_DAYS, help="How long it is good for.")
    ] = 90,
) -> None:
    """Make a token; it is shown once and cannot be shown again."""
    from campaigns.services import tokens
    from cli.installation import HERE, open_app

    terminal, app = terminal_of(context), open_app()
    scopes = [word.strip() for word in scope.split(",") if word.strip()]
    token, record = app.act_as(HERE, None, tokens.create, person, scopes, days)
    until = moment(record.expires_at, None)
    terminal.note(words.TOKEN_MADE, number=record.id, person=person, until=until)
    terminal.show(token)


@group.command("list")
def list_tokens(
    context: typer.Context,
    person: Annotated[
        str | None,
        typer.Option("--for", metavar="PERSON", help="Only theirs.", callback=checked_code),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List tokens; what proves them is not kept."""
    from campaigns.store import tokens
    from cli.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, tokens.of, person)
    if as_json:
        terminal.json([_plain(one) for one in found])
        return
    if not found:
        terminal.say(words.NO_TOKEN)
        return
    _show(terminal, found, app.read(None, lambda tx: tx.wall))


def _plain(one: TokenRecord) -> dict[str, object]:
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in one._asdict().items()
    }


def _show(terminal: Terminal, found: list[TokenRecord], now: datetime) -> None:
    from rich.table import Table

    table = Table()
    for head in (
        words.NUMBER,
        words.PERSON,
        words.SCOPES,
        words.UNTIL,
        words.USED,
        words.STATE,
    ):
        table.add_column(terminal.words(head))
    for one in found:
        state = words.IN_FORCE if one.expires_at > now else words.EXPIRED
        state = words.REVOKED if one.revoked_at else state
        table.add_row(
            str(one.id),
            one.person_id,
            one.scopes,
            moment(one.expires_at, None),
            moment(one.last_used_at, None),
            terminal.words(state),
        )
    terminal.show(table)


@group.command("revoke")
def revoke(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1)],
) -> None:
    """End a token at once."""
    from campaigns.services import tokens
    from cli.installation import HERE, open_app

    terminal, app = terminal_of(context), open_app()
    app.act_as(HERE, None, tokens.revoke, number)
    terminal.say(words.TOKEN_REVOKED, number=number)
