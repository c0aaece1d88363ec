"""How is what went wrong said? In one line on stderr, with an exit code, never as a traceback."""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from cli.terminal.harmless import shortened, visible
from cli.terminal.terminal import USAGE, Terminal
from language import Text, _, validation
from language.errors import Refusal

_FILE_FORBIDDEN = _("There is no permission to read or write {file}.")
_FOLDER_IS_FILE = _("{file} cannot be a folder: a file stands in its path.")
_USAGE_ERRORS: Final = (
    (r"Missing option '(?P<name>[^']+)'", _("{name} is missing.")),
    (r"Missing argument '(?P<name>[^']+)'", _("{name} is missing.")),
    (
        r"No such option: (?P<name>\S+)",
        _("There is no option {name}."),
    ),
    (
        r"No such command '(?P<name>.*?)'\.(?P<hint>.*)",
        _("There is no command {name}.{hint}"),
    ),
    (
        r"Got unexpected extra arguments? \((?P<name>.*)\)",
        _("Not expected here: {name}"),
    ),
    (
        r"Option '?(?P<name>[^' ]+)'? requires an argument",
        _("{name} needs a value."),
    ),
    (
        r"Invalid value for '?(?P<name>[^':]+)'?: (?P<what>.*)",
        Text("{name}: {what}"),
    ),
)

_UNEXPECTED: Final = 1
_LONGEST_PROBLEM: Final = 300
_FILE_ERRORS: Final = {
    errno.ENOENT: _("There is no {file}; check the folder and the name."),
    errno.EACCES: _FILE_FORBIDDEN,
    errno.EPERM: _FILE_FORBIDDEN,
    errno.EROFS: _FILE_FORBIDDEN,
    errno.EISDIR: _("{file} is a folder, not a file."),
    errno.ENOTDIR: _FOLDER_IS_FILE,
    errno.EEXIST: _FOLDER_IS_FILE,
    errno.ENAMETOOLONG: _("The file name is too long: {file}"),
}


def explain(terminal: Terminal, error: Exception) -> int:
    """Say what went wrong and return the exit code."""
    for applies, say in _EXPLANATIONS:
        if applies(error):
            return say(terminal, error)
    return _unexpected(terminal, error)


def _is_refusal(error: Exception) -> bool:
    return isinstance(error, Refusal)


def _is_usage_error(error: Exception) -> bool:
    # typer carries click's exceptions inside or uses click's own, by its version.
    return any(one.__name__ == "ClickException" for one in type(error).__mro__)


def _is_file_error(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in _FILE_ERRORS


def _is_full_disk(error: Exception) -> bool:
    """Say whether there was no room, also where a library has put that into an error of its own."""
    return any(
        getattr(one, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        for one in (error, error.__cause__, error.__context__, *error.args)
    )


def _is_of_database(error: Exception) -> bool:
    return any(one.__module__.startswith("sqlalchemy.") for one in type(error).__mro__)


def _is_value(error: Exception) -> bool:
    """Say whether what a person gave makes no command; what is wrong inside is no such error."""
    title = getattr(error, "title", "")
    if type(error).__name__ != "ValidationError" or not isinstance(title, str):
        return False
    from schemas.commands.command import Command

    return any(one.__name__ == title for one in _below(Command))


def _below(kind: type[object]) -> Iterator[type[object]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _full_disk(terminal: Terminal, _error: Exception) -> int:
    terminal.error(
        terminal.words(
            _("The disk is full; nothing was written halfway. Free some of it, and do it again.")
        )
    )
    return USAGE


def _database(terminal: Terminal, error: Exception) -> int:
    from campaigns.store import trouble

    refused = trouble.named(error)
    if refused is None:
        return _unexpected(terminal, error)
    return _refusal(terminal, refused)


def _value(terminal: Terminal, error: Exception) -> int:
    found = error.errors(include_input=False)  # type: ignore[attr-defined]
    told = "; ".join(
        f"{'.'.join(map(str, one['loc']))}: {validation.say(one, terminal.language)}"
        for one in found
    )
    terminal.error(terminal.words(_("This cannot be used: {told}"), told=told))
    return USAGE


def _refusal(terminal: Terminal, error: Exception) -> int:
    from cli.terminal import hints

    if not isinstance(error, Refusal):  # pragma: no cover - asked before
        return _UNEXPECTED
    problems = getattr(error, "problems", ())
    several = [str(one) for one in problems if hasattr(one, "line")]
    if len(several) > 1:
        terminal.error(terminal.words(_("The playbook has {count} errors:"), count=len(several)))
        for line in several:
            terminal.err.print(f"  {visible(line)}", soft_wrap=True)
    else:
        said = hints.said(error, terminal.language)
        terminal.error(visible(several[0] if several else said))
    return USAGE


def _usage_error(terminal: Terminal, error: Exception) -> int:
    message: str = error.format_message()  # type: ignore[attr-defined]
    if type(error).__name__ == "NoArgsIsHelpError":
        terminal.err.print(message)
        return USAGE
    context = getattr(error, "ctx", None)
    help_line = (
        terminal.words(_("See: {command} --help"), command=context.command_path) if context else ""
    )
    said = _in_language(terminal, message).rstrip(". ")
    terminal.error(f"{said}. {help_line}".rstrip())
    return USAGE


def _in_language(terminal: Terminal, message: str) -> str:
    for pattern, phrase in _USAGE_ERRORS:
        if found := re.match(pattern, message, re.DOTALL):
            values = found.groupdict("")
            if terminal.language != "en":
                values["hint"] = ""  # click has it in English only
                if "what" in values:
                    values["what"] = validation.reworded(values["what"], terminal.language)
            return terminal.words(phrase, **values)
    return visible(message)


def _file_error(terminal: Terminal, error: Exception) -> int:
    if not isinstance(error, OSError):  # pragma: no cover - asked before
        return _UNEXPECTED
    phrase: Text = _FILE_ERRORS[error.errno or 0]
    name = os.fsdecode(error.filename) if error.filename is not None else ""
    terminal.error(terminal.words(phrase, file=name))
    return USAGE


_EXPLANATIONS: Final[
    tuple[tuple[Callable[[Exception], bool], Callable[[Terminal, Exception], int]], ...]
] = (
    (_is_refusal, _refusal),
    (_is_usage_error, _usage_error),
    (_is_full_disk, _full_disk),
    (_is_file_error, _file_error),
    (_is_of_database, _database),
    (_is_value, _value),
)


def _unexpected(terminal: Terminal, error: Exception) -> int:
    # A database error shows its statement and values from the second line on: not for a terminal.
    told = str(getattr(error, "orig", None) or error).partition("\n")[0]
    problem = shortened(f"{type(error).__name__}: {told}", _LONGEST_PROBLEM)
    log = _write_log(error)
    if log is None:
        terminal.error(
            terminal.words(_("Something unexpected happened: {problem}"), problem=problem)
        )
    else:
        terminal.error(
            terminal.words(
                _("Something unexpected happened: {problem}. Details in {log}"),
                problem=problem,
                log=log,
            )
        )
    return _UNEXPECTED


def _write_log(error: Exception) -> Path | None:
    """Write the traceback to the installation's log; None where that cannot be."""
    told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("thidua", logging.ERROR, "", 0, "thidua failed", None, told)
    text = logging.Formatter("%(asctime)s %(levelname)s %(message)s").format(record)
    try:
        from operations.installation import open_settings

        log = open_settings().logs / "thidua.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{text}\n")
    except Exception:  # noqa: BLE001 - whatever keeps the log from being written, the error is said
        return None
    return log
