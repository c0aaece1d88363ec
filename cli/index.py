"""Which commands are there, and where? Only the one that is called is loaded.

To make all seventy of them, with their options, takes as long as most of them take to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any, Final, NamedTuple, cast

import typer
from typer.core import TyperCommand, TyperGroup

from cli.help import speak
from language import Language
from language.prose import prose


class Place(NamedTuple):
    """Where a command is, and its summary: a test compares that with the command's own."""

    module: str
    summary: str
    name: str = "group"


PLACES: Final[dict[str, Place]] = {
    "init": Place(
        "database", "Make this installation ready: its folders and its database.", "init"
    ),
    "rehearse": Place(
        "rehearse",
        "Run a whole campaign: on the recorded acts in FOLDER, or on invented ones before its "
        "launch.",
        "rehearse",
    ),
    "up": Place(
        "up", "Start everything: Prefect, worker, relay, web pages; Ctrl-C ends it all.", "up"
    ),
    "doctor": Place("doctor", "Check the set-up; say what to mend.", "doctor"),
    "backup": Place(
        "backup",
        "Write database, documents and mail to one archive, while the engine runs.",
        "backup",
    ),
    "restore": Place(
        "backup", "Put a backup in place, and verify every campaign of it.", "restore"
    ),
    "relay": Place(
        "relay",
        "Start the runs that recorded changes ask for, until Ctrl-C; two may run at once.",
        "relay",
    ),
    "web": Place("web", "Serve the web pages and the API, until Ctrl-C.", "web"),
    "campaign": Place("campaign", "Create, launch, run and look at campaigns."),
    "stage": Place("stage", "Approve a stage or send it back."),
    "deadline": Place("deadline", "Look at deadlines; give more time."),
    "feed": Place("feed", "Calendars of people, by secret address."),
    "delegation": Place("delegation", "Let a substitute sign for an approver."),
    "import": Place("imports", "Import tables from Excel or CSV."),
    "template": Place("template", "Write empty workbooks to fill in."),
    "outbox": Place("mail", "Look at a campaign's mail; let it go."),
    "bounces": Place("bounces", "Mail that came back; addresses that take none."),
    "nomination": Place("nomination", "Withdraw a nomination, clear a hold, revoke a recognition."),
    "session": Place("session", "Look at the council's sessions; close one."),
    "decision": Place("decision", "Look at the decisions; correct a signed one."),
    "person": Place("person", "Roles and links of people; how they want their mail."),
    "audit": Place("audit", "Verify and hand out the event logs."),
    "playbook": Place("playbook", "Check and list playbooks."),
    "db": Place("database", "Look after the database."),
    "engine": Place("engine", "Set up the engine, see what it does, have lost work done again."),
    "clock": Place("clock", "Compare the clocks; repair what one has written."),
    "token": Place("token", "Tokens of the API: make, list, revoke."),
    "webhook": Place("webhook", "Webhooks: add, list, remove, log, resend."),
}


@cache
def load(name: str, language: Language = "en") -> Any:  # noqa: ANN401 - click's class or typer's own
    """Return a command or a group of commands, whole; its help is in a language."""
    place = PLACES[name]
    found = getattr(import_module(f"cli.commands.{place.module}"), place.name)
    around = typer.Typer(add_completion=False, rich_markup_mode=None)
    around.callback()(lambda: None)
    if isinstance(found, typer.Typer):
        around.add_typer(found, name=name)
    else:
        around.command(name)(found)
    made: Any = cast("TyperGroup", typer.main.get_command(around)).commands[name]
    if language != "en":
        speak(made, language)
    return made


class _Late(Mapping[str, Any]):
    def __init__(self, language: Language) -> None:
        self._language = language

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as `load`
        if name not in PLACES:
            raise KeyError(name)
        return load(name, self._language)

    def __iter__(self) -> Iterator[str]:
        return iter(PLACES)

    def __len__(self) -> int:
        return len(PLACES)


class LateGroup(TyperGroup):
    """Loads a command when it is called; its help lists them by their summaries."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - what typer makes a group of
        super().__init__(**given)
        self._in("en")

    def speak(self, language: Language) -> None:
        """Put its help, and that of every command, into a language."""
        self.commands = {}
        speak(self, language)
        self._in(language)

    def _in(self, language: Language) -> None:
        self._language = language
        self.commands = cast("MutableMapping[str, Any]", _Late(language))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as `load`
        """List the commands without loading them."""
        listed = [
            TyperCommand(name, help=prose(one.summary, self._language))
            for name, one in PLACES.items()
        ]
        TyperGroup(commands=listed).format_commands(ctx, formatter)
