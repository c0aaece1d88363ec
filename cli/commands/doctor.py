"""`thidua doctor`: is everything as it must be, and what is to be mended?"""

from __future__ import annotations

from typing import Final

import typer

from cli.terminal.terminal import USAGE, JsonOption, Terminal, terminal_of
from cli.words import doctor as words

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
        terminal.say(words.SUMMARY, fails=fails, warnings=warnings)
    else:
        terminal.say(words.SUMMARY_GOOD)
    if fails:
        raise typer.Exit(USAGE)


def _show(terminal: Terminal, name: str, level: str, said: str, remedy: str) -> None:
    from rich.text import Text

    colour = {"ok": "green", "warn": "yellow", "fail": "bold red"}[level]
    head = Text(terminal.words(words.LEVELS[level]), style=colour)
    text = f"{terminal.words(words.NAMES[name])}: {said}"
    terminal.hang(head, text, _INDENT)
    if remedy:
        terminal.hang(Text(), terminal.words(words.REMEDY, remedy=remedy), _INDENT)
