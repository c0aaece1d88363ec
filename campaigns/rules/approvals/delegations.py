"""May somebody pass the right to sign on to another for these days?

A delegation names a letter of authority, its first and last day, and covers all stages of a
campaign or one. It is not passed on again: a substitute is there on all the days, and so is the
principal of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from campaigns.rules.approvals.errors import DelegationNotAllowed, days


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
            msg = (
                f"{wanted.principal_id} is represented by {other.substitute_id} already "
                f"({span}, letter {other.letter}); revoke that delegation first."
            )
            said = (
                f"{wanted.principal_id} đã ủy quyền cho {other.substitute_id} ({span}, văn bản "
                f"{other.letter}); hãy hủy ủy quyền đó trước."
            )
            raise DelegationNotAllowed(msg, said)
        if wanted.substitute_id == other.principal_id or wanted.principal_id == other.substitute_id:
            msg = (
                f"A delegated right is not passed on: {other.principal_id} is represented by "
                f"{other.substitute_id} ({span}). Name somebody who is there on all the days."
            )
            said = (
                f"Không ủy quyền lại: {other.principal_id} đang ủy quyền cho {other.substitute_id} "
                f"({span}). Hãy chọn người có mặt suốt thời gian này."
            )
            raise DelegationNotAllowed(msg, said)


def _ensure_sound(wanted: Span, today: date) -> None:
    if wanted.principal_id == wanted.substitute_id:
        raise DelegationNotAllowed(
            f"{wanted.principal_id} cannot stand in for themself; name another person.",
            f"{wanted.principal_id} không thể ủy quyền cho chính mình; hãy chọn người khác.",
        )
    if wanted.last < wanted.first:
        raise DelegationNotAllowed(
            f"The last day {wanted.last:%d/%m/%Y} is before the first, {wanted.first:%d/%m/%Y}; "
            "correct the dates.",
            f"Ngày cuối {wanted.last:%d/%m/%Y} trước ngày đầu {wanted.first:%d/%m/%Y}; hãy sửa.",
        )
    if wanted.last < today:
        raise DelegationNotAllowed(
            f"The last day {wanted.last:%d/%m/%Y} has passed; a delegation is not backdated.",
            f"Ngày cuối {wanted.last:%d/%m/%Y} đã qua; không ghi lùi ngày ủy quyền.",
        )
    if not wanted.letter.strip():
        raise DelegationNotAllowed(
            "A delegation needs the number of its letter of authority; give it with --letter.",
            "Ủy quyền phải có số văn bản ủy quyền; ghi bằng --letter.",
        )
