"""What is wrong with an import? Problems are gathered small and told in words when asked for.

A hundred thousand rows may hold a hundred thousand faults, and every one is reported; so a fault
is a small tuple until somebody reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, overload

from campaigns.rules.importing.faults import ALSO, FAULTS
from language import Language
from language.vietnamese import shorten
from schemas.imports import Level, Problem

WHOLE_ROW: Final = -1
_URGENCY: Final = {Level.ERROR: 0, Level.WARN: 1, Level.INFO: 2}
_REMARKS: Final = frozenset({"whitespace", "number_as_text", "number_as_share"})


_OF_A_COLUMN: Final = frozenset(
    {
        "blank_rows",
        "column_numbers_row",
        "date_as_number",
        "date_as_text",
        "date_in_text",
        "date_seen_in_part",
        "date_with_zone",
        "footer_row",
        "formula_cell",
        "hidden_row",
        "mixed_unicode_forms",
        "number_as_share",
        "number_as_text",
        "number_seen_otherwise",
        "number_with_marks",
        "repeated_header",
        "struck_cell",
        "struck_row",
        "unfilled_row",
        "unseen_cell",
        "unseen_row",
        "whitespace",
    }
)
"""Remarks whose cause is how a column was filled in, whatever the values are."""
_EACH: Final = 3
"""A cause in so many places is told at each of them; in more, once."""
_PLACES: Final = 10

MOST_TOLD: Final = 200
"""Causes told of one import, at every door; how many more there are is told beside them."""


class Told(NamedTuple):
    """What is told of an import's problems, each cause once."""

    problems: tuple[Problem, ...]
    untold: int
    errors: int
    """In all, each row counted."""
    warnings: int

    @property
    def causes(self) -> int:
        """How many there are, told or not."""
        return len(self.problems) + self.untold


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


def cell_name(row: int, column: str) -> str:
    """Return the name of a cell, such as `B3`; of a whole row, its number."""
    return f"{column}{row}"


def _cause(note: Note) -> tuple[object, ...]:
    """Return what problems of one cause have in common."""
    code = note.key.partition("/")[0]
    if note.level is not Level.ERROR and code in _OF_A_COLUMN:
        return note.level, note.key, note.column
    details = tuple(
        (name, str(value)) for name, value in (note.details or {}).items() if name != "other"
    )
    return note.level, note.key, note.column, note.value, details


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

    def told(
        self,
        most: int = MOST_TOLD,
        levels: Collection[Level] = tuple(Level),
        place: Callable[[int, str], str] = cell_name,
    ) -> Told:
        """Return each cause once, where it stands in many places with their number and the first.

        One wrong number in a column of 2,490 votes is one thing to correct, not 2,490. Beyond
        `most` causes, errors go first, and how many more there are is told. `place` names a cell
        by its row and the letter of its column.
        """
        counts = Counter(note.level for note in self._notes)
        found: dict[tuple[object, ...], list[Note]] = {}
        for note in self._notes:
            if note.level in levels:
                found.setdefault(_cause(note), []).append(note)
        causes: list[list[Note]] = []
        for notes in found.values():
            causes += [[note] for note in notes] if len(notes) <= _EACH else [notes]
        causes.sort(key=lambda notes: (_URGENCY[notes[0].level], notes[0].row, notes[0].column))
        first = sorted(causes[:most], key=lambda notes: (notes[0].row, notes[0].column))
        problems = tuple(
            self._told(notes[0]) if len(notes) == 1 else self._told_of_many(notes, place)
            for notes in first
        )
        untold = len(causes) - len(problems)
        return Told(problems, untold, counts[Level.ERROR], counts[Level.WARN])

    def told_once(self, place: Callable[[int, str], str] = cell_name) -> tuple[Problem, ...]:
        """Return every cause once, however many there are: see `told`."""
        return self.told(most=len(self._notes), place=place).problems

    def _told_of_many(self, notes: Sequence[Note], place: Callable[[int, str], str]) -> Problem:
        first = self._told(notes[0])
        places = tuple(place(one.row, column_letter(one.column)) for one in notes[1 : _PLACES + 1])
        shown = ", ".join(places) + (", …" if len(notes) > len(places) + 1 else "")
        also = ALSO.say(self.language, count=len(notes) - 1, places=shown)
        return first.model_copy(
            update={
                "message": f"{first.message} {also}",
                "count": len(notes),
                "places": places,
            }
        )

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
        fault = FAULTS[note.key]
        return Problem(
            sheet=sheet,
            row=note.row,
            column=column_letter(note.column),
            level=note.level,
            code=note.key.partition("/")[0],
            value=note.value,
            message=fault.message.say(self.language, **details),
            remedy=fault.remedy.say(self.language, **details),
        )
