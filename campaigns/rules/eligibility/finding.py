"""What is a rule kind? What it finds, and all else that is asked of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import ClassVar, NamedTuple

from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from language import Advice
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.judging import Rule
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Severity

Data = tuple[tuple[str, str], ...]
"""The values a rule used, as (name, text); stored with the finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found about a nomination, with everything needed to explain it later."""

    rule_id: str
    rule_version: int
    severity: Severity
    data: Data
    source: str


class Evidence(NamedTuple):
    """Everything a rule may look at."""

    facts: NominationFacts
    playbook: Playbook
    context: CheckContext


class Doubt(NamedTuple):
    """Something in a valid playbook that is probably not meant."""

    code: str
    """Which of the kind's `words` say it."""
    path: tuple[str, ...] = ()
    """Keys that lead to the place: from the rule on, or from the top where no rule is at fault."""
    values: Mapping[str, object] = {}
    """What the words have in braces."""


class Kind(Rule):
    """What every rule kind answers; a kind adds `check: Literal["<its name>"]` and parameters.

    The text below a parameter is its meaning in the JSON Schema and the reference.
    """

    limits: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Least and greatest value of each number among the parameters: far beyond any campaign, and
    near enough that no date or sum leaves its range."""
    words: ClassVar[Mapping[str, Advice]] = {}
    """In which words the doubts are put, by code."""

    @abstractmethod
    def find(self, evidence: Evidence) -> Data | None:
        """Return the values used where the rule finds something; None where all is well.

        Raises `AnswerUnusable` where a box holds another type than the rule reads.
        """

    def severity_of(self, evidence: Evidence) -> Severity:  # noqa: ARG002 - a kind may look at it
        """Return how grave a finding is: as the playbook says, unless the kind knows better."""
        return self.severity

    def doubts(self, playbook: Playbook) -> Iterable[Doubt]:  # noqa: ARG002 - as above
        """Return what a coordinator should look at in this rule."""
        return ()

    @classmethod
    def doubts_without(cls, playbook: Playbook) -> Iterable[Doubt]:  # noqa: ARG003 - as above
        """Return what a coordinator should look at in a playbook with no rule of this kind."""
        return ()

    def good_answers(
        self,
        playbook: Playbook,  # noqa: ARG002 - as above
        draw: Random,  # noqa: ARG002 - as above
    ) -> Mapping[str, AnswerValue]:
        """Return what an invented form has in the boxes the rule reads, so that it is met."""
        return {}

    @abstractmethod
    def broken(
        self, row: NominationRow, playbook: Playbook, unit_kind: str
    ) -> NominationRow | None:
        """Return a good nomination changed so that this rule alone finds something.

        `unit_kind` is the kind of the unit that nominates. None where no form can break the rule.
        """


def is_empty(value: AnswerValue) -> bool:
    """Say whether a box of the form holds nothing."""
    return value is None or value == ""


def as_text(value: AnswerValue) -> str:
    """Return the content of a box as findings keep it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def with_answers(row: NominationRow, answers: Mapping[str, AnswerValue]) -> NominationRow:
    """Return the nomination with other content in these boxes."""
    return row.model_copy(update={"answers": {**row.answers, **answers}})
