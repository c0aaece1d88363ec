"""Which empty workbook is there for each table? Its columns are those the import looks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

from campaigns.rules.importing.adoptions import AdoptionReader
from campaigns.rules.importing.ballots import SCORE_COLUMNS, VOTE_COLUMNS
from campaigns.rules.importing.headers import Wanted
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.registers import PastModelReader, PersonReader, UnitReader, box
from documents.writing.blank_workbook import Blank, Choices, fill_blank
from documents.writing.tables import new_workbook
from language import Language, Text, _
from schemas.playbook.form import FormItem, ItemType
from schemas.vocabulary import AdoptionState, Attendance, Role, Vote, label

_ROLES: Final = _("One role or several, parted by semicolons: {names}.")
_SUCCESSORS: Final = _("Ids of the units that follow, parted by semicolons.")
_POINTS: Final = _("At most: {names}.")
_ABSENT: Final = _("Left empty for a member who is absent.")
_MEANS: Final = _("Write: {names}.")
_KNOWN: Final[dict[str, Text]] = {
    "unit": _("List of units"),
    "unit_name": _("Their names"),
    "person": _("List of people"),
    "person_name": _("Names of people"),
    "nomination": _("List of nominations"),
    "nomination_name": _("Names of nominations"),
    "criterion": _("List of criteria"),
    "criterion_name": _("Names of criteria"),
    "attendance": _("Kinds of attendance"),
    "vote": _("Kinds of votes"),
    "state": _("States"),
}
"""Heads of the lists: unlike those of the table, or the lists would be taken for another one."""
_WORDS: Final[dict[str, Text]] = {
    "present": _("at the session"),
    "written": _("by letter"),
    "absent": _("not there"),
    "yes": _("in favour"),
    "no": _("against"),
    "blank": _("an empty ballot"),
}
_TITLES: Final[dict[str, Text]] = {
    "units": _("Units"),
    "people": _("People"),
    "past-models": _("Models of earlier years"),
    "scores": _("Reviews"),
    "votes": _("Votes"),
    "adoptions": _("Replications"),
}
_ROWS: Final[dict[str, Text]] = {
    "units": _("One row for each unit; one for each of its names, with the days it was in force."),
    "people": _("One row for each person."),
    "past-models": _("One row for each model."),
    "scores": _("One row for the points a reviewer gives a nomination by one criterion."),
    "votes": _("One row for a member and a nomination in a session, those absent too."),
    "adoptions": _("One row for each unit that replicates a model."),
}
KINDS: Final = tuple(_TITLES)
"""The tables with an empty workbook, beside nominations."""


@dataclass(frozen=True)
class Known:
    """What can be chosen from: ids or codes, with the name beside them."""

    units: Iterable[UnitInfo] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    """Who may stand in the table: reviewers, or members of the council."""
    nominations: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)
    """Name of the criterion and its greatest score."""


def write_table_template(path: Path, kind: str, known: Known, language: Language = "vi") -> None:
    """Write the empty workbook of a table; `kind` is one of `KINDS`."""
    with new_workbook(path, in_order=False) as book:
        fill_blank(book, _blank(kind, known, language))


def _blank(kind: str, known: Known, language: Language) -> Blank:
    items, choices, rules = _CONTENTS[kind](known, language)
    return Blank(
        title=_TITLES[kind].say(language),
        sheet=_TITLES[kind].say(language),
        row=_ROWS[kind].say(language),
        items=items,
        language=language,
        choices=choices,
        rules=rules,
    )


_BOXES: Final[dict[str, ItemType]] = {
    "reviewer_id": ItemType.CODE,
    "nomination_code": ItemType.CODE,
    "criterion_code": ItemType.CODE,
    "score": ItemType.PERCENT,
    "comment": ItemType.LONG_TEXT,
    "session": ItemType.INTEGER,
    "member_id": ItemType.CODE,
}
"""What is written in the columns of scores and votes; in the others, text."""


def _boxes(columns: Iterable[Wanted]) -> list[FormItem]:
    return [
        box(one.key, one.names[1], _BOXES.get(one.key, ItemType.TEXT), required=one.required)
        for one in columns
        if not one.rare
    ]


_Contents = tuple[Sequence[FormItem], tuple[Choices, ...], Mapping[str, str]]


def _listed(key: str, found: Mapping[str, str], of: str, language: Language) -> tuple[Choices, ...]:
    """Offer what is known; other ids may be written, which the import looks at."""
    names = _KNOWN[f"{key}_name"].say(language)
    return (
        Choices(_KNOWN[key].say(language), [*found], frozenset({of}), is_whole=False),
        Choices(names, [*found.values()]),
    )


def _units_of(known: Known, of: str, language: Language) -> tuple[Choices, ...]:
    current = sorted(
        (one for one in known.units if one.valid_to is None), key=lambda one: (one.kind, one.name)
    )
    return _listed("unit", {one.id: one.name for one in current}, of, language)


def _named(values: Iterable[str], language: Language) -> str:
    words = (
        (one, _WORDS[one].say(language) if one in _WORDS else label(one, language))
        for one in values
    )
    return ", ".join(f"{one} ({word.lower()})" for one, word in words)


def _units(known: Known, language: Language) -> _Contents:
    rules = {"successor_ids": _SUCCESSORS.say(language)}
    return UnitReader().columns, _units_of(known, "parent_id", language), rules


def _people(known: Known, language: Language) -> _Contents:
    rules = {"roles": _ROLES.say(language, names=_named(Role, language))}
    return PersonReader({}).columns, _units_of(known, "unit_id", language), rules


def _past_models(known: Known, language: Language) -> _Contents:
    return PastModelReader({}).columns, _units_of(known, "unit_id", language), {}


def _scores(known: Known, language: Language) -> _Contents:
    greatest = max((most for _name, most in known.criteria.values()), default=None)
    scale = {"minimum": Decimal(0), "maximum": greatest}
    items = [
        one.model_copy(update=scale) if one.id == "score" else one for one in _boxes(SCORE_COLUMNS)
    ]
    criteria = {code: name for code, (name, _most) in known.criteria.items()}
    most = ", ".join(f"{code} {most.normalize():f}" for code, (_, most) in known.criteria.items())
    choices = (
        *_listed("person", known.people, "reviewer_id", language),
        *_listed("nomination", known.nominations, "nomination_code", language),
        *_listed("criterion", criteria, "criterion_code", language),
    )
    return items, choices, {"score": _POINTS.say(language, names=most)}


def _votes(known: Known, language: Language) -> _Contents:
    choices = (
        *_listed("nomination", known.nominations, "nomination_code", language),
        *_listed("person", known.people, "member_id", language),
        Choices(_KNOWN["attendance"].say(language), [*Attendance], frozenset({"attendance"})),
        Choices(_KNOWN["vote"].say(language), [*Vote], frozenset({"vote"})),
    )
    rules = {
        "attendance": _MEANS.say(language, names=_named(Attendance, language)),
        "vote": f"{_MEANS.say(language, names=_named(Vote, language))} {_ABSENT.say(language)}",
    }
    return _boxes(VOTE_COLUMNS), choices, rules


def _adoptions(known: Known, language: Language) -> _Contents:
    choices = (
        *_units_of(known, "adopting_unit_id", language),
        *_listed("nomination", known.nominations, "model_code", language),
        Choices(_KNOWN["state"].say(language), [*AdoptionState], frozenset({"state"})),
    )
    rules = {"state": _MEANS.say(language, names=_named(AdoptionState, language))}
    return AdoptionReader((), {}).columns, choices, rules


_CONTENTS: Final = {
    "units": _units,
    "people": _people,
    "past-models": _past_models,
    "scores": _scores,
    "votes": _votes,
    "adoptions": _adoptions,
}
