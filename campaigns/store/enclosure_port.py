"""Who makes the documents that go with letters? Whoever opens the database says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from campaigns.rules.importing.lookups import UnitInfo
from language import Language
from schemas.playbook.playbook import Playbook


class EnclosedSheet(NamedTuple):
    """One sheet of a workbook: a header and rows."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


class Enclosures(Protocol):
    """Makes workbooks; `documents.writing.enclosures` has the real one."""

    def form(
        self, playbook: Playbook, units: Iterable[UnitInfo], language: Language, made_at: datetime
    ) -> bytes:
        """Return the empty workbook for nominations; the same for the same."""
        ...

    def tables(self, sheets: Sequence[EnclosedSheet], made_at: datetime) -> bytes:
        """Return a workbook of these sheets; the same for the same."""
        ...


class Enclosed:
    """A document that goes with letters: made for the first that is stored, and once for all."""

    def __init__(self, name: str, make: Callable[[], bytes]) -> None:
        self.name = name
        """As the reader's computer will call the file."""
        self._make = make

    @cached_property
    def body(self) -> bytes:
        """What is in the file."""
        return self._make()
