"""What does a unit's own workbook say? Its nominations alone, submitted when they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campaigns.rules.importing.cells import Read
from campaigns.rules.importing.lookups import Units
from campaigns.rules.importing.nominations import KnownCodes, NominationReader
from campaigns.rules.importing.places import RanksOf, none_yet
from campaigns.rules.importing.problems import MOST_TOLD
from campaigns.rules.nomination.reach import Reach
from language import Language, _
from language.errors import Kind, Refusal
from schemas.imports import Level, Problem
from schemas.playbook.form import FormItem, ItemRole, ItemType
from schemas.playbook.playbook import Playbook


class WorkbookRefused(Refusal):
    """A workbook holds mistakes, or no row; nothing of it was stored."""

    kind = Kind.INVALID
    message = "{problem}"

    def __init__(self, problems: Sequence[Problem], total: int) -> None:
        self.problems = tuple(problems)
        self.total = total
        problem = (
            _(
                "The workbook has {total} mistakes; nothing was stored. Correct them all and send "
                "it again.",
                total=total,
            )
            if total
            else _("The workbook has no row of a nomination; nothing was stored.")
        )
        super().__init__(problem=problem)


class Standing(NamedTuple):
    """A nomination that has the code of a row already."""

    unit_id: str
    """Who nominated it."""
    state: str
    """As people call it."""
    may_change: bool
    is_same: bool
    """Its present version says what the row says."""


class RefusedRow(NamedTuple):
    """Why a row is not taken although it is well written."""

    row: int
    code: str
    key: str
    state: str


def refusal_of(standing: Standing, unit_id: str | None, *, revise: bool) -> str | None:
    """Return the key of the reason to refuse a row whose code is there already, if there is one."""
    if unit_id not in {None, standing.unit_id}:
        return "code_taken"
    if not standing.may_change:
        return "not_changeable"
    return None if standing.is_same or revise else "already_received"


class UnitNominationReader(NominationReader):
    """Reads nominations of one unit (None: of any); the column of submission is not read."""

    def __init__(
        self,
        playbook: Playbook,
        units: Units,
        language: Language,
        known_codes: KnownCodes,
        unit_id: str | None,
        ranks_of: RanksOf = none_yet,
        reach: Reach | None = None,
    ) -> None:
        form = playbook.form.model_copy(
            update={"items": tuple(map(_without_time, playbook.form.items))}
        )
        live = playbook.model_copy(update={"form": form})
        super().__init__(live, units, language, known_codes, ranks_of, reach)
        self._unit_id = unit_id

    def _check_units(self, values: dict[str, Read], row: int) -> None:
        super()._check_units(values, row)
        key = self._roles[ItemRole.NOMINATED_BY]
        given = values.get(key)
        if self._unit_id is not None and isinstance(given, str) and given != self._unit_id:
            column = self._places[key]
            self._problems.error("other_unit", row, column, given, yours=self._unit_id)

    def refuse(self, refusals: Iterable[RefusedRow]) -> None:
        """Note rows that cannot be taken now; called after `read`."""
        column = self._places.get(self.main_key, -1)
        for one in refusals:
            self._problems.error(one.key, one.row, column, one.code, state=one.state)
        self._problems.close()

    def ensure_sound(self) -> None:
        """Refuse the whole workbook for any mistake in it.

        Raises:
            WorkbookRefused: It names the first mistakes, and says how many there are.
        """
        told = self._problems.told(levels=(Level.ERROR,))
        if told.errors:
            raise WorkbookRefused(told.problems, told.errors)
        if not self.rows:
            raise WorkbookRefused(self._problems[:MOST_TOLD], 0)

    def warnings(self) -> list[Problem]:
        """Return what was understood otherwise than written, as much of it as is told."""
        return list(self._problems.told(levels=(Level.WARN,)).problems)


def _without_time(item: FormItem) -> FormItem:
    if item.role is not ItemRole.SUBMITTED_AT:
        return item
    unread = {"type": ItemType.IGNORED, "role": None, "required": False}
    return item.model_copy(update=unread)
