"""Did the council recognise it? Quorum, ballots and majority, exactly.

Bodies differ in quorum, share, denominator and the weight of members who are away (sources V1 to
V7); all of it is in the playbook's `VoteRule`. Shares are fractions, so 2/3 of 15 is 10 and 0.7 of
10 is 7, never a rounding error away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from campaigns.rules.recognition.errors import QuorumMissing, VoteCountImpossible
from language import _
from schemas.playbook.judging import VoteRule
from schemas.vocabulary import Attendance, Vote


@dataclass(frozen=True, slots=True)
class Attendees:
    """How the council's members took part in one vote; the three parts make up all members."""

    members: int
    present: int
    written: int
    """Away, with a written ballot."""
    absent: int
    """Away, without a ballot."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """What the counted ballots say."""

    yes: int
    no: int
    blank: int
    """Blank or invalid; also of members in conflict of interest."""


@dataclass(frozen=True, slots=True)
class VoteResult:
    """The outcome of one vote, with the figures the minutes state."""

    passed: bool
    yes: int
    needed: int
    """Yes votes that were needed."""
    denominator: int
    share: Fraction
    """Yes votes of the denominator; 0 where there was nobody to count."""
    quorate: bool
    """False: too few were present, so that nothing could pass."""


def quorum_needed(rule: VoteRule, members: int) -> int:
    """Return how many members must be present in the session, the least whole number that suffices.

    Raises `VoteCountImpossible` for a council without members.
    """
    if members < 1:
        raise VoteCountImpossible(_("a council of {members} members cannot meet", members=members))
    return ceil(rule.quorum * members)


def quorum_reached(rule: VoteRule, members: int, present: int) -> bool:
    """Say whether the session may vote; a written ballot makes nobody present.

    Raises `VoteCountImpossible` where more are present than there are members.
    """
    needed = quorum_needed(rule, members)
    if not 0 <= present <= members:
        raise VoteCountImpossible(
            _(
                "{present} of {members} members cannot be present",
                present=present,
                members=members,
            )
        )
    return present >= needed


def ensure_quorum_reached(rule: VoteRule, members: int, present: int) -> None:
    """Refuse to open a vote without quorum. Raises `QuorumMissing`, `VoteCountImpossible`."""
    if not quorum_reached(rule, members, present):
        raise QuorumMissing(present, quorum_needed(rule, members), members)


def yes_needed(rule: VoteRule, attendees: Attendees) -> int:
    """Return how many yes votes pass: the least whole number that reaches (or exceeds) the share.

    Never below 1: where nobody counts, nothing passes. It may be more than there are voters.
    """
    wanted = rule.threshold * _denominator(rule, attendees)
    return max(1, floor(wanted) + 1 if rule.strictly_more else ceil(wanted))


def free_needed(rule: VoteRule, members: int) -> int:
    """Return with how many members free of conflict a nomination can pass at all.

    Those in conflict may attend, so that there is a quorum, and cast blanks. One more than there
    are members: it can never pass. Raises `VoteCountImpossible` for a council without members.
    """
    quorum = quorum_needed(rule, members)
    for free in range(1, members + 1):
        present = max(free, quorum)
        if free >= yes_needed(rule, Attendees(members, present, 0, members - present)):
            return free
    return members + 1


def decide_vote(rule: VoteRule, attendees: Attendees, ballots: Ballots) -> VoteResult:
    """Decide one vote.

    Passed takes a quorum and enough yes votes. Every counted yes counts, a written one too, also
    where the denominator is the members present (so the share may exceed 1). Blank ballots and
    ballots not handed in count as not yes. Raises `VoteCountImpossible`.
    """
    _ensure_possible(rule, attendees, ballots)
    denominator = _denominator(rule, attendees)
    needed = yes_needed(rule, attendees)
    quorate = quorum_reached(rule, attendees.members, attendees.present)
    return VoteResult(
        passed=quorate and ballots.yes >= needed,
        yes=ballots.yes,
        needed=needed,
        denominator=denominator,
        share=Fraction(ballots.yes, denominator) if denominator else Fraction(0),
        quorate=quorate,
    )


def tally(
    rule: VoteRule, cast: Iterable[tuple[Attendance, Vote | None]]
) -> tuple[Attendees, Ballots]:
    """Count one vote from what each member did, one pair per member of the council.

    Written ballots are left uncounted where the rule has none. A member who is absent has no
    vote, and who takes part may still hand in none. Raises `VoteCountImpossible` for a vote of an
    absent member.
    """
    attendance = dict.fromkeys(Attendance, 0)
    votes = dict.fromkeys(Vote, 0)
    for how, vote in cast:
        attendance[how] += 1
        if how is Attendance.ABSENT and vote is not None:
            raise VoteCountImpossible(_("an absent member has a vote"))
        if vote is not None and (how is Attendance.PRESENT or rule.written):
            votes[vote] += 1
    present, written, absent = (attendance[how] for how in Attendance)
    return (
        Attendees(present + written + absent, present, written, absent),
        Ballots(votes[Vote.YES], votes[Vote.NO], votes[Vote.BLANK]),
    )


def counted_vote(vote: Vote | None, *, conflicted: bool) -> Vote | None:
    """Return the vote as it is counted: a member in conflict casts no yes and no no, but a blank.

    The denominator does not shrink (`VoteRule.conflict`; constructed, sources R20).
    """
    return Vote.BLANK if conflicted and vote is not None else vote


def _denominator(rule: VoteRule, attendees: Attendees) -> int:
    if rule.denominator == "all_members":
        return attendees.members
    if rule.denominator == "present":
        return attendees.present
    return _voters(rule, attendees)


def _voters(rule: VoteRule, attendees: Attendees) -> int:
    return attendees.present + (attendees.written if rule.written else 0)


def _ensure_possible(rule: VoteRule, attendees: Attendees, ballots: Ballots) -> None:
    parts = (attendees.present, attendees.written, attendees.absent)
    counts = (ballots.yes, ballots.no, ballots.blank)
    voters = _voters(rule, attendees)
    problem = None
    if min(*parts, *counts) < 0:
        problem = _("a count is below 0")
    elif sum(parts) != attendees.members:
        problem = _(
            "{present} present, {written} in writing and {absent} absent are not the {members} "
            "members",
            present=attendees.present,
            written=attendees.written,
            absent=attendees.absent,
            members=attendees.members,
        )
    elif sum(counts) > voters:
        problem = _(
            "{ballots} ballots are more than the {voters} members who could vote",
            ballots=sum(counts),
            voters=voters,
        )
    if problem:
        raise VoteCountImpossible(problem)
