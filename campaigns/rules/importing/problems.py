"""What is wrong with an import? Problems are gathered small and told in words when asked for.

A hundred thousand rows may hold a hundred thousand faults, and every one is reported; so a fault
is a small tuple until somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, overload

from campaigns.rules.importing.messages import say
from campaigns.rules.text import shorten
from schemas.imports import Level, Problem
from schemas.vocabulary import Language

WHOLE_ROW: Final = -1
_REMARKS: Final = frozenset({"whitespace", "number_as_text", "number_as_share"})


class Note(NamedTuple):
    """A fault, small."""

    row: int
    column: int
    """From 0; `WHOLE_ROW` where no single cell is meant."""
    level: Level
    key: str
    """Key of the message; the part before `/` is the problem's code."""
    value: str
    details: Mapping[str, object] | None = None


def column_letter(index: int) -> str:
    """Return Excel's letter of a column counted from 0; nothing for a whole row."""
    letters = ""
    number = index + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Problems(Sequence[Problem]):
    """All faults of one import, in the order of rows and columns once `close` was called."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._notes: list[Note] = []
        self.sheet = ""
        self.captions: dict[int, str] = {}
        """The header above each column, for messages."""
        self.error_rows: set[int] = set()

    def add(
        self,
        level: Level,
        key: str,
        row: int,
        column: int = WHOLE_ROW,
        value: object = "",
        **details: object,
    ) -> None:
        """Note a fault; `details` fill the message's places."""
        if level is Level.ERROR:
            self.error_rows.add(row)
        text = "" if value is None else shorten(str(value))
        self._notes.append(Note(row, column, level, key, text, details or None))

    def error(
        self, key: str, row: int, column: int = WHOLE_ROW, value: object = "", **details: object
    ) -> None:
        """Note an error: the row is kept out."""
        self.add(Level.ERROR, key, row, column, value, **details)

    def warn(
        self, key: str, row: int, column: int = WHOLE_ROW, value: object = "", **details: object
    ) -> None:
        """Note a warning: it says what was understood."""
        self.add(Level.WARN, key, row, column, value, **details)

    def info(
        self, key: str, row: int, column: int = WHOLE_ROW, value: object = "", **details: object
    ) -> None:
        """Note what people may like to know."""
        self.add(Level.INFO, key, row, column, value, **details)

    def close(self) -> None:
        """Sort, and drop remarks about the form of cells that are wrong anyway."""
        wrong = {(note.row, note.column) for note in self._notes if note.level is Level.ERROR}
        kept = (
            note
            for note in self._notes
            if note.key not in _REMARKS or (note.row, note.column) not in wrong
        )
        self._notes = sorted(kept, key=lambda note: (note.row, note.column))

    def levels(self) -> Iterator[Level]:
        """Yield what each problem does, without making words of it."""
        return (note.level for note in self._notes)

    def __len__(self) -> int:
        return len(self._notes)

    @overload
    def __getitem__(self, index: int) -> Problem: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Problem]: ...
    def __getitem__(self, index: int | slice) -> Problem | Sequence[Problem]:
        if isinstance(index, slice):
            return tuple(self._told(note) for note in self._notes[index])
        return self._told(self._notes[index])

    def __iter__(self) -> Iterator[Problem]:
        return map(self._told, self._notes)

    def _told(self, note: Note) -> Problem:
        details = dict(note.details or {})
        details.setdefault("header", self.captions.get(note.column, ""))
        details.setdefault("value", note.value)
        sheet = str(details.pop("on_sheet", self.sheet))
        message, remedy = say(note.key, self.language, details)
        return Problem(
            sheet=sheet,
            row=note.row,
            column=column_letter(note.column),
            level=note.level,
            code=note.key.partition("/")[0],
            value=note.value,
            message=message,
            remedy=remedy,
        )
