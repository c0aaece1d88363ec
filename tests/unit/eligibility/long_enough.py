"""Rule kind `long_enough`: does a text of the form say enough?

No kind of the program: `test_new_kind.py` adds it, as somebody would add a kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from campaigns.rules.eligibility.finding import Data, Doubt, Evidence, Kind, as_text, with_answers
from campaigns.rules.playbook.words_reading import Words
from schemas.base import Code
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook


class LongEnough(Kind):
    """A text of the form has at least `fewest` words."""

    check: Literal["long_enough"]
    item: Code
    """Id of a box of type text or long_text."""
    fewest: int = Field(ge=0)
    """Least number of words."""

    reads: ClassVar = {"item": (ItemType.TEXT, ItemType.LONG_TEXT)}
    limits: ClassVar = {"fewest": ("0", "1000")}
    words: ClassVar = {
        "words_unasked": Words(
            ("Quy tắc chỉ đòi {fewest} chữ.", "Ghi số chữ cần có."),
            ("The rule asks for {fewest} words.", "Say how many it takes."),
        ),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find a shorter text."""
        text = as_text(evidence.facts.answers.get(self.item))
        if len(text.split()) >= self.fewest:
            return None
        return (("item", self.item), ("fewest", str(self.fewest)))

    def doubts(self, _playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a rule that any text meets."""
        if not self.fewest:
            yield Doubt("words_unasked", ("fewest",), {"fewest": self.fewest})

    def good_answers(self, _playbook: Playbook, _draw: Random) -> Mapping[str, AnswerValue]:
        """Write just enough."""
        return {self.item: "mẫu " * self.fewest}

    def broken(self, row: NominationRow, _playbook: Playbook, _unit_kind: str) -> NominationRow:
        """Write one word less."""
        return with_answers(row, {self.item: "mẫu " * (self.fewest - 1)})
