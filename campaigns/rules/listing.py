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
    return _in_a_row(things, _("{one} or {other}"))


def any_role(roles: Sequence[str], people: Sequence[str] = ()) -> object:
    """Name roles, and people, of which one is enough; nothing where there are none."""
    named = [*(Word(role, is_within=True) for role in roles), *people]
    return _in_a_row(named, pgettext("roles", "{one} or {other}")) if named else ""


def _in_a_row(things: Iterable[object], pair: Text) -> object:
    return reduce(lambda one, other: pair.with_values(one=one, other=other), things)
