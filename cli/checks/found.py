"""What has a check of the set-up found? How it stands, in which words, and what to do."""

from __future__ import annotations

from typing import Literal

from language import Text

Level = Literal["ok", "warn", "fail"]
Found = tuple[Level, Text, dict[str, object], Text | None]
"""How it stands, what is said, the values of both sentences, and what mends it."""


def good(phrase: Text, **values: object) -> Found:
    """Say that something is as it must be."""
    return "ok", phrase, values, None
