"""Rule kind `answer_is`: does a yes/no box have the wanted answer?"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import ClassVar, Literal

from campaigns.rules.eligibility.finding import Data, Evidence, Kind, as_text, with_answers
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class AnswerIs(Kind):
    """A yes/no box of the form has the wanted answer."""

    check: Literal["answer_is"]
    item: Code
    """Id of a box of type yes_no."""
    value: bool = True
    """The wanted answer."""

    reads: ClassVar = {"item": (ItemType.YES_NO,)}

    def find(self, evidence: Evidence) -> Data | None:
        """Find another answer, or none."""
        value = evidence.facts.answers.get(self.item)
        if value is self.value:
            return None
        return (("item", self.item), ("value", as_text(value)), ("wanted", as_text(self.value)))

    def good_answers(self, _playbook: Playbook, _draw: Random) -> Mapping[str, AnswerValue]:
        """Give the wanted answer."""
        return {self.item: self.value}

    def broken(self, row: NominationRow, _playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Give the other answer."""
        return with_answers(row, {self.item: not self.value})
