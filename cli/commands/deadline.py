"""`thidua deadline`: until when what is due, and more time for all or for one unit."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from cli.terminal.days import in_zone, typed_moment
from cli.terminal.terminal import (
    CampaignOption,
    JsonOption,
    PersonOption,
    StageArgument,
    Terminal,
    checked_code,
    checked_text,
    instant,
    moment,
    terminal_of,
)
from language import _, pgettext
from schemas.vocabulary import Stage, label

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from campaigns.services.deadlines.extensions import Deadline
    from campaigns.store.deadlines.extensions import ExtensionRecord

_MATTERS: Final = {
    "work": _("work"),
    "approval": _("approval"),
}

group = typer.Typer(help="Look at deadlines; give more time.", no_args_is_help=True)


@group.command("extend")
def extend(
    context: typer.Context,
    stage: StageArgument,
    person: PersonOption,
    until: Annotated[
        str, typer.Option("--until", metavar="TIME", help='Local time, such as "20/9/2023 17:00".')
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why.", callback=checked_text)
    ],
    unit: Annotated[
        str | None,
        typer.Option("--unit", metavar="UNIT", help="Only for this unit.", callback=checked_code),
    ] = None,
    approval: Annotated[
        bool, typer.Option("--approval", help="Extend the stage's approval, not its work.")
    ] = False,
    campaign: CampaignOption = None,
) -> None:
    """Give more time for a stage, to all or to one unit; those concerned are told."""
    from campaigns import acts
    from campaigns.rules import keys
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.deadlines import ExtendDeadline

    terminal, given = terminal_of(context), typed_moment(context, until)
    app = open_app()
    code = app.campaign_code(campaign)
    zone = ZoneInfo(app.read(code, lambda tx: tx.playbook.timezone))
    command = ExtendDeadline(
        # An act of its own each time: the same again is refused, for it gives no more time.
        command_id=keys.command_id("cli", "extend", code, secrets.token_hex(8)),
        stage=Stage(stage),
        matter="approval" if approval else "work",
        unit_id=unit,
        until=in_zone(given, zone),
        reason=reason,
        person_id=person,
    )
    before = _told(app, code)
    acts.carry_out(app, at_console(person), code, command)
    phrase = (
        _("Stage {stage} is extended to {until} ({zone}) for {unit} alone; {told} told.")
        if unit
        else _("Stage {stage} is extended to {until} ({zone}) for all; {told} told.")
    )
    terminal.say(
        _("The approval of stage {stage} is extended to {until} ({zone}); {told} told.")
        if approval
        else phrase,
        stage=label(stage, terminal.language),
        until=moment(command.until, zone),
        zone=zone.key,
        unit=unit or "",
        told=_told(app, code) - before,
    )


def _told(app: App, code: str) -> int:
    from campaigns.store.mail import messages

    return len(app.read(code, messages.find, template="deadline-extended"))


@group.command("list")
def list_deadlines(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List what is due until when, with every extension and its reason."""
    from campaigns.services.deadlines import extensions, sweep
    from campaigns.store.deadlines import extensions as records
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    due, moved = app.read(code, extensions.in_force_everywhere), app.read(code, records.find)
    upcoming = app.read(code, sweep.next_moment)
    zone = ZoneInfo(app.read(code, lambda tx: tx.playbook.timezone))
    if as_json:
        terminal.json(
            {
                "timezone": zone.key,
                "deadlines": [_as_json(one._asdict()) for one in due],
                "extensions": [_as_json(one._asdict()) for one in moved],
                "next_reminder": instant(upcoming) if upcoming else None,
            }
        )
        return
    if not due:
        terminal.say(_("The campaign is not launched: there are no deadlines yet."))
        return
    _show(terminal, due, moved, zone)
    phrase = _("The next reminder: {at}.") if upcoming else _("Nothing is to be reminded of now.")
    terminal.say(phrase, at=moment(upcoming, zone))
    terminal.say(_("Times are in {zone}."), zone=zone.key)


def _show(
    terminal: Terminal, due: list[Deadline], moved: list[ExtensionRecord], zone: ZoneInfo
) -> None:
    from cli.terminal.tables import table

    language = terminal.language

    def unit(unit_id: str | None) -> str:
        return unit_id or pgettext("units", "all").say(language)

    rows = [
        (
            label(one.stage, language),
            _MATTERS[one.matter].say(language),
            unit(one.unit_id),
            moment(one.due_at, zone),
            one.moved or "",
        )
        for one in due
    ]
    heads = (_("Stage"), _("Matter"), _("Unit"), _("Deadline"), _("Extended"))
    terminal.show(table(terminal, heads, rows))
    terminal.show("")
    if not moved:
        return
    heads = (_("Stage"), _("Matter"), _("Unit"), _("Before"), _("Deadline"))
    told = [
        (
            label(one.stage, language),
            _MATTERS[one.matter].say(language),
            unit(one.unit_id),
            moment(one.previous_at, zone),
            moment(one.until_at, zone),
            one.person_id,
            one.reason,
        )
        for one in moved
    ]
    terminal.show(
        table(terminal, (*heads, pgettext("extension", "By"), _("Reason")), told, wide=(6,))
    )
    terminal.show("")


def _as_json(values: dict[str, object]) -> dict[str, object]:
    return {
        key: instant(value) if isinstance(value, datetime) else value
        for key, value in values.items()
    }
