"""How do scores become a shortlist? Reviewers asked, reviews recorded, aggregated, shortlisted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.appraisal import (
    Appraisal,
    aggregate,
    has_conflict,
    is_shortlisted,
    ranking,
)
from campaigns.rules.errors import ReviewerConflicted, ReviewIncomplete, TransitionNotAllowed
from campaigns.rules.late import days_late, deduction
from campaigns.rules.lifecycle import Thing
from campaigns.rules.nomination import deadline_of
from campaigns.services.calendar_entries import entry
from campaigns.services.directory import Directory
from campaigns.services.nomination import check_context
from campaigns.services.stages import ensure_open, is_open
from campaigns.store import campaigns, extensions, nominations, people, reviews
from campaigns.store.records import NominationRecord
from campaigns.store.reviews import NewReview
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from schemas.events import Facts, FactValue
from schemas.imports import ScoreRow
from schemas.messages import ReviewAssigned
from schemas.playbook import Rubric
from schemas.playbook_values import Label
from schemas.views import Done
from schemas.vocabulary import NominationState, Role, Stage

RECORD_REVIEWS: Final = Label(en="review nominations", vi="chấm điểm hồ sơ")


def rubric_of(tx: Transaction) -> Rubric:
    """Return the campaign's rubric.

    Raises:
        TransitionNotAllowed: The campaign has no scoring.
    """
    if tx.playbook.rubric is None:
        raise TransitionNotAllowed("campaign", tx.campaign.code, "without scoring", "score", [])
    return tx.playbook.rubric


def open_panel(tx: Transaction) -> Done:
    """Ask every reviewer, once, for their share of the reviews."""
    if not is_open(tx, Stage.APPRAISAL):
        return Done()
    stage = campaigns.get_stage(tx, Stage.APPRAISAL)
    directory = Directory(tx)
    panel = directory.holding(Role.REVIEWER)
    waiting = nominations.ids_in(tx, [NominationState.ELIGIBLE])
    wanted = len(waiting) * rubric_of(tx).reviews_per_nomination
    share = -(-wanted // len(panel)) if panel else 0
    subject = keys.subject("stage", Stage.APPRAISAL)
    moved = extensions.times_moved(tx, Stage.APPRAISAL, "work")
    sequence = extensions.calendar_sequence(moved)
    for reviewer in panel:
        recipient = directory.to_person(reviewer)
        payload = ReviewAssigned(
            **directory.heading(recipient),
            calendar=entry(
                tx,
                recipient,
                keys.calendar_uid(tx.campaign.code, Stage.APPRAISAL, reviewer.id),
                sequence,
                stage.due_at,
                stage=Stage.APPRAISAL,
            ),
            count=share,
            closes_at=stage.due_at,
        )
        tx.notify(recipient, payload, about=subject, cause=1)
    return Done(changed=len(panel))


def record_reviews(tx: Transaction, rows: Iterable[ScoreRow]) -> Done:
    """Store reviews, each a reviewer's scores on one nomination; one already stored is kept.

    Raises:
        StageNotOpen: The appraisal is not open.
    """
    ensure_open(tx, Stage.APPRAISAL, RECORD_REVIEWS)
    lines: dict[tuple[str, str], list[tuple[str, int, str]]] = defaultdict(list)
    for _row, reviewer_id, code, criterion, points, comment in rows:
        lines[code, reviewer_id].append((criterion, points, comment))
    known = nominations.by_code(tx, sorted({code for code, _reviewer_id in lines}))
    have = reviews.recorded(tx, [record.id for record in known.values()])
    new = [
        (code, NewReview(known[code].id, reviewer_id, scores))
        for (code, reviewer_id), scores in sorted(lines.items())
        if (known[code].id, reviewer_id) not in have
    ]
    _ensure_impartial(tx, known, [review for _code, review in new])
    _ensure_whole(tx, new)
    reviews.add(tx, [review for _code, review in new])
    for code, review in new:
        tx.record(
            "thidua.review.recorded",
            keys.subject("nomination", code),
            {"reviewer": review.reviewer_id, "lines": len(review.scores)},
        )
    return Done(changed=len(new))


def _ensure_impartial(
    tx: Transaction, known: Mapping[str, NominationRecord], new: Sequence[NewReview]
) -> None:
    """Refuse reviews by people of the unit that nominated, or whose model it is (sources R20)."""
    reviewers = people.named(tx, {review.reviewer_id for review in new})
    records = {record.id: record for record in known.values()}
    judged = [(review.reviewer_id, records[review.nomination_id]) for review in new]
    partial = [
        f"{reviewer_id} on {record.code}"
        for reviewer_id, record in judged
        if has_conflict(reviewers[reviewer_id].unit_id, record.nominated_by_id, record.unit_id)
    ]
    if partial:
        raise ReviewerConflicted(partial)


def _ensure_whole(tx: Transaction, new: Sequence[tuple[str, NewReview]]) -> None:
    """Refuse reviews that lack lines: one that is stored is final and could not be completed."""
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
        [Change(one.id, one.code, one.state, _facts_of(results[one.id])) for one in reviewed],
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


def _facts_of(result: Appraisal) -> Facts:
    facts: dict[str, FactValue] = {"reviews": result.reviews}
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
