"""`thidua audit`: is the record whole, and what does it say?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from cli import words
from cli import words_registers as registers_words
from cli.common import (
    USAGE,
    CampaignOption,
    JsonOption,
    OutOption,
    Terminal,
    checked_code,
    terminal_of,
)
from cli.text import visible

if TYPE_CHECKING:
    from schemas.views import AuditResult

group = typer.Typer(help="Verify and hand out the event logs.", no_args_is_help=True)


@group.command("verify")
def verify(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The campaign.", callback=checked_code)
    ] = None,
    campaign: CampaignOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recompute the chains of a campaign's log and of the registers'; name what does not fit."""
    from campaigns.services import audit, register_audit
    from campaigns.store import campaigns
    from cli.installation import open_app

    terminal, app = terminal_of(context), open_app()
    registers = app.read(None, register_audit.verify)
    if not (code or campaign or app.read(None, campaigns.codes)):
        # Before the first campaign there are registers to verify, and nothing else.
        if as_json:
            terminal.json({"registers": registers.model_dump(mode="json")})
        _say_registers(terminal, registers, as_json=as_json)
        return
    wanted = app.campaign_code(code or campaign)
    result = app.read(wanted, audit.verify)
    if as_json:
        found = result.model_dump(mode="json")
        terminal.json({**found, "registers": registers.model_dump(mode="json")})
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
    _say_registers(terminal, registers, as_json=as_json)
    if not result.intact:
        raise typer.Exit(USAGE)


def _say_registers(terminal: Terminal, found: AuditResult, *, as_json: bool) -> None:
    """Say how it stands with the registers; exit with 2 where somebody touched them."""
    if found.intact and not as_json:
        phrase = registers_words.REGISTERS_INTACT
        if not found.events:
            phrase = registers_words.REGISTERS_NOT_BEGUN
        terminal.say(phrase, events=found.events)
    if found.intact:
        return
    if not as_json:
        things = ", ".join(found.differing)
        broken = found.broken_at is not None
        phrase = registers_words.REGISTERS_BROKEN if broken else registers_words.REGISTERS_DIFFER
        number, reason = found.broken_at, found.reason
        terminal.error(terminal.words(phrase, number=number, reason=reason, things=things))
    raise typer.Exit(USAGE)


@group.command("registers")
def registers(
    context: typer.Context,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="ID", help="Of one person or unit.", callback=checked_code),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what happened to people, roles, addresses and units: by whom, before and after."""
    from campaigns.rules.chain import written
    from campaigns.services import register_audit
    from cli.installation import open_app
    from cli.zones import when, zone_of_all

    terminal, app = terminal_of(context), open_app()
    zone = zone_of_all(app)
    with app.store.reading() as tx:
        found = list(register_audit.events(tx, of))
    if as_json:
        terminal.json([{**one._asdict(), "occurred_at": written(one.occurred_at)} for one in found])
        return
    for one in found:
        at = when(one.occurred_at, zone)
        told = f"{one.number} · {at} · {one.name} · {one.subject} · {one.actor}"
        terminal.show(visible(told))
        for line in _before_and_after(one.facts):
            terminal.show(visible(f"    {line}"))
    if not found:
        terminal.say(registers_words.REGISTERS_NOT_BEGUN)


def _before_and_after(facts: Mapping[str, object]) -> list[str]:
    """Return what was said otherwise before, a line a field."""
    before, after = facts.get("before"), facts.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    fields = [one for one in {**before, **after} if before.get(one, "") != after.get(one, "")]
    return [f"{one}: {before.get(one) or '-'} → {after.get(one) or '-'}" for one in fields]


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
