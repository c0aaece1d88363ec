"""What does a workbook of nominations say? Read by the playbook's form, one row at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from campaigns.rules.codes import likeness
from campaigns.rules.importing.boxes import BoxTableReader
from campaigns.rules.importing.cells import Read
from campaigns.rules.importing.lookups import Units
from campaigns.rules.importing.places import Places, RanksOf, none_yet
from campaigns.rules.importing.references import (
    FirstRows,
    UnitNames,
    new_code,
    note_validity,
    read_unit,
)
from campaigns.rules.nomination.reach import Reach
from language import Language
from schemas.imports import AnswerValue, NominationRow, SheetRow
from schemas.playbook.form import FormItem, ItemRole, ItemType
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Choice


class KnownCodes:
    """The codes a campaign has already, by what two of them must not share."""

    def __init__(self, codes: Iterable[str] = ()) -> None:
        self._codes: set[str] = set()
        self._by_likeness: dict[str, str] = {}
        self.add(codes)

    def add(self, codes: Iterable[str]) -> None:
        """Take in more codes."""
        for code in codes:
            self._codes.add(code)
            self._by_likeness[likeness(code)] = code

    def like(self, code: str) -> str | None:
        """Return the known code itself, or else the one that looks the same."""
        return code if code in self._codes else self._by_likeness.get(likeness(code))


class NominationReader(BoxTableReader[NominationRow]):
    """Reads nominations by the boxes of a playbook's form.

    `units` are all units by id, those that ceased included. `known_codes` are the codes the
    campaign has already: such a code written alike is a new version of that nomination (the
    service decides), one that differs from it in case or blanks only is refused.

    A submission given as a date without a time counts as the start of that day (00:00): the time is
    not known, and the benefit of the doubt goes to the nominating unit.
    """

    def __init__(
        self,
        playbook: Playbook,
        units: Units,
        language: Language = "vi",
        known_codes: Collection[str] | KnownCodes = frozenset(),
        ranks_of: RanksOf = none_yet,
        reach: Reach | None = None,
    ) -> None:
        items = playbook.form.items
        super().__init__(items, language, ZoneInfo(playbook.timezone))
        self._playbook = playbook
        self._units = UnitNames(units)
        self._roles = {item.role: item.id for item in items if item.role}
        self.main_key = self._roles[ItemRole.CODE]
        self._answer_ids = [
            item.id for item in items if item.role is None and item.type is not ItemType.IGNORED
        ]
        self._first = FirstRows()
        self._known = (
            known_codes if isinstance(known_codes, KnownCodes) else KnownCodes(known_codes)
        )
        self._ranks = Places(playbook, ranks_of)
        self._reach = reach
        self._closing_day = playbook.calendar.nomination.closes.date()

    def _choices(self, item: FormItem) -> dict[str, tuple[str, ...]]:
        choices: tuple[Choice, ...] = ()
        if item.type is ItemType.FIELD:
            choices = self._playbook.fields
        elif item.type is ItemType.SUBJECT_KIND:
            choices = self._playbook.subject_kinds
        return {
            choice.id: tuple(filter(None, (choice.name.vi, choice.name.en))) for choice in choices
        }

    def _understand(self, row: SheetRow) -> NominationRow | None:
        number = row.number
        values = self._values(row)
        self._check_code(values, number)
        self._check_units(values, number)
        self._check_reach(values, number)
        if number in self._problems.error_rows:
            return None
        understood = self._row(values, number)
        self._ranks.note(
            number,
            self._places.get(self._roles.get(ItemRole.RANK, ""), -1),
            self._problems,
            code=understood.code,
            unit_id=understood.nominated_by_id,
            kind=self._nominator_kind(understood.nominated_by_id),
            rank=understood.rank,
        )
        return understood

    def _nominator_kind(self, unit_id: str) -> str:
        """Return the kind of a nominating unit; empty where the column is missing."""
        return self._units.units[unit_id].kind if unit_id else ""

    def _check_code(self, values: dict[str, Read], row: int) -> None:
        code = values.get(self.main_key)
        if not isinstance(code, str):
            return
        column = self._places[self.main_key]
        known = self._known.like(code)
        if known != code:
            code = values[self.main_key] = new_code(code, row, column, self._problems)
        self._first.check("duplicate_code", likeness(code), code, row, column, self._problems)
        if known is not None and known != code:
            self._problems.error("duplicate_code/known", row, column, code, known=known)

    def _check_units(self, values: dict[str, Read], row: int) -> None:
        day = self._day(values) or self._closing_day
        for key, value in values.items():
            item = self._items[key]
            if item.type is not ItemType.UNIT or not isinstance(value, str):
                continue
            column = self._places[key]
            found = read_unit(value, row, column, self._units, self._problems)
            values[key] = found
            if found is not None:
                note_validity(found, day, row, column, self._units.units, self._problems)

    def _day(self, values: dict[str, Read]) -> date | None:
        submitted = values.get(self._roles.get(ItemRole.SUBMITTED_AT, ""))
        return submitted.date() if isinstance(submitted, datetime) else None

    def _check_reach(self, values: dict[str, Read], row: int) -> None:
        """Refuse a unit that is not the nominating unit's to nominate for."""
        key = self._roles[ItemRole.UNIT]
        by, unit = values.get(self._roles[ItemRole.NOMINATED_BY]), values.get(key)
        if self._reach is None or not isinstance(by, str) or not isinstance(unit, str):
            return
        if by and unit and not self._reach.takes(by, unit, self._day(values)):
            self._problems.error("out_of_reach", row, self._places[key], unit, unit=by)

    def _row(self, values: dict[str, Read], number: int) -> NominationRow:
        def text(role: ItemRole) -> str:
            value = values.get(self._roles.get(role, ""))
            return value if isinstance(value, str) else ""

        rank = values.get(self._roles.get(ItemRole.RANK, ""))
        # Every value was checked box by box; checking the model again would double the time.
        return NominationRow.model_construct(
            row=number,
            code=text(ItemRole.CODE),
            subject_kind=text(ItemRole.SUBJECT_KIND),
            name=text(ItemRole.NAME),
            owner=text(ItemRole.OWNER),
            unit_id=text(ItemRole.UNIT),
            nominated_by_id=text(ItemRole.NOMINATED_BY),
            rank=rank if isinstance(rank, int) else None,
            field=text(ItemRole.FIELD) or None,
            submitted_at=self._submitted(values),
            email=text(ItemRole.EMAIL),
            answers={key: self._answer(values.get(key)) for key in self._answer_ids},
        )

    def _submitted(self, values: dict[str, Read]) -> datetime | None:
        value = values.get(self._roles.get(ItemRole.SUBMITTED_AT, ""))
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time.min)
        return self._playbook.instant(value) if isinstance(value, datetime) else None

    def _answer(self, value: Read | None) -> AnswerValue:
        if isinstance(value, datetime):
            return self._playbook.instant(value)
        return value if isinstance(value, str | int | Decimal | date) else None
