"""`thidua doctor`: is everything as it must be, and what is to be mended?"""

from __future__ import annotations

from typing import Final

import typer

from cli.terminal.terminal import USAGE, JsonOption, Terminal, terminal_of
from language import Text, _, pgettext

_LEVELS: Final = {
    "ok": _("ok"),
    "warn": _("warning"),
    "fail": _("fails"),
}
NAMES: Final = {
    "versions": _("Versions"),
    "home": _("Home"),
    "disk": _("Disk"),
    "database": _("Database"),
    "clock": _("Clock"),
    "secret": _("Secret"),
    "mail": pgettext("check", "Mail"),
    "public-url": _("Public address"),
    "prefect": _("Prefect"),
    "deployments": _("Deployments"),
    "worker": _("Worker"),
    "relay": _("Relay"),
    "outbox": _("Outbox"),
    "messages": pgettext("check", "Messages"),
    "mail-server": _("Mail server"),
    "notices": _("Mail that came back"),
    "people": _("Addresses"),
    "judges": _("Who may judge"),
    "codes": _("One-time codes"),
    "calendar": _("Holidays"),
    "zones": _("Time zones"),
}

_INDENT: Final = 8


def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Check the set-up; say what to mend."""
    from cli.checks.installation import Finding, findings

    terminal = terminal_of(context)
    found: list[Finding] = []
    for one in findings(terminal):
        found.append(one)
        if not as_json:
            _show(terminal, one.name, one.level, one.said, one.remedy)
    fails = sum(one.level == "fail" for one in found)
    warnings = sum(one.level == "warn" for one in found)
    if as_json:
        terminal.json([one._asdict() for one in found])
    elif fails or warnings:
        terminal.say(_("To mend: {fails}. Warnings: {warnings}."), fails=fails, warnings=warnings)
    else:
        terminal.say(_("Nothing has to be mended."))
    if fails:
        raise typer.Exit(USAGE)


def _show(terminal: Terminal, name: str, level: str, said: str, remedy: str) -> None:
    from rich.text import Text as Styled

    colour = {"ok": "green", "warn": "yellow", "fail": "bold red"}[level]
    head = Styled(terminal.words(_LEVELS[level]), style=colour)
    text = f"{terminal.words(NAMES[name])}: {said}"
    terminal.hang(head, text, _INDENT)
    if remedy:
        terminal.hang(Styled(), terminal.words(Text("→ {remedy}"), remedy=remedy), _INDENT)
