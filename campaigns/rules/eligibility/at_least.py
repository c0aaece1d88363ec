"""Rule kind `at_least`: is a number of the form large enough?"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import ClassVar, Literal

from campaigns.rules.eligibility.errors import AnswerUnusable
from campaigns.rules.eligibility.finding import (
    Data,
    Evidence,
    Kind,
    as_text,
    is_empty,
    with_answers,
)
from language import pgettext
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class AtLeast(Kind):
    """A number of the form is at least `minimum`; an empty box passes (no survey was held)."""

    check: Literal["at_least"]
    item: Code
    """Id of a box of type integer or percent."""
    minimum: Decimal
    """Least number."""

    reads: ClassVar = {"item": (ItemType.INTEGER, ItemType.PERCENT)}
    limits: ClassVar = {"minimum": ("-1e15", "1e15")}

    def find(self, evidence: Evidence) -> Data | None:
        """Find a smaller number."""
        value = evidence.facts.answers.get(self.item)
        if is_empty(value):
            return None
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            raise AnswerUnusable(self.id, self.item, pgettext("rule reads", "number"))
        if value >= self.minimum:
            return None
        return (("item", self.item), ("value", as_text(value)), ("minimum", as_text(self.minimum)))

    def good_answers(self, playbook: Playbook, _draw: Random) -> Mapping[str, AnswerValue]:
        """Give just enough."""
        return {self.item: self._number(playbook, self.minimum)}

    def broken(self, row: NominationRow, playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Give one less than enough."""
        return with_answers(row, {self.item: self._number(playbook, self.minimum - 1)})

    def _number(self, playbook: Playbook, value: Decimal) -> int | Decimal:
        items = playbook.form.items
        whole = any(item.id == self.item and item.type is ItemType.INTEGER for item in items)
        return int(value) if whole else value
