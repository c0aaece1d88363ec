"""Which language does the person at the terminal read? Named, set, or by the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from language import LANGUAGES, Language

_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language asked for with `--lang`, else by THIDUA_LANGUAGE, else by the locale.

    Read from the bare arguments, so that a usage error can be said in it as well. An unknown
    language is passed over here and refused by the option itself.
    """
    for wanted in (_named(arguments), environment.get("THIDUA_LANGUAGE", ""), _in_file()):
        for language in LANGUAGES:
            if wanted.strip().lower() == language:
                return language
    locale = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    return "vi" if locale.lower().partition("_")[0].partition(".")[0] == "vi" else "en"


def _in_file() -> str:
    """Return what a `.env` file in the working folder sets."""
    if not Path(".env").is_file():
        return ""
    from campaigns.settings import Settings

    try:
        return Settings().language
    except ValueError:  # told by the command that needs the settings, in some language
        return ""


def unknown_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return what THIDUA_LANGUAGE sets where that is no language of ours and none was named."""
    wanted = environment.get("THIDUA_LANGUAGE", "").strip()
    return "" if _named(arguments) or wanted.lower() in {"", *LANGUAGES} else wanted


def language_first(arguments: Sequence[str]) -> list[str]:
    """Put `--lang` where typer expects it: people write it at the end as often."""
    named, rest = _split(arguments)
    return [*named, *rest]


def _named(arguments: Sequence[str]) -> str:
    named, _ = _split(arguments)
    return named[-1].removeprefix("--lang=") if named else ""


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and at + 1 < len(arguments):
            return [argument, arguments[at + 1]], [*arguments[:at], *arguments[at + 2 :]]
        if argument.startswith("--lang="):
            return [argument], [*arguments[:at], *arguments[at + 1 :]]
    return [], list(arguments)
