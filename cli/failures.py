"""How is what went wrong said? In one line on stderr, with an exit code, never as a traceback."""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cli import words
from cli.common import USAGE, Terminal
from cli.phrase import Phrase
from cli.text import shortened, visible

_UNEXPECTED: Final = 1
_LONGEST_PROBLEM: Final = 300
_PG_DISK_FULL: Final = "53100"
_SQLITE_FULL: Final = 13
_SQLITE_FORBIDDEN: Final = {3, 8, 14}
"""No permission, read-only, cannot be opened: sqlite.org/rescode.html."""
_FILE_ERRORS: Final = {
    errno.ENOENT: words.FILE_MISSING,
    errno.EACCES: words.FILE_FORBIDDEN,
    errno.EPERM: words.FILE_FORBIDDEN,
    errno.EROFS: words.FILE_FORBIDDEN,
    errno.EISDIR: words.FILE_IS_FOLDER,
    errno.ENOTDIR: words.FOLDER_IS_FILE,
    errno.EEXIST: words.FOLDER_IS_FILE,
    errno.ENAMETOOLONG: words.NAME_TOO_LONG,
    errno.ENOSPC: words.DISK_FULL,
}


def explain(terminal: Terminal, error: Exception) -> int:
    """Say what went wrong and return the exit code."""
    for applies, say in _EXPLANATIONS:
        if applies(error):
            return say(terminal, error)
    return _unexpected(terminal, error)


def _is_campaign_error(error: Exception) -> bool:
    return any(one.__name__ == "CampaignError" for one in type(error).__mro__)


def _is_usage_error(error: Exception) -> bool:
    # typer carries click's exceptions inside or uses click's own, by its version.
    return any(one.__name__ == "ClickException" for one in type(error).__mro__)


def _is_file_error(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in _FILE_ERRORS


def _is_database_file_error(error: Exception) -> bool:
    return _database_file_phrase(error) is not None


def _database_file_phrase(error: Exception) -> Phrase | None:
    """Say what the disk, and not a statement, has refused a database; None for all else."""
    cause = getattr(error, "orig", None)
    # SQLite adds details in the higher bits; PostgreSQL has a state for it.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code == _SQLITE_FULL or getattr(cause, "sqlstate", "") == _PG_DISK_FULL:
        return words.DATABASE_DISK_FULL
    if code in _SQLITE_FORBIDDEN:
        return words.DATABASE_FORBIDDEN
    return None


def _campaign_error(terminal: Terminal, error: Exception) -> int:
    problems = getattr(error, "problems", ())
    several = [str(one) for one in problems if hasattr(one, "line")]
    if len(several) > 1:
        terminal.error(terminal.words(words.PLAYBOOK_PROBLEMS, count=len(several)))
        for line in several:
            terminal.err.print(f"  {visible(line)}", soft_wrap=True)
    else:
        said = error.say(terminal.language) if hasattr(error, "say") else str(error)
        terminal.error(visible(several[0] if several else said))
    return USAGE


def _usage_error(terminal: Terminal, error: Exception) -> int:
    message: str = error.format_message()  # type: ignore[attr-defined]
    if type(error).__name__ == "NoArgsIsHelpError":
        terminal.err.print(message)
        return USAGE
    context = getattr(error, "ctx", None)
    help_line = terminal.words(words.TRY_HELP, command=context.command_path) if context else ""
    said = _in_language(terminal, message).rstrip(". ")
    terminal.error(f"{said}. {help_line}".rstrip())
    return USAGE


def _in_language(terminal: Terminal, message: str) -> str:
    for pattern, phrase in words.USAGE_ERRORS:
        if found := re.match(pattern, message, re.DOTALL):
            return terminal.words(phrase, **found.groupdict(""))
    return visible(message)


def _file_error(terminal: Terminal, error: Exception) -> int:
    if not isinstance(error, OSError):  # pragma: no cover - asked before
        return _UNEXPECTED
    phrase: Phrase = _FILE_ERRORS[error.errno or 0]
    if error.filename is None and phrase is words.DISK_FULL:
        terminal.error(terminal.words(words.DATABASE_DISK_FULL))
        return USAGE
    name = os.fsdecode(error.filename) if error.filename is not None else ""
    terminal.error(terminal.words(phrase, file=name))
    return USAGE


def _database_file_error(terminal: Terminal, error: Exception) -> int:
    phrase = _database_file_phrase(error)
    if phrase is None:  # pragma: no cover - asked before
        return _UNEXPECTED
    terminal.error(terminal.words(phrase))
    return USAGE


_EXPLANATIONS: Final[
    tuple[tuple[Callable[[Exception], bool], Callable[[Terminal, Exception], int]], ...]
] = (
    (_is_campaign_error, _campaign_error),
    (_is_usage_error, _usage_error),
    (_is_file_error, _file_error),
    (_is_database_file_error, _database_file_error),
)


def _unexpected(terminal: Terminal, error: Exception) -> int:
    # A database error shows its statement and values from the second line on: not for a terminal.
    told = str(getattr(error, "orig", None) or error).partition("\n")[0]
    problem = shortened(f"{type(error).__name__}: {told}", _LONGEST_PROBLEM)
    log = _write_log(error)
    if log is None:
        terminal.error(terminal.words(words.UNEXPECTED_NO_LOG, problem=problem))
    else:
        terminal.error(terminal.words(words.UNEXPECTED, problem=problem, log=log))
    return _UNEXPECTED


def _write_log(error: Exception) -> Path | None:
    """Write the traceback to the installation's log; None where that cannot be."""
    try:
        from cli.installation import open_settings

        log = open_settings().logs / "thidua.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(log, encoding="utf-8", errors="backslashreplace")
    except Exception:  # noqa: BLE001 - whatever keeps the log from being written, the error is said
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("thidua.failures")
    logger.propagate = False
    logger.addHandler(handler)
    logger.error("thidua failed", exc_info=error)
    logger.removeHandler(handler)
    handler.close()
    return log
