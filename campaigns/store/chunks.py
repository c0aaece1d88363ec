"""How are long lists of ids asked for? In parts that every database takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SIZE = 1_000


def chunked(items: Sequence[Item], size: int = SIZE) -> Iterator[Sequence[Item]]:
    """Cut a sequence into parts of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
