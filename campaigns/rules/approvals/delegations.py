"""May somebody pass the right to sign on to another for these days?

A delegation names a letter of authority, its first and last day, and covers all stages of a
campaign or one. It is not passed on again: a substitute is there on all the days, and so is the
principal of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaigns.rules.approvals.errors import DelegationNotAllowed, LetterMissing, days
from language import _


@dataclass(frozen=True, slots=True)
class Span:
    """A delegation as the rules see it."""

    principal_id: str
    substitute_id: str
    first: date
    last: date
    """Included."""
    stage: str | None = None
    """None: every stage."""
    letter: str = ""

    def covers(self, day: date, stage: str) -> bool:
        """Say whether it is in force for a stage on a day."""
        return self.first <= day <= self.last and self.stage in {None, stage}

    def meets(self, other: Span) -> bool:
        """Say whether both are in force for some stage on some day."""
        return (
            self.first <= other.last
            and other.first <= self.last
            and (self.stage is None or other.stage is None or self.stage == other.stage)
        )


def ensure_possible(wanted: Span, others: Iterable[Span], today: date) -> None:
    """Refuse a delegation that says nothing, is over, or makes a chain (`DelegationNotAllowed`)."""
    _ensure_sound(wanted, today)
    for other in others:
        if not wanted.meets(other):
            continue
        span = days(other.first, other.last)
        if other.principal_id == wanted.principal_id:
            raise DelegationNotAllowed(
                _(
                    "{principal} is represented by {substitute} already ({span}, letter {letter}); "
                    "revoke that delegation first.",
                    principal=wanted.principal_id,
                    substitute=other.substitute_id,
                    span=span,
                    letter=other.letter,
                )
            )
        if wanted.substitute_id == other.principal_id or wanted.principal_id == other.substitute_id:
            raise DelegationNotAllowed(
                _(
                    "A delegated right is not passed on: {principal} is represented by "
                    "{substitute} ({span}). Name somebody who is there on all the days.",
                    principal=other.principal_id,
                    substitute=other.substitute_id,
                    span=span,
                )
            )


def _ensure_sound(wanted: Span, today: date) -> None:
    if wanted.principal_id == wanted.substitute_id:
        raise DelegationNotAllowed(
            _(
                "{person} cannot stand in for themself; name another person.",
                person=wanted.principal_id,
            )
        )
    if wanted.last < wanted.first:
        raise DelegationNotAllowed(
            _(
                "The last day {last:%d/%m/%Y} is before the first, {first:%d/%m/%Y}; correct the "
                "dates.",
                last=wanted.last,
                first=wanted.first,
            )
        )
    if wanted.last < today:
        raise DelegationNotAllowed(
            _(
                "The last day {last:%d/%m/%Y} has passed; a delegation is not backdated.",
                last=wanted.last,
            )
        )
    if not wanted.letter.strip():
        raise LetterMissing
