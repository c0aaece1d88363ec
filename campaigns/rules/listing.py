"""How is a long list shown in a sentence? Its first items, and how many more there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from language import Language
from schemas.vocabulary import label

_SHOWN: Final = 10


def listed(places: Sequence[str], language: Language) -> str:
    """Name the first ones, and count the others."""
    more = len(places) - _SHOWN
    rest = {"vi": f" và {more} trường hợp khác", "en": f" and {more} more"}[language]
    return "; ".join(places[:_SHOWN]) + (rest if more > 0 else "")


def of_states(states: Mapping[str, str], language: Language) -> str:
    """Name the first things with their states, and count the others."""
    shown = [f"{code} ({label(state, language).lower()})" for code, state in states.items()]
    return listed(shown, language)
