"""Rule kind `case_closed`: is there an open case against whom the nomination is for?"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import ClassVar, Literal

from campaigns.rules.deadlines.calendar import add_months
from campaigns.rules.eligibility.finding import (
    Data,
    Evidence,
    Kind,
    as_text,
    is_empty,
    with_answers,
)
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class CaseClosed(Kind):
    """No open case (discipline, inspection, complaint, press): opened and not yet closed."""

    check: Literal["case_closed"]
    opened: Code
    """Id of the date box that says since when a case is open."""
    closed: Code
    """Id of the date box that says when it was closed."""

    reads: ClassVar = {
        "opened": (ItemType.DATE, ItemType.DATETIME),
        "closed": (ItemType.DATE, ItemType.DATETIME),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find a case that was opened and not closed."""
        answers = evidence.facts.answers
        opened = answers.get(self.opened)
        if is_empty(opened) or not is_empty(answers.get(self.closed)):
            return None
        return ((self.opened, as_text(opened)), (self.closed, ""))

    def good_answers(self, _playbook: Playbook, _draw: Random) -> Mapping[str, AnswerValue]:
        """Have no case."""
        return {self.opened: None, self.closed: None}

    def broken(self, row: NominationRow, playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Have a case open since a month before nominations open."""
        opens = playbook.calendar.nomination.opens.date()
        return with_answers(row, {self.opened: add_months(opens, -1), self.closed: None})
