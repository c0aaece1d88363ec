"""How is foreign text shown on a terminal without harm? Nothing in it moves the cursor or lies.

Codes, names and messages come from files and arguments: they may hold line breaks, escape
sequences and characters that turn the reading direction, or be a megabyte long.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_WORD: Final = 120
LONGEST_LINE: Final = 2_000
_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def visible(text: object) -> str:
    """Return text in one line, every character that cannot be seen written out, not too long."""
    line = "".join(_seen(character) for character in str(text)[: LONGEST_LINE * 600])
    line = _LONG_WORD.sub(lambda word: _middle_left_out(word[0], LONGEST_WORD), line)
    return _middle_left_out(line, LONGEST_LINE)


def visible_lines(text: str) -> str:
    """Do the same with text of several lines, such as a mail, however many there are."""
    return "\n".join(visible(line) for line in text.splitlines())


def shortened(text: object, length: int) -> str:
    """Return visible text, cut at its end to `length` characters."""
    line = visible(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _middle_left_out(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    head, tail = length * 2 // 3, length // 3 - 1
    return f"{text[:head]}…{text[-tail:]}"
