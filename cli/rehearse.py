"""`thidua rehearse`: a whole campaign in one go, from a folder of recorded acts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from cli.common import JsonOption, checked_path, terminal_of

FolderArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        help="Units, people, nominations, scores, votes and adoptions, as .xlsx or .csv.",
        callback=checked_path,
    ),
]
HomeOption = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar="DIR",
        help="A folder for this rehearsal alone: database, mail, logs, summary.json.",
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
AcceptOption = Annotated[
    bool,
    typer.Option("--accept-valid", help="Take the good rows although others have errors."),
]


def rehearse(
    context: typer.Context,
    folder: FolderArgument,
    out: HomeOption,
    playbook: PlaybookOption = None,
    accept_valid: AcceptOption = False,
    as_json: JsonOption = False,
) -> None:
    """Run a whole campaign on recorded acts, in a folder of its own."""
    started = time.perf_counter()
    from cli.rehearsal import Wanted, run

    wanted = Wanted(folder, out, playbook, accept_valid=accept_valid, as_json=as_json)
    raise typer.Exit(run(terminal_of(context), wanted, started))
