"""How is a long list shown in a sentence? Its first items, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Final

from language import Joined, Sayable, Text, _, pgettext
from schemas.vocabulary import Called, Word

_SHOWN: Final = 10


def listed(places: Sequence[object]) -> Sayable:
    """Name the first ones, and count the others."""
    shown, more = Joined(tuple(places[:_SHOWN]), "; "), len(places) - _SHOWN
    return _("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown


def of_states(states: Mapping[str, str]) -> Sayable:
    """Name the first things with their states, and count the others."""
    shown = [
        Text("{code} ({state})", {"code": code, "state": Called(state)})
        for code, state in states.items()
    ]
    return listed(shown)


def either(things: Iterable[object]) -> object:
    """Name things of which one is enough."""
    return reduce(lambda one, other: _("{one} or {other}", one=one, other=other), things)


def any_role(roles: Sequence[str]) -> object:
    """Name roles of which one is enough."""
    words: list[object] = [Word(role, is_within=True) for role in roles]
    if not words:
        return ""
    return reduce(
        lambda one, other: pgettext("roles", "{one} or {other}", one=one, other=other), words
    )
