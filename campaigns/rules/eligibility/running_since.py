"""Rule kind `running_since`: has the work run long enough?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from campaigns.rules.deadlines.calendar import add_months
from campaigns.rules.eligibility.errors import AnswerUnusable
from campaigns.rules.eligibility.finding import (
    Data,
    Doubt,
    Evidence,
    Kind,
    as_text,
    is_empty,
    with_answers,
)
from language import Advice, _, pgettext
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class RunningSince(Kind):
    """The work began at least `months` months before the cut-off date."""

    check: Literal["running_since"]
    item: Code
    """Id of a box of type date or datetime."""
    months: int = Field(ge=0)
    """Least number of months."""
    before: date
    """The cut-off date."""

    reads: ClassVar = {"item": (ItemType.DATE, ItemType.DATETIME)}
    limits: ClassVar = {"months": ("0", "1200")}
    words: ClassVar = {
        "cut_off_differs": Advice(
            _(
                "The cut-off ({value}) differs from the day nominations close "
                "({closes}); units take them for the same day."
            ),
            _("Write {closes} unless there is a reason."),
        ),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find work that began too late, or of which nobody says when it began."""
        value = evidence.facts.answers.get(self.item)
        latest = add_months(self.before, -self.months)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            if value <= latest:
                return None
        elif not is_empty(value):
            raise AnswerUnusable(self.id, self.item, pgettext("rule reads", "date"))
        return (("item", self.item), ("value", as_text(value)), ("latest", latest.isoformat()))

    def doubts(self, playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a cut-off on another day than nominations close."""
        closes = playbook.calendar.nomination.closes.date()
        if self.before != closes:
            yield Doubt("cut_off_differs", ("before",), {"value": self.before, "closes": closes})

    def good_answers(self, _playbook: Playbook, draw: Random) -> Mapping[str, AnswerValue]:
        """Begin some months earlier than the rule asks."""
        return {self.item: add_months(self.before, -self.months - draw.randint(1, 18))}

    def broken(self, row: NominationRow, _playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Begin on the day before the cut-off."""
        return with_answers(row, {self.item: self.before - timedelta(days=1)})
