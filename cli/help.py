"""How does `--help` speak the reader's language? Its texts are put into it before it is shown.

They are those of the commands themselves: docstrings and `help=`, in English, which bear no mark.
`cli.sentences` finds them for the catalogue.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from language import Language, _
from language.prose import prose

_OWN: Final = {
    one.message: one
    for one in (
        _("Usage:"),
        _("Options"),
        _("Arguments"),
        _("Commands"),
        _("Show this message and exit."),
    )
}
"""What typer says by itself."""
_DEFAULT: Final = _("default: {value}")
_REQUIRED: Final = _("required")
_EXTRA: Final = re.compile(r"  \[(?P<extra>[^\[\]]*)\]$|^\[(?P<alone>[^\[\]]*)\]$")


def speak(command: Any, language: Language) -> None:  # noqa: ANN401 - click's class or typer's own
    """Put the help of a command into a language: its own, its parameters', its subcommands'."""
    command.context_class = _speaking(command.context_class, language)
    for one in (command, *command.params):
        for name in ("help", "short_help"):
            if found := getattr(one, name, None):
                setattr(one, name, prose(found, language))
    for below in getattr(command, "commands", {}).values():
        speak(below, language)


@cache
def _speaking(context: type[Any], language: Language) -> type[Any]:
    """Return a context whose formatter says in a language what typer says by itself."""
    base: type[Any] = context.formatter_class

    class Formatter(base):  # type: ignore[misc]
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            usage = prefix or f"{_OWN['Usage:'].say(language)} "
            super().write_usage(prog, args, prefix=usage)

        def write_heading(self, heading: str) -> None:
            super().write_heading(_own(heading, language))

        def write_dl(self, rows: Any, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - as typer's
            said = [(name, _with_extra(text, language)) for name, text in rows]
            super().write_dl(said, *rest, **more)

    class Speaking(context):  # type: ignore[misc]
        formatter_class = Formatter

    return Speaking


def _own(text: str, language: Language) -> str:
    return _OWN[text].say(language) if text in _OWN else text


def _with_extra(text: str, language: Language) -> str:
    """Say what typer adds to a parameter's help, such as `[default: 200; required]`."""

    def said(found: re.Match[str]) -> str:
        parts = (found["extra"] or found["alone"] or "").split("; ")
        lead = "  " if found["extra"] is not None else ""
        return f"{lead}[{'; '.join(_extra(part, language) for part in parts)}]"

    return _EXTRA.sub(said, _own(text, language))


def _extra(part: str, language: Language) -> str:
    name, is_default, value = part.partition("default: ")
    if is_default and not name:
        return _DEFAULT.say(language, value=value)
    return _REQUIRED.say(language) if part == _REQUIRED.message else part
