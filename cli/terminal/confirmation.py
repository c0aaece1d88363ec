"""Does the person mean it? A question at the terminal, or `--yes` (what cannot be undone)."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.terminal.terminal import USAGE, Terminal
from language import _

_CONFIRMATION_NEEDED = _("This needs a person to confirm, or --yes.")

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def confirm(terminal: Terminal, question: str, otherwise: str, *, yes: bool) -> None:
    """Go on only when a person at a terminal, or `--yes`, says so.

    Args:
        terminal: Where the question is asked.
        question: What is about to happen, as a question.
        otherwise: What is said where it does not happen.
        yes: Whether it was confirmed already.

    Raises:
        typer.Exit: It was not confirmed: with 2 where nobody can be asked, else with 0.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        terminal.error(f"{terminal.words(_CONFIRMATION_NEEDED)} {otherwise}")
        raise typer.Exit(USAGE)
    if not typer.confirm(question, default=False):
        terminal.show(otherwise)
        raise typer.Exit
