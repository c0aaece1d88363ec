"""Which messages does the appraisal send?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Text
from schemas.messages.payload import Payload


class JudgementCorrected(Payload):
    """To who gave it: somebody else has corrected a review or a vote before the decision.

    A ballot is secret, to this mail too: of a vote it says whose roll was replaced, and no choice.
    """

    template: ClassVar[str] = "judgement-corrected"
    kind: Literal["judgement-corrected"] = "judgement-corrected"
    matter: Literal["review", "vote"]
    made_by: Text
    reason: Text
    corrected_at: Instant
    count: int
    """How many nominations it is about."""
    reviews: tuple[tuple[Code, Text, tuple[tuple[Text, str, str, Text, Text], ...]], ...] = ()
    """(code, name, lines) of nominations, the first of many; a line is (criterion, points before
    and now, comment before and now)."""
    rolls: tuple[tuple[Code, Text, int], ...] = ()
    """(code, name, session) of nominations."""
    others: tuple[Code, ...] = ()
    """Further nominations of which the reader's review was corrected."""


class ReviewAssigned(Payload):
    """To a reviewer: which nominations to score, by which rubric, and until when."""

    template: ClassVar[str] = "review-assigned"
    kind: Literal["review-assigned"] = "review-assigned"
    count: int
    closes_at: Instant
    dossiers: tuple[tuple[Code, Text, Text], ...] = ()
    """(code, name, nominating unit) of those the letter names: all, or the first of many."""
    criteria: tuple[tuple[Code, Text, str], ...] = ()
    """The rubric: (code, name, points at most)."""
    total: str = ""
    """Points of all criteria together."""
    step: str = ""
    """Points are multiples of it."""
    sheet: Text = ""
    """Name of the sheet of the attached file that takes the scores; empty: none does."""
    interface: str = ""
    """Address where who has an access code records scores; empty: there is none."""
