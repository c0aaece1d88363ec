"""`thidua token`: who may use the API, and for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.harmless import visible
from cli.terminal.terminal import (
    JsonOption,
    NumberArgument,
    Terminal,
    checked_code,
    instant,
    terminal_of,
)
from language import Text, _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from campaigns.store.access.tokens import TokenRecord

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
        typer.Option(help="With commas: read, settings, nominate, review, approve, coordinate."),
    ] = "read",
    days: Annotated[
        int, typer.Option(min=1, max=_LONGEST_DAYS, help="How long it is good for.")
    ] = 90,
) -> None:
    """Make a token; it is shown once and cannot be shown again."""
    from uuid import uuid4

    from campaigns import access, acts
    from campaigns.rules import keys
    from campaigns.store.access import tokens
    from cli.terminal.zones import when, zone_of_all
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.answers import TokenMade
    from schemas.commands.access import CreateToken

    terminal, app = terminal_of(context), open_app()
    scopes = [word.strip() for word in scope.split(",") if word.strip()]
    identity = keys.command_id("cli", "token", uuid4())
    command = CreateToken(command_id=identity, of_id=person, scopes=tuple(scopes), days=days)
    done = acts.carry_out_for(TokenMade, app, at_console(), None, command)
    record = next(one for one in app.read(None, tokens.of, person) if one.id == done.number)
    is_told = access.token(app, record)
    until = when(record.expires_at, zone_of_all(app))
    terminal.note(
        _("Token {number} of {person}, good until {until} (shown only now):"),
        number=record.id,
        person=person,
        until=until,
    )
    terminal.show(done.token)
    if not is_told:
        terminal.note(
            _("There is no campaign yet whose mail could tell {person}; tell them yourself."),
            person=person,
        )


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
    from campaigns.services.access import tokens as services
    from campaigns.store.access import tokens
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    if person is not None:
        app.read(None, services.ensure_known, person)
    found = app.read(None, tokens.of, person)
    if as_json:
        terminal.json([plain(one._asdict()) for one in found])
        return
    if not found:
        terminal.say(_("There is no token yet."))
        return
    _show(terminal, found, app.read(None, lambda tx: tx.wall), zone_of_all(app))


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Write a row for JSON."""
    return {
        key: instant(value) if isinstance(value, datetime) else value
        for key, value in values.items()
    }


def _show(terminal: Terminal, found: list[TokenRecord], now: datetime, zone: ZoneInfo) -> None:
    from cli.terminal.zones import when

    heads = (
        _("Number"),
        _("Person"),
        _("Scopes"),
        _("Good until"),
        _("Last used"),
        _("State"),
    )
    rows = []
    for one in found:
        state = _("in force") if one.expires_at > now else _("expired")
        state = _("revoked") if one.revoked_at else state
        until, used = when(one.expires_at, zone), when(one.last_used_at, zone)
        rows.append((str(one.id), one.person_id, one.scopes, until, used, terminal.words(state)))
    show_table(terminal, heads, rows)


def show_table(terminal: Terminal, heads: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their heads."""
    from rich.table import Table

    table = Table()
    for head in heads:
        table.add_column(terminal.words(head))
    for row in rows:
        table.add_row(*map(visible, row))
    terminal.show(table)


@group.command("revoke")
def revoke(
    context: typer.Context,
    number: NumberArgument,
) -> None:
    """End a token at once."""
    from uuid import uuid4

    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.access import RevokeToken

    terminal, app = terminal_of(context), open_app()
    identity = keys.command_id("cli", "end-token", uuid4())
    acts.carry_out(app, at_console(), None, RevokeToken(command_id=identity, number=number))
    terminal.say(_("Token {number} is revoked."), number=number)
