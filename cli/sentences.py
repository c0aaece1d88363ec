"""Which sentences do the commands say of themselves? Their help, for the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from cli.index import PLACES, load
from cli.main import app
from language.prose import entries


def extract(*_given: object, **_options: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Return the help texts as Babel's extraction wants them; see `pyproject.toml`."""
    return entries(_texts())


def _texts() -> Iterator[str]:
    yield from _texts_of(typer.main.get_command(app), deep=False)
    for name, place in PLACES.items():
        yield place.summary
        yield from _texts_of(load(name), deep=True)


def _texts_of(command: Any, *, deep: bool) -> Iterator[str]:  # noqa: ANN401 - as `speak`
    for one in (command, *command.params):
        if found := getattr(one, "help", None):
            yield found
    for below in command.commands.values() if deep and hasattr(command, "commands") else ():
        yield from _texts_of(below, deep=True)
