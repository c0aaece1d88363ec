"""What do people read about a fault? One message and one remedy per kind, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.rules.importing.messages import (
    english,
    english_cells,
    standing,
    vietnamese,
    vietnamese_cells,
)
from language import Language

CATALOGUE: Final[dict[Language, Mapping[str, tuple[str, str]]]] = {
    "vi": {**vietnamese.TEXTS, **vietnamese_cells.TEXTS, **standing.TEXTS["vi"]},
    "en": {**english.TEXTS, **english_cells.TEXTS, **standing.TEXTS["en"]},
}

_ALSO: Final[dict[Language, str]] = {
    "vi": "Còn ở {count} chỗ khác: {places}.",
    "en": "The same stands in {count} other places: {places}.",
}


def say_also(language: Language, count: int, places: str) -> str:
    """Return what is added to a message whose cause stands in other places, too."""
    return _ALSO[language].format(count=count, places=places)


def say(key: str, language: Language, details: Mapping[str, object]) -> tuple[str, str]:
    """Return message and remedy of a kind of fault, with the details in their places."""
    message, remedy = CATALOGUE[language][key]
    return message.format_map(details), remedy.format_map(details)
