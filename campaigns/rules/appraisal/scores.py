"""What is a nomination worth to its reviewers? Scores, their mean, disagreement and order.

Scores are centipoints: points times 100 as an integer, so that steps of 0.5 or 0.25 are exact.
The rubric and its handling are constructed (sources C1 to C9), not official.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from campaigns.rules.appraisal.errors import CriterionNotFound, ReviewRepeated, ScoreNotValid
from schemas.playbook.judging import Rubric

CENTI: Final = 100
"""Centipoints in a point."""

_TRIMMABLE: Final = 3
"""With fewer reviews, leaving out the highest and the lowest would leave none."""


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's scores for one nomination."""

    reviewer_id: str
    points: Mapping[str, int]
    """Centipoints by criterion code; may still be incomplete."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What the reviews of one nomination come to."""

    total: int
    """Centipoints: mean of the counted reviews' totals, rounded half up; 0 without reviews."""
    lines: Mapping[str, int]
    """Centipoints: mean of the counted reviews by criterion, rounded half up."""
    reviews: int
    """Whole reviews received, the trimmed ones included."""
    complete: bool
    """At least as many whole reviews as the rubric wants."""
    disagreements: tuple[str, ...]
    """Criteria to be discussed and scored again, in the rubric's order."""
    days_late: int = 0
    deduction: int = 0
    """Centipoints taken off for being late; the reviewers' mean stays as they gave it."""

    @property
    def points(self) -> int:
        """Centipoints that count: the total less the deduction, never below 0."""
        return max(0, self.total - self.deduction)


@dataclass(frozen=True, slots=True)
class Place:
    """A nomination's place in the ranking; equal nominations share a place."""

    place: int
    """From 1 on; after two at place 3 comes place 5."""
    code: str


def ensure_score_valid(criterion_code: str, centipoints: int, rubric: Rubric) -> None:
    """Refuse a score that no reviewer can give.

    Raises `CriterionNotFound` for an unknown line, `ScoreNotValid` for a score below 0, above the
    line's maximum or between two steps.
    """
    for line in rubric.criteria:
        if line.code == criterion_code:
            if not 0 <= centipoints <= line.maximum * CENTI or centipoints % (rubric.step * CENTI):
                given = Decimal(centipoints) / CENTI
                raise ScoreNotValid(
                    criterion_code, f"{given:f}", f"{line.maximum:f}", f"{rubric.step:f}"
                )
            return
    raise CriterionNotFound(criterion_code, [line.code for line in rubric.criteria])


def aggregate(reviews: Sequence[Review], rubric: Rubric) -> Appraisal:
    """Bring the reviews of one nomination together.

    Only whole reviews count: a reviewer halfway would pull the mean down. From `rubric.trim_from`
    whole reviews on, the one with the highest and the one with the lowest total are left out of
    total and lines (of equal ones, the first and the last by reviewer id). A line is in
    disagreement where highest minus lowest, untrimmed, is more than `rubric.disagreement` of its
    maximum. The order of the reviews does not matter. Scores are taken as valid
    (`ensure_score_valid`). Raises `ReviewRepeated` where a reviewer stands twice.
    """
    codes = [line.code for line in rubric.criteria]
    rows: list[tuple[int, str, list[int]]] = []
    for review in reviews:
        points = [review.points.get(code) for code in codes]
        if None not in points:
            scores = [score for score in points if score is not None]
            rows.append((sum(scores), review.reviewer_id, scores))
    _ensure_once([review.reviewer_id for review in reviews])
    rows.sort()
    trim = rubric.trim_from is not None and len(rows) >= max(rubric.trim_from, _TRIMMABLE)
    counted = rows[1:-1] if trim else rows
    return Appraisal(
        total=_mean([total for total, _, _ in counted]),
        lines={
            code: _mean(scores)
            for code, scores in zip(codes, _columns(counted, len(codes)), strict=True)
        },
        reviews=len(rows),
        complete=len(rows) >= rubric.reviews_per_nomination,
        disagreements=_disagreements(_columns(rows, len(codes)), rubric),
    )


def _ensure_once(reviewers: Sequence[str]) -> None:
    if len(set(reviewers)) != len(reviewers):
        raise ReviewRepeated(next(who for who in sorted(reviewers) if reviewers.count(who) > 1))


def _columns(rows: Sequence[tuple[int, str, list[int]]], width: int) -> list[tuple[int, ...]]:
    if not rows:
        return [()] * width
    return list(zip(*(scores for _, _, scores in rows), strict=True))


def _mean(values: Sequence[int]) -> int:
    """Round half up: (2 * sum + n) // (2 * n) is floor(mean + 1/2) without a fraction."""
    count = len(values)
    return (2 * sum(values) + count) // (2 * count) if count else 0


def _disagreements(columns: Sequence[Sequence[int]], rubric: Rubric) -> tuple[str, ...]:
    part, whole = rubric.disagreement.as_integer_ratio()
    return tuple(
        line.code
        for line, scores in zip(rubric.criteria, columns, strict=True)
        if scores and (max(scores) - min(scores)) * whole > line.maximum * (CENTI * part)
    )


def is_shortlisted(appraisal: Appraisal, rubric: Rubric) -> bool:
    """Say whether a nomination goes to the council: fully reviewed, and at or above the cut-off.

    Without `rubric.minimum_total` every fully reviewed nomination goes.
    """
    cut = rubric.minimum_total
    return appraisal.complete and (cut is None or appraisal.points >= cut * CENTI)


def ranking(
    appraisals: Mapping[str, Appraisal], rubric: Rubric, tie_order: Sequence[str] = ()
) -> tuple[Place, ...]:
    """Put nominations (by code) in order, the most points first; a deduction counts.

    Equal points are told apart by the means of the lines in `tie_order`, else of all lines, the
    heaviest first and equally heavy ones in the rubric's order. What is equal even then shares
    its place, in order of the codes; the council decides (sources G5, R18).
    Raises `CriterionNotFound` for an unknown code in `tie_order`.
    """
    known = [line.code for line in rubric.criteria]
    for code in tie_order:
        if code not in known:
            raise CriterionNotFound(code, known)
    order = tie_order or [
        line.code for line in sorted(rubric.criteria, key=lambda line: -line.maximum)
    ]
    keyed = sorted(
        ((-found.points, *(-found.lines[line] for line in order)), code)
        for code, found in appraisals.items()
    )
    places: list[Place] = []
    for index, (key, code) in enumerate(keyed):
        shared = index > 0 and keyed[index - 1][0] == key
        places.append(Place(places[-1].place if shared else index + 1, code))
    return tuple(places)
