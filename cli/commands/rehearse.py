"""`thidua rehearse`: a whole campaign in one go, recorded or about to be launched."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.terminal import USAGE, JsonOption, Terminal, checked_path, terminal_of
from language import Text, _
from schemas.limits import LARGEST_NUMBER

FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FOLDER]",
        help="Units, people, nominations, scores, votes and adoptions, as .xlsx or .csv.",
        callback=checked_path,
    ),
]
HomeOption = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="DIR",
        help="A folder for this rehearsal alone.",
        callback=checked_path,
    ),
]
PlaybookOption = Annotated[
    str | None,
    typer.Option(
        "--playbook",
        metavar="NAME|FILE",
        help="The playbook; without it the one the folder names, else dan-van-kheo.",
    ),
]
UnitsOption = Annotated[
    Path | None,
    typer.Option(
        "--units",
        metavar="FILE",
        help="Before a launch: the units it is for.",
        callback=checked_path,
    ),
]
PeopleOption = Annotated[
    Path | None,
    typer.Option(
        "--people",
        metavar="FILE",
        help="Before a launch: the people and their roles.",
        callback=checked_path,
    ),
]
AcceptOption = Annotated[
    bool,
    typer.Option("--accept-valid", help="Take the good rows although others have errors."),
]
SeedOption = Annotated[
    int,
    typer.Option(
        "--seed",
        min=0,
        max=LARGEST_NUMBER,
        help="Before a launch: another seed, another course.",
    ),
]
SizeOption = Annotated[
    int | None,
    typer.Option(
        "--nominations",
        min=1,
        max=5_000,
        metavar="N",
        help="Before a launch: how many to invent; without it one for each unit that nominates.",
    ),
]


def rehearse(  # noqa: PLR0913, PLR0917 - one command, two ways
    context: typer.Context,
    out: HomeOption,
    folder: FolderArgument = None,
    playbook: PlaybookOption = None,
    units: UnitsOption = None,
    people: PeopleOption = None,
    seed: SeedOption = 1,
    nominations: SizeOption = None,
    accept_valid: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """Run a whole campaign: on the recorded acts in FOLDER, or on invented ones before its launch.

    Before a launch, --playbook, --units and --people are rehearsed on a clock of their own: the
    calendar and every message that would go out lie in --out afterwards, to be signed off. Nothing
    leaves, and no campaign is touched.
    """
    started = time.perf_counter()
    terminal = terminal_of(context)
    if folder is not None:
        if units or people:
            raise _refused(
                terminal, _("A folder of recorded acts and --units or --people do not go together.")
            )
        from cli.running.rehearsal import Wanted, run

        wanted = Wanted(folder, out, playbook, accept_valid=accept_valid, as_json=as_json)
        raise typer.Exit(run(terminal, wanted, started))
    if not (playbook and units and people):
        raise _refused(
            terminal,
            _(
                "Name a folder of recorded acts, or --playbook, --units and --people of "
                "a campaign that is to be launched."
            ),
        )
    from cli.running import preview

    asked = preview.Wanted(playbook, units, people, out, seed, nominations, as_json=as_json)
    raise typer.Exit(preview.run(terminal, asked))


def _refused(terminal: Terminal, phrase: Text) -> typer.Exit:
    terminal.error(terminal.words(phrase))
    return typer.Exit(USAGE)
