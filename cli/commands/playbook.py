"""`thidua playbook`: check, describe and list the definitions campaigns are made of."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.terminal.harmless import visible
from cli.terminal.terminal import USAGE, JsonOption, terminal_of
from language import _

group = typer.Typer(help="Check and list playbooks.", no_args_is_help=True)


@group.command("check")
def check(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A YAML file, or the name of a shipped playbook.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong or doubtful in a playbook, with its line."""
    from campaigns.services.playbook.library import check_playbook

    terminal = terminal_of(context)
    playbook, problems = check_playbook(file, terminal.language)
    if as_json:
        terminal.json([problem.model_dump(mode="json") for problem in problems])
    else:
        for problem in problems:
            terminal.show(visible(problem))
        errors = sum(problem.level == "error" for problem in problems)
        values = {"file": file, "errors": errors, "warnings": len(problems) - errors}
        terminal.say(
            _("{file}: can be used ({warnings} warnings).")
            if playbook
            else _("{file}: cannot be used ({errors} errors, {warnings} warnings)."),
            **values,
        )
    if playbook is None:
        raise typer.Exit(USAGE)


@group.command("schema")
def schema() -> None:
    """Print the JSON Schema of a playbook, for editors that complete while one types."""
    from campaigns.services.playbook.library import playbook_schema

    sys.stdout.write(playbook_schema())


@group.command("list")
def list_playbooks(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the playbooks that come with the program."""
    from campaigns.services.playbook import library
    from cli.terminal.tables import table

    terminal = terminal_of(context)
    found = library.list_playbooks()
    if as_json:
        terminal.json([one.model_dump(mode="json") for one in found])
        return
    rows = [(one.playbook, one.code, one.version, one.name.say(terminal.language)) for one in found]
    heads = (_("Playbook"), _("Code"), _("Version"), _("Name"))
    terminal.show(table(terminal, heads, rows, wide=(3,)))
