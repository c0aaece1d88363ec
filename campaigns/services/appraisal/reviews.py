"""How do scores become a shortlist? Reviews are recorded, aggregated, shortlisted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.appraisal.errors import (
    ReviewContradicted,
    ReviewerConflicted,
    ReviewIncomplete,
    ReviewNotWanted,
)
from campaigns.rules.appraisal.scores import Appraisal, aggregate, is_shortlisted, ranking
from campaigns.rules.deadlines.late import days_late, deduction
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing
from campaigns.rules.log import seals
from campaigns.rules.nomination.errors import ReviewsOver
from campaigns.rules.nomination.receiving import deadline_of
from campaigns.services.appraisal.conflicts import Conflicts
from campaigns.services.nomination.checking import check_context
from campaigns.services.registers.directory import Directory
from campaigns.services.stages import ensure_open, is_open
from campaigns.store.appraisal import reviews
from campaigns.store.appraisal.reviews import NewReview
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from language import _
from schemas.commands.nomination import RecordReview
from schemas.events import Facts, FactValue
from schemas.imports import ScoreRow
from schemas.outcomes import Done, Remark
from schemas.playbook.judging import Rubric
from schemas.vocabulary import NominationState, Stage

RECORD_REVIEWS: Final = _("review nominations")


def rubric_of(tx: Transaction) -> Rubric:
    """Return the campaign's rubric.

    Raises:
        TransitionNotAllowed: The campaign has no scoring.
    """
    if tx.playbook.rubric is None:
        raise TransitionNotAllowed("campaign", tx.campaign.code, "without scoring", "score", [])
    return tx.playbook.rubric


def hand_in(tx: Transaction, command: RecordReview, rows: Sequence[ScoreRow]) -> Done:
    """Store a reviewer's own scores on one nomination.

    Raises:
        ReviewsOver: The nomination has gone on, and no review of theirs is stored.
        StageNotOpen, ReviewContradicted, ReviewerConflicted, ReviewIncomplete: As for
            `record_reviews`.
    """
    code = command.nomination_code
    found = nominations.by_code(tx, [code])[code]
    known = reviews.recorded(tx, [found.id])
    if found.state != NominationState.ELIGIBLE and (found.id, command.person_id) not in known:
        raise ReviewsOver(code)
    return record_reviews(tx, rows)


def record_reviews(tx: Transaction, rows: Iterable[ScoreRow]) -> Done:
    """Store reviews, each a reviewer's scores on one nomination; one stored just so is known.

    Raises:
        StageNotOpen: The appraisal is not open.
        ReviewContradicted: One is stored already with other scores.
        ReviewNotWanted: A nomination is not to be reviewed: it is not eligible, or has its reviews.
        ReviewerConflicted, ReviewIncomplete: As their names say.
    """
    given = gathered(rows)
    known = nominations.by_code(tx, sorted({code for code, _reviewer_id in given}))
    have = reviews.scores_of(tx, _pairs(given, known))
    new = [
        (code, NewReview(known[code].id, reviewer_id, lines))
        for (code, reviewer_id), lines in given.items()
        if (known[code].id, reviewer_id) not in have
    ]
    differing = [
        f"{reviewer_id} - {code}: {', '.join(other)}"
        for (code, reviewer_id), lines in given.items()
        if (stored := have.get((known[code].id, reviewer_id)))
        and (other := different_lines(stored, lines))
    ]
    if differing:
        raise ReviewContradicted(differing)
    if not new:
        return Done(known=len(given))
    ensure_open(tx, Stage.APPRAISAL, RECORD_REVIEWS)
    _ensure_wanted([known[code] for code, _review in new])
    named = ensure_impartial(tx, known, [review for _code, review in new])
    ensure_whole(tx, new)
    reviews.add(tx, [review for _code, review in new])
    for code, review in new:
        facts: dict[str, FactValue] = {
            "reviewer": review.reviewer_id,
            "lines": len(review.scores),
            seals.SEAL: seals.of_review(known[code].salt, review.reviewer_id, review.scores),
        }
        if (code, review.reviewer_id) in named:
            facts["owner_named"] = True
        tx.record("thidua.review.recorded", keys.subject("nomination", code), facts)
    remarks = tuple(Remark(code="owner_named", what=f"{who}, {code}") for code, who in named)
    return Done(changed=len(new), known=len(given) - len(new), remarks=remarks)


Lines = list[tuple[str, int, str]]
"""A review: criterion, centipoints, comment."""


def gathered(rows: Iterable[ScoreRow]) -> dict[tuple[str, str], Lines]:
    """Return scores as reviews, by nomination code and reviewer, in their order."""
    lines: dict[tuple[str, str], Lines] = defaultdict(list)
    for _row, reviewer_id, code, criterion, points, comment in rows:
        lines[code, reviewer_id].append((criterion, points, comment))
    return dict(sorted(lines.items()))


def _pairs(
    given: Iterable[tuple[str, str]], known: Mapping[str, NominationRecord]
) -> set[tuple[int, str]]:
    return {(known[code].id, reviewer_id) for code, reviewer_id in given}


def different_lines(stored: Mapping[str, tuple[int, str]], lines: Lines) -> list[str]:
    """Return the criteria on which a review says otherwise than the one that is stored."""
    said = {criterion: (points, comment) for criterion, points, comment in lines}
    return sorted(one for one in stored.keys() | said if stored.get(one) != said.get(one))


def _ensure_wanted(records: Iterable[NominationRecord]) -> None:
    """Refuse reviews of what is not before the panel: not eligible, or appraised already."""
    other = {one.code: one.state for one in records if one.state != NominationState.ELIGIBLE}
    if other:
        raise ReviewNotWanted(other)


def ensure_impartial(
    tx: Transaction, known: Mapping[str, NominationRecord], new: Sequence[NewReview]
) -> list[tuple[str, str]]:
    """Refuse reviews by people too near; return (code, reviewer) where only a name is the same."""
    reviewers = people.named(tx, {review.reviewer_id for review in new})
    records = {record.id: record for record in known.values()}
    judged = [(reviewers[review.reviewer_id], records[review.nomination_id]) for review in new]
    conflicts = Conflicts(tx, list({one.id: one for _who, one in judged}.values()), Directory(tx))
    partial = [
        (who.id, record.code, why)
        for who, record in judged
        if (why := conflicts.of(who, record)) is not None
    ]
    if partial:
        raise ReviewerConflicted(partial)
    return [(record.code, who.id) for who, record in judged if conflicts.is_named(who, record)]


def ensure_whole(tx: Transaction, new: Sequence[tuple[str, NewReview]]) -> None:
    """Refuse reviews that lack lines: one that is stored could not be completed."""
    wanted = {line.code for line in rubric_of(tx).criteria}
    lacking = [
        f"{review.reviewer_id} on {code}: {', '.join(sorted(missing))}"
        for code, review in new
        if (missing := wanted.difference(line for line, _points, _comment in review.scores))
    ]
    if lacking:
        raise ReviewIncomplete(lacking)


def to_appraise(tx: Transaction) -> list[int]:
    """Return ids of eligible nominations while their appraisal is open."""
    if not is_open(tx, Stage.APPRAISAL):
        return []
    return nominations.ids_in(tx, [NominationState.ELIGIBLE])


def appraise_batch(tx: Transaction, ids: Sequence[int]) -> Done:
    """Aggregate the reviews of nominations that have all of theirs, and decide the shortlist.

    Those at or above the cut-off go before the council; the others are declined.
    """
    rubric = rubric_of(tx)
    records = nominations.find(tx, ids=ids, states=[NominationState.ELIGIBLE])
    given = reviews.of(tx, [record.id for record in records])
    results = {
        record.id: result
        for record in records
        if (result := aggregate(given.get(record.id, []), rubric)).complete
    }
    results |= _less_for_being_late(tx, records, results)
    reviewed = [record for record in records if record.id in results]
    apply(
        tx,
        Thing.NOMINATION,
        "appraise",
        [
            Change(one.id, one.code, one.state, _facts_of(results[one.id], one.salt))
            for one in reviewed
        ],
    )
    reviews.save_appraisals(tx, results)
    for command, wanted in (("shortlist", True), ("decline", False)):
        changes = [
            Change(one.id, one.code, NominationState.APPRAISED)
            for one in reviewed
            if is_shortlisted(results[one.id], rubric) is wanted
        ]
        apply(tx, Thing.NOMINATION, command, changes)
    return Done(changed=len(reviewed))


def _facts_of(result: Appraisal, salt: str) -> Facts:
    sealed = seals.of_appraisal(salt, *reviews.as_stored(result))
    facts: dict[str, FactValue] = {"reviews": result.reviews, seals.SEAL: sealed}
    return {**facts, "days_late": result.days_late} if result.days_late else facts


def _less_for_being_late(
    tx: Transaction, records: Sequence[NominationRecord], results: Mapping[int, Appraisal]
) -> dict[int, Appraisal]:
    """Return those results from which points come off, with how late they were."""
    if tx.playbook.late.policy != "penalty":
        return {}
    context = check_context(tx)
    found: dict[int, Appraisal] = {}
    for one in records:
        if one.id in results:
            deadline = deadline_of(one.nominated_by_id, context)
            days = days_late(one.submitted_at, deadline, tx.playbook)
            off = deduction(days, tx.playbook.late)
            found[one.id] = replace(results[one.id], days_late=days, deduction=off)
    return found


class Standing(NamedTuple):
    """Where an appraised nomination stands."""

    place: int
    total: Decimal
    """Points: the reviewers' mean."""
    deduction: Decimal
    """Points taken off for being late; the place is by what is left."""


def places(tx: Transaction) -> dict[str, Standing]:
    """Return the place and the points of every appraised nomination, by its code.

    Equal points are told apart by the heaviest lines first; what is equal even then shares its
    place (sources R18).
    """
    if tx.playbook.rubric is None:
        return {}
    found = reviews.appraisals(tx)
    return {
        one.code: Standing(
            one.place,
            Decimal(found[one.code].total) / 100,
            Decimal(found[one.code].deduction) / 100,
        )
        for one in ranking(found, tx.playbook.rubric)
    }


def missing_reviews(tx: Transaction) -> int:
    """Count the reviews that eligible nominations still lack."""
    waiting = nominations.ids_in(tx, [NominationState.ELIGIBLE])
    wanted = rubric_of(tx).reviews_per_nomination
    given = reviews.of(tx, waiting)
    return sum(max(0, wanted - len(given.get(one, []))) for one in waiting)
