"""What an import says and hands over: cells of a workbook, problems, rows understood."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from language.errors import Kind, Refusal
from schemas.base import Code, Instant, Model, Text
from schemas.outcomes import Difference, Remark
from schemas.registers import RegisterChange
from schemas.vocabulary import Attendance, Vote

CellValue = str | int | float | bool | datetime | None
"""A cell as the file holds it: text, number, date or nothing."""


Look = Literal["struck", "struck_part", "unseen", "unseen_part"]
"""Struck out, or not to be seen (in the colour of the paper, hidden by its format), or in part."""


class Cell(NamedTuple):
    """One cell, with the things that make it hard to read."""

    value: CellValue
    formula: str | None = None
    """The formula's text where the cell is computed; `value` is then the stored result."""
    error: str | None = None
    """`#REF!`, `#N/A` and their like."""
    merged_from: tuple[int, str] | None = None
    """(row, column letter) of the cell that covers this one; set on covered cells only."""
    merged_range: str | None = None
    """`H6:H8` on the first cell of a merged range."""
    unreadable: str | None = None
    """What the file holds in place of a value, where that is none; `value` is then nothing."""
    look: Look | None = None
    number_format: str | None = None
    """The number format of a number or a day, other than General."""


class SheetRow(NamedTuple):
    """One row of a sheet, as Excel numbers it."""

    number: int
    cells: tuple[Cell, ...]
    """From column A on."""
    hidden: bool = False
    is_marked: bool = False
    """A cell in it is struck out or cannot be seen, whole or in part."""


class Level(StrEnum):
    """What a problem does: an error keeps the row out, a warning says what was understood."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Problem(Model):
    """One thing wrong with an import, at its place, with what would be right."""

    sheet: Text
    row: int
    """As Excel numbers it; line number in a CSV file."""
    column: str
    """Excel's letter; empty where the whole row or sheet is meant."""
    level: Level
    code: Code
    """Stable name of the kind of problem, e.g. `unknown_unit`."""
    value: Text
    """What stands there, shortened."""
    message: Text
    remedy: Text
    count: int = 1
    """In how many places the same cause stands; it is told at the first."""
    places: tuple[str, ...] = ()
    """The next of them, such as `B3`."""


AnswerValue = str | int | bool | Decimal | date | datetime | None
"""A value of a form box after reading; dates and numbers are typed."""


class NominationRow(Model):
    """One nomination as understood from a row."""

    row: int
    code: Code
    subject_kind: Code
    name: Text
    owner: Text = ""
    unit_id: Code
    nominated_by_id: Code
    rank: int | None = None
    field: Code | None = None
    submitted_at: Instant | None = None
    email: str = ""
    answers: dict[str, AnswerValue] = Field(default_factory=dict)
    """Every other box of the form by its id."""


class UnitRow(Model):
    """A unit with the name it has from `valid_from` to `valid_to` (both included)."""

    id: Code
    name: Text
    kind: Code
    subkind: Text = ""
    parent_id: Code | None = None
    official_code: str = ""
    valid_from: date
    valid_to: date | None = None
    email: str = ""
    note: Text = ""
    successor_ids: tuple[Code, ...] = ()
    """Units that took over after `valid_to`; several where the unit was divided."""


class PersonRow(Model):
    """A person with roles."""

    id: Code
    full_name: Text
    unit_id: Code
    position: Text = ""
    email: str = ""
    roles: tuple[Code, ...]
    role_detail: Text = ""


class PastModelRow(Model):
    """A model recognised in an earlier year."""

    id: Code
    year: int
    unit_id: Code
    unit_name: Text
    owner: Text = ""
    field: Text = ""
    title: Text
    summary: Text = ""


class ScoreRow(NamedTuple):
    """One score of one reviewer on one line of the rubric; a campaign has tens of thousands."""

    row: int
    reviewer_id: str
    nomination_code: str
    criterion_code: str
    centipoints: int
    """Points times 100, so that steps of 0.5 or 0.25 are exact integers."""
    comment: str = ""


class VoteRow(NamedTuple):
    """How one member took part in the vote on one nomination."""

    row: int
    nomination_code: str
    session: int
    member_id: str
    attendance: Attendance
    vote: Vote | None
    """None for an absent member."""


class AdoptionRow(Model):
    """One replication of a recognised model, with the dates of its steps."""

    row: int
    id: Code
    model_code: Code
    adopting_unit_id: Code
    parent_adoption_id: Code | None = None
    state: Code
    committed_on: date
    started_on: date | None = None
    evidenced_on: date | None = None
    sustained_on: date | None = None
    abandoned_on: date | None = None
    note: Text = ""


class ImportReport(Model):
    """What an import found and did."""

    kind: Literal["units", "people", "nominations", "scores", "votes", "adoptions", "past-models"]
    rows: int
    """Data rows read."""
    accepted: int
    stored: int
    """New or changed things stored; a review counts once, not by its rows."""
    problems: tuple[Problem, ...] = ()
    """What was found, each cause once, errors first where not all are told."""
    untold: int = 0
    """How many more causes there are than `problems` tells."""
    error_count: int = 0
    """Errors in all, each row counted."""
    warning_count: int = 0
    """Warnings in all, each row counted."""
    known: int = 0
    """Things that were stored already, just as the file has them."""
    repeated: bool = False
    """Everything in it was known already; nothing was changed."""
    changes: tuple[RegisterChange, ...] = ()
    """What is otherwise in the registers than before, one by one."""
    remarks: tuple[Remark, ...] = ()
    """What was left out, and what is waited for."""
    differences: tuple[Difference, ...] = ()
    """What it changed of things that were stored, field by field; nothing of what is new."""
    differences_more: int = 0
    """How many more there are than `differences` tells."""

    def number_of(self, level: Level) -> int:
        """Count the problems of a level, each place on its own."""
        known = {Level.ERROR: self.error_count, Level.WARN: self.warning_count}
        told = sum(problem.count for problem in self.problems if problem.level is level)
        return max(told, known.get(level, 0))

    @property
    def has_errors(self) -> bool:
        """True where a row was kept out."""
        return self.error_count > 0


class FileUnreadable(Refusal):
    """A file is missing, empty, or not of the kind its name says."""

    kind = Kind.INVALID
    message = "{problem}"

    def __init__(self, problem: object) -> None:
        super().__init__(problem=problem)
