"""What do votes add to the roll of a nomination, and do they agree with what is stored?

Who took part is stored by name, what was voted is not: whose a ballot is cannot be looked up. So of
members who come again the attendance is compared one by one, and of their ballots the sums: whether
as many of each choice are there as they now say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from campaigns.rules.recognition.votes import counted_vote
from schemas.imports import VoteRow
from schemas.vocabulary import Attendance, Vote


@dataclass(frozen=True, slots=True)
class Entry:
    """How one member took part."""

    session: int
    attendance: str
    conflicted: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """What is stored of the vote on one nomination."""

    entries: Mapping[str, Entry]
    """By member."""
    ballots: Mapping[str, int]
    """How many of each choice."""


EMPTY: Final = Roll({}, {})
"""Nobody has voted."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What rows about one nomination come to, beside what is stored."""

    new: tuple[VoteRow, ...] = ()
    known: int = 0
    """Members whose rows say what is stored."""
    uncompared: int = 0
    """Those of them whose ballots were compared by their sums alone."""
    differing: tuple[str, ...] = ()
    """Members whose rows say otherwise; `*` where only the sums show it."""


def is_counted(attendance: Attendance, *, written: bool) -> bool:
    """Say whether a ballot cast so is counted: a written one where the vote rule takes them."""
    return written or attendance is not Attendance.WRITTEN


def add_to(roll: Roll, rows: Sequence[VoteRow], *, written: bool) -> Addition:
    """Compare the rows of one nomination with its roll.

    All of a roll is taken in one session: rows of another one differ from what is stored.
    """
    entries = roll.entries
    sessions = {entry.session for entry in entries.values()} or {rows[0].session}
    new = tuple(row for row in rows if row.member_id not in entries)
    again = [row for row in rows if row.member_id in entries]
    differing = [row.member_id for row in new if row.session not in sessions]
    differing += [
        row.member_id
        for row in again
        if (entries[row.member_id].session, entries[row.member_id].attendance)
        != (row.session, row.attendance.value)
    ]
    said = _choices(again, entries, written=written)
    is_whole = len(again) == len(entries)
    fits = (
        said == Counter(dict(roll.ballots))
        if is_whole
        else all(number <= roll.ballots.get(choice, 0) for choice, number in said.items())
    )
    if again and not differing and not fits:
        differing.append("*")
    return Addition(
        new=new,
        known=len(again),
        uncompared=0 if is_whole else len(again),
        differing=tuple(differing),
    )


def _choices(
    rows: Iterable[VoteRow], entries: Mapping[str, Entry], *, written: bool
) -> Counter[str]:
    said: Counter[str] = Counter()
    for row in rows:
        conflicted = entries[row.member_id].conflicted
        choice = counted_vote(row.vote, conflicted=conflicted)
        if choice is not None and is_counted(row.attendance, written=written):
            said[Vote(choice).value] += 1
    return said
