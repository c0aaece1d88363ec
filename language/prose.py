"""How is a text put into a language that bears no mark, such as a docstring? By its paragraphs.

What is shown of commands and of the API's operations stands in docstrings and descriptions. Whoever
shows them puts them into the reader's language, and hands the same texts to Babel's extraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from language import Language, Text

_GAP: Final = re.compile(r"\n\s*\n")


def prose(text: str, language: Language) -> str:
    """Put a text into a language, each paragraph as one line; in English it stays as it is."""
    if language == "en":
        return text
    return "\n\n".join(Text(one).say(language) for one in _paragraphs(text))


def entries(texts: Iterable[str]) -> Iterator[tuple[int, str, str, list[str]]]:
    """Return texts, each paragraph once, as a method of Babel's extraction has to."""
    found = (one for text in texts for one in _paragraphs(text))
    return ((1, "", one, []) for one in dict.fromkeys(found))


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs; braces are doubled, since nothing in them is a place to fill in."""
    literal = text.strip().replace("{", "{{").replace("}", "}}")
    return [" ".join(one.split()) for one in _GAP.split(literal)] if literal else []
