"""How many people may really act on what is nominated, free of conflict?

Asked of the units before there are nominations, and of the nominations themselves afterwards, by
the same rule that refuses a review and blanks a ballot.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from campaigns.rules.appraisal.panels import Able, Matter, Panel, counted
from campaigns.rules.recognition.votes import free_needed
from campaigns.services.appraisal.conflicts import Conflicts, judge_of, judged_of
from campaigns.services.nomination import reach
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.appraisal import reviews
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.transaction import Transaction
from schemas.outcomes import Remark, RemarkCode
from schemas.vocabulary import RECEIVED, NominationState, Role, Stage, StageState

_NAMED: Final = 5
_TO_REVIEW: Final = (*RECEIVED, NominationState.ELIGIBLE)
_TO_VOTE_ON: Final = (*_TO_REVIEW, NominationState.APPRAISED, NominationState.SHORTLISTED)
_NOMINATING: Final = (StageState.PENDING, StageState.OPEN)
FEW: Final[frozenset[RemarkCode]] = frozenset({"reviewers_few", "voters_few"})
"""Remarks that somebody must act upon."""
_CODES: Final[dict[Role, tuple[RemarkCode, RemarkCode]]] = {
    Role.REVIEWER: ("reviewers_enough", "reviewers_few"),
    Role.COUNCIL: ("voters_enough", "voters_few"),
}


def for_units(tx: Transaction, directory: Directory) -> list[Able]:
    """Count, of each unit that may nominate, who may judge what it nominates for itself.

    A nomination for a unit below has the people of both against it: it may have fewer.
    """
    units = [unit.id for unit in reach.nominating_units(tx, directory)]
    judged = judged_of(tx, [(one, one) for one in units], directory)
    matters = [Matter(one, judged[one, one]) for one in units]
    return _counted(tx, directory, lambda _role: matters)


def for_nominations(tx: Transaction, directory: Directory) -> list[Able]:
    """Count, of each nomination that is still to be judged, who may; who has done so counts."""
    records = nominations.find(tx, states=_TO_VOTE_ON)
    conflicts = Conflicts(tx, records, directory)
    ids = [one.id for one in records]
    given: dict[int, set[str]] = {}
    for nomination_id, reviewer_id in reviews.recorded(tx, ids):
        given.setdefault(nomination_id, set()).add(reviewer_id)
    voted = council.voted(tx, ids)

    def matters(role: Role) -> list[Matter]:
        if role is Role.REVIEWER:
            return [
                Matter(one.code, conflicts.judged(one), frozenset(given.get(one.id, ())))
                for one in records
                if one.state in _TO_REVIEW
            ]
        return [Matter(one.code, conflicts.judged(one)) for one in records if one.id not in voted]

    return _counted(tx, directory, matters)


def lacking(tx: Transaction) -> tuple[list[Able], list[Able]]:
    """Return where too few may act: on nominations, and on units while they nominate."""
    directory = Directory(tx)
    stage = campaigns.find_stage(tx, Stage.NOMINATION)
    nominating = stage is not None and stage.state in _NOMINATING
    units = for_units(tx, directory) if nominating else []
    return [one for one in for_nominations(tx, directory) if one.short], [
        one for one in units if one.short
    ]


def _counted(
    tx: Transaction, directory: Directory, matters: Callable[[Role], Sequence[Matter]]
) -> list[Able]:
    found = []
    for role, needed in _needed(tx):
        holders = directory.holding(role)
        panel = Panel({one.id: judge_of(one, directory) for one in holders})
        if holders:
            found.append(counted(role, panel, needed(len(holders)), matters(role)))
    return found


def _needed(tx: Transaction) -> list[tuple[Role, Callable[[int], int]]]:
    """Return of how many people free of conflict there must be, by role, of so many in all."""
    rubric, vote = tx.playbook.rubric, tx.playbook.vote
    wanted: list[tuple[Role, Callable[[int], int]]] = []
    if rubric is not None:
        wanted.append((Role.REVIEWER, lambda _people: rubric.reviews_per_nomination))
    wanted.append((Role.COUNCIL, lambda people: free_needed(vote, people)))
    return wanted


def remarks(able: Sequence[Able], *, good: bool = False) -> tuple[Remark, ...]:
    """Say of which units too few may judge the nominations; `good`: also where there are enough."""
    found = []
    for one in able:
        enough, few = _CODES[one.role]
        if one.short:
            found.append(
                Remark(code=few, what=listed(one.short), count=len(one.short), of=one.needed)
            )
        elif good:
            found.append(Remark(code=enough, what=str(one.people), count=one.least, of=one.needed))
    return tuple(found)


def told(tx: Transaction) -> tuple[Remark, ...]:
    """Say of reviewers and council whether enough may judge, whichever unit nominates."""
    return remarks(for_units(tx, Directory(tx)), good=True)


def listed(short: Sequence[tuple[str, int]]) -> str:
    """Return the first of what has too few people, each with how many it has."""
    said = ", ".join(f"{name}: {number}" for name, number in short[:_NAMED])
    more = len(short) - _NAMED
    return f"{said} … (+{more})" if more > 0 else said
