"""The command `thidua`: which commands there are, and how each of them ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from cli.index import LateGroup
from cli.terminal.terminal import USAGE, Terminal, terminal_of
from language import LANGUAGES, _
from operations.language import language_first, language_of, unknown_language

_INTERRUPTED = 130
_NOBODY_READS = 141
"""As of any program whose output nobody reads on (128 and the signal PIPE): no fault of its own."""
_COLLECT_AFTER = 50_000

app = typer.Typer(
    name="thidua",
    cls=LateGroup,
    help="Emulation campaigns (phong trào thi đua), from launch to replication.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _known_language(context: typer.Context, value: str | None) -> str | None:
    if value is not None and value not in LANGUAGES:
        raise typer.BadParameter(terminal_of(context).words(_("choose vi or en")))
    return value


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"thidua {version('thidua')}")
        raise typer.Exit


@app.callback()
def top(
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="vi|en",
            help="Language; without it THIDUA_LANGUAGE, else the locale.",
            callback=_known_language,
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Emulation campaigns (phong trào thi đua), from launch to replication."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one command; return its exit code. Raises nothing a person could cause."""
    terminal = Terminal(language_of(arguments, os.environ))
    if unknown := unknown_language(arguments, os.environ):
        terminal.error(
            terminal.words(
                _("THIDUA_LANGUAGE is {found}; set vi or en, or leave it out."), found=unknown
            )
        )
        return USAGE
    try:
        command = typer.main.get_command(app)
        if terminal.language != "en" and isinstance(command, LateGroup):
            command.speak(terminal.language)
        code = command.main(
            language_first(arguments), prog_name="thidua", standalone_mode=False, obj=terminal
        )
        sys.stdout.flush()
    except typer.Abort:
        code = _INTERRUPTED
    except BrokenPipeError:
        return _leave_quietly()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place where everything ends as one line
        from cli.terminal.failures import explain

        return explain(terminal, error)
    if code == _INTERRUPTED:
        terminal.note(
            _("Stopped. Everything recorded so far is kept; the same command goes on from there.")
        )
    return code if isinstance(code, int) else 0


def _leave_quietly() -> int:
    # Whoever read our output has gone; the interpreter would complain when it flushes the rest.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _NOBODY_READS


def main() -> None:
    """Run the command line and end the process."""
    os.umask(0o077)  # what is written is for its owner, whatever the shell is set to
    # What a command loads stays until it ends, and it wants no instruments of other programs: to
    # look for garbage and for Pydantic's plugins would take a fifth of its time.
    gc.set_threshold(_COLLECT_AFTER)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
