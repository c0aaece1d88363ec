"""Rule kind `long_enough`: does a text of the form say enough?

No kind of the program: `test_new_kind.py` adds it, as somebody would add a kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from campaigns.rules.eligibility.finding import Data, Doubt, Evidence, Kind, as_text, with_answers
from language import Advice, _
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class LongEnough(Kind):
    """A text of the form has at least `minimum` words."""

    check: Literal["long_enough"]
    item: Code
    """Id of a box of type text or long_text."""
    minimum: int = Field(ge=0)
    """Least number of words."""

    reads: ClassVar = {"item": (ItemType.TEXT, ItemType.LONG_TEXT)}
    limits: ClassVar = {"minimum": ("0", "1000")}
    words: ClassVar = {
        "words_unasked": Advice(
            _("The rule asks for {minimum} words."), _("Say how many it takes.")
        ),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find a shorter text."""
        text = as_text(evidence.facts.answers.get(self.item))
        if len(text.split()) >= self.minimum:
            return None
        return (("item", self.item), ("minimum", str(self.minimum)))

    def doubts(self, _playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a rule that any text meets."""
        if not self.minimum:
            yield Doubt("words_unasked", ("minimum",), {"minimum": self.minimum})

    def good_answers(self, _playbook: Playbook, _draw: Random) -> Mapping[str, AnswerValue]:
        """Write just enough."""
        return {self.item: "mẫu " * self.minimum}

    def broken(self, row: NominationRow, _playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Write one word less."""
        return with_answers(row, {self.item: "mẫu " * (self.minimum - 1)})
