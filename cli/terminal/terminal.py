"""What do all commands share? The terminal and its language, options, and how text is checked."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.harmless import visible
from language import Language, Text, _, in_language
from schemas.limits import FIRST_DAY, LARGEST_NUMBER, LAST_DAY, is_within
from schemas.vocabulary import STAGES

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as Styled

    from schemas.outcomes import Done, Remark

_ERROR = _("Error")

USAGE: Final = 2
"""Exit code of everything that the person at the terminal can put right."""
LONGEST_CODE: Final = 100
LONGEST_REASON: Final = 4_000


class Terminal:
    """Where a person sits: the language they read, and what goes to stdout and to stderr."""

    def __init__(self, language: Language) -> None:
        self.language = language

    @cached_property
    def out(self) -> Console:
        """Results."""
        return _console(stderr=False)

    @cached_property
    def err(self) -> Console:
        """Progress and errors: stdout may be read by a program."""
        return _console(stderr=True)

    def words(self, phrase: Text, **values: object) -> str:
        """Return a phrase in the person's language; foreign text in it is made visible."""
        filled = {**phrase.values, **values}
        seen = {key: visible(in_language(one, self.language)) for key, one in filled.items()}
        return phrase.say(self.language, **seen)

    def say(self, phrase: Text, **values: object) -> None:
        """Print a result."""
        self.show(self.words(phrase, **values))

    def told(self, done: Done, phrase: Text, **values: object) -> None:
        """Print what an act came to, or that all of it was so before and nothing was changed."""
        if done.repeated or (done.known and not done.changed):
            self.say(_("This was done before, just so; nothing was changed."))
        else:
            self.say(phrase, **values)

    def remark(self, remarks: Iterable[Remark]) -> None:
        """Print what an act points out, each in a line, beside its result."""
        from campaigns.rules.remarks import sentence

        for one in remarks:
            _print(self.err, visible(sentence(one).say(self.language)))

    def note(self, phrase: Text, **values: object) -> None:
        """Print what goes on."""
        _print(self.err, self.words(phrase, **values))

    def show(self, what: RenderableType) -> None:
        """Print a table, or text that is safe already."""
        _print(self.out, what)

    def hang(self, head: Styled, text: str, indent: int) -> None:
        """Print safe text beside a head; on a terminal its further lines begin below the first."""
        line = head.copy().append(" " * max(1, indent - head.cell_len))
        line.append(text, style="not bold default")
        if not self.out.is_terminal:
            self.out.print(line, soft_wrap=True)
            return
        from rich.table import Table

        beside = Table.grid()
        beside.add_column(width=indent)
        beside.add_column(overflow="fold")
        beside.add_row(head, text)
        self.out.print(beside)

    @contextmanager
    def working(self, phrase: Text, *, slow: bool = False) -> Iterator[None]:
        """Show that something takes its time, and for how long already.

        Where nobody watches, only what is `slow` is told, as a line.
        """
        if not self.err.is_terminal:
            if slow:
                self.note(phrase)
            yield
            return
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=self.err, transient=True) as progress:
            progress.add_task(self.words(phrase))
            yield

    def error(self, text: str) -> None:
        """Print one line that says what went wrong."""
        from rich.text import Text as Styled

        head = Styled(f"{self.words(_ERROR)}: ", style="bold red")
        self.err.print(
            head.append(text, style="not bold default"), soft_wrap=not self.err.is_terminal
        )

    def json(self, value: object) -> None:
        """Print JSON and nothing else."""
        as_ascii = "utf" not in (sys.stdout.encoding or "").lower()
        sys.stdout.write(json.dumps(value, ensure_ascii=as_ascii, indent=1) + "\n")


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)


def _print(console: Console, what: RenderableType) -> None:
    # A program that reads our lines gets them whole; only a terminal wraps them.
    console.print(what, soft_wrap=isinstance(what, str) and not console.is_terminal)


def terminal_of(context: typer.Context) -> Terminal:
    """Return the terminal that `cli.main` made for this run."""
    return context.find_object(Terminal) or Terminal("en")


def moment(instant: datetime | None, zone: tzinfo) -> str:
    """Write a point in time as people read it: day, month, year, hour and minute of the zone.

    Whoever reads it must be told which zone that is, once on a page or with each (`zones.when`).
    """
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M") if instant else ""


def instant(moment: datetime) -> str:
    """Write a point in time for programs: in UTC, as every JSON of ours and of the API."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day(instant: datetime, zone: tzinfo) -> str:
    """Write the day of a point in time as people read it."""
    return instant.astimezone(zone).strftime("%d/%m/%Y")


# --- Options and arguments ------------------------------------------------------------------------


def _refuse(context: typer.Context, phrase: Text, **values: object) -> typer.BadParameter:
    return typer.BadParameter(terminal_of(context).words(phrase, **values))


def checked_code(context: typer.Context, value: str | None) -> str | None:
    """Take a code or an id: short, in one word, every character of it visible."""
    if value is None:
        return None
    code = unicodedata.normalize("NFC", value.strip())
    if not code or len(code) > LONGEST_CODE or not code.isprintable() or " " in code:
        raise _refuse(
            context, _("give a code in one word, at most {limit} characters"), limit=LONGEST_CODE
        )
    return code


def checked_text(context: typer.Context, value: str | None) -> str | None:
    """Take a text such as a reason: nothing in it that no database keeps, and not a book."""
    if value is None:
        return None
    text = unicodedata.normalize("NFC", value.strip())
    odd = [one for one in text if not one.isprintable() and not one.isspace()]
    if odd or len(text) > LONGEST_REASON:
        raise _refuse(
            context, _("give plain text, at most {limit} characters"), limit=LONGEST_REASON
        )
    return text


def checked_path(context: typer.Context, value: Path | None) -> Path | None:
    """Take a path that a file system can have."""
    if value is not None and "\0" in str(value):
        raise _refuse(context, _("this is no path"))
    return value


def checked_out(context: typer.Context, value: Path | None) -> Path | None:
    """Take a file to write: in a folder that is there, for a mistyped one is not to be made."""
    path = checked_path(context, value)
    if path is None:
        return None
    if str(path) == "-":
        raise _refuse(context, _("this is not written to the screen; name a file"))
    if not path.parent.is_dir():
        raise _refuse(
            context,
            _("there is no folder {folder}; check the path, or make the folder first"),
            folder=path.parent,
        )
    return path


def ensure_within(context: typer.Context, day: date) -> None:
    """Refuse a day that no campaign has, which no calendar and no database could go on with."""
    if not is_within(day):
        raise _refuse(
            context, _("a day lies between {first} and {last}"), first=FIRST_DAY, last=LAST_DAY
        )


def checked_stage(context: typer.Context, value: str | None) -> str | None:
    """Take one of the five stages, by its id."""
    if value is None or value in list(STAGES):
        return value
    raise _refuse(context, _("the stages are: {stages}"), stages=", ".join(STAGES))


CampaignOption = Annotated[
    str | None,
    typer.Option(
        "--campaign",
        metavar="CODE",
        help="The campaign; may be left out where there is only one.",
        callback=checked_code,
    ),
]
PersonOption = Annotated[
    str,
    typer.Option(
        "--as", metavar="PERSON", help="Id of the person who acts.", callback=checked_code
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else.")]
StageArgument = Annotated[
    str,
    typer.Argument(metavar="STAGE", help=f"One of {', '.join(STAGES)}.", callback=checked_stage),
]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", show_default=False, callback=checked_path)
]
NumberArgument = Annotated[
    int,
    typer.Argument(metavar="NUMBER", min=1, max=LARGEST_NUMBER, help="As in the list."),
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="Where to write.", callback=checked_out)
]
