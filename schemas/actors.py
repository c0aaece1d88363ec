"""Who acts, and by which way did they come in?"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Way = Literal["token", "link", "console", "system"]
"""A token of the API, the link of a mail, the command line of the server, the engine itself."""
Scope = Literal["read", "settings", "nominate", "review", "approve", "coordinate"]
"""What a token is for."""
SCOPES: Final[tuple[Scope, ...]] = (
    "read",
    "settings",
    "nominate",
    "review",
    "approve",
    "coordinate",
)
CONSOLE: Final = "system:command-line"
"""How logs name the operator who names no person, such as for an import."""


class Actor(NamedTuple):
    """Who acts: a person, the operator at the console, or the engine."""

    name: str
    """As logs name it: a person's id, or `system:…`."""
    how: Way
    scopes: frozenset[str] | None = None
    """What the token is for; None: there is no token, and nothing is narrowed."""

    @property
    def person_id(self) -> str:
        """The person; empty where none is named."""
        return "" if self.name.startswith("system:") else self.name


def at_console(person_id: str | None = None) -> Actor:
    """Return who types a command: the person they act as, or the operator."""
    return Actor(person_id or CONSOLE, "console")


def by_token(person_id: str, scopes: frozenset[str]) -> Actor:
    """Return who came with a token."""
    return Actor(person_id, "token", scopes)


def by_link(person_id: str) -> Actor:
    """Return who came by the link of a mail."""
    return Actor(person_id, "link")
