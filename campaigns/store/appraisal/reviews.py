"""Which reviews and scores were given, and what do they come to?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import orjson
from sqlalchemy import delete, func, select

from campaigns.rules.appraisal.scores import Appraisal, Review
from campaigns.store.bulk import insert_numbered, insert_rows
from campaigns.store.chunks import chunked
from campaigns.store.prepared import PreparedList
from campaigns.store.tables import appraisal, nomination, review, score
from campaigns.store.transaction import Transaction

_RECORDED: Final = PreparedList(
    lambda ids: select(review.c.nomination_id, review.c.reviewer_id, review.c.id).where(
        review.c.nomination_id.in_(ids)
    )
)
_SCORES: Final = PreparedList(
    lambda ids: (
        select(
            review.c.nomination_id,
            review.c.reviewer_id,
            score.c.criterion,
            score.c.centipoints,
        )
        .join(score, score.c.review_id == review.c.id)
        .where(review.c.nomination_id.in_(ids))
        .order_by(review.c.nomination_id, review.c.reviewer_id)
    )
)


class NewReview(NamedTuple):
    """One reviewer's scores on one nomination: criterion, centipoints, comment."""

    nomination_id: int
    reviewer_id: str
    scores: Sequence[tuple[str, int, str]]


def add(tx: Transaction, new: Sequence[NewReview]) -> None:
    """Insert reviews with their scores."""
    ids = insert_numbered(
        tx.connection,
        review,
        ("nomination_id", "reviewer_id", "recorded_at"),
        [(item.nomination_id, item.reviewer_id, tx.now) for item in new],
    )
    insert_rows(
        tx.connection,
        score,
        ("review_id", "criterion", "centipoints", "comment"),
        [
            (review_id, *line)
            for review_id, item in zip(ids, new, strict=True)
            for line in item.scores
        ],
    )


def recorded(tx: Transaction, ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """Return the id of every review of these nominations, by (nomination id, reviewer id)."""
    return {
        (nomination_id, reviewer_id): review_id
        for nomination_id, reviewer_id, review_id in _RECORDED.all(tx.connection, ids)
    }


_LINES: Final = PreparedList(
    lambda ids: select(
        score.c.review_id, score.c.criterion, score.c.centipoints, score.c.comment
    ).where(score.c.review_id.in_(ids))
)


def scores_of(
    tx: Transaction, pairs: Collection[tuple[int, str]]
) -> dict[tuple[int, str], dict[str, tuple[int, str]]]:
    """Return those of the reviews that are stored: points and comment by criterion.

    A review is named by nomination id and reviewer.
    """
    stored = recorded(tx, sorted({nomination_id for nomination_id, _reviewer in pairs}))
    wanted = {review_id: pair for pair, review_id in stored.items() if pair in pairs}
    found: dict[tuple[int, str], dict[str, tuple[int, str]]] = {
        pair: {} for pair in wanted.values()
    }
    for review_id, line, points, comment in _LINES.all(tx.connection, sorted(wanted)):
        found[wanted[review_id]][line] = (points, comment)
    return found


def replace(tx: Transaction, review_id: int, lines: Sequence[tuple[str, int, str]]) -> None:
    """Write the scores of a review anew."""
    tx.connection.execute(delete(score).where(score.c.review_id == review_id))
    names = ("review_id", "criterion", "centipoints", "comment")
    insert_rows(tx.connection, score, names, [(review_id, *line) for line in lines])


def forget_appraisals(tx: Transaction, ids: Sequence[int]) -> None:
    """Take out what the reviews of nominations came to, so that it is reckoned anew."""
    for part in chunked(ids):
        tx.connection.execute(delete(appraisal).where(appraisal.c.nomination_id.in_(part)))


def of(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Review]]:
    """Return the reviews of nominations, by nomination id."""
    found: dict[int, list[Review]] = {}
    last: tuple[int, str] | None = None
    points: dict[str, int] = {}
    for nomination_id, reviewer_id, line, centipoints in _SCORES.all(tx.connection, ids):
        if (nomination_id, reviewer_id) != last:
            last, points = (nomination_id, reviewer_id), {}
            found.setdefault(nomination_id, []).append(Review(reviewer_id, points))
        points[line] = centipoints
    return found


class StoredAppraisal(NamedTuple):
    """What reviews came to, as its row holds it."""

    total_centipoints: int
    reviews: int
    lines: str
    disagreements: str
    days_late: int
    deduction_centipoints: int


def as_stored(result: Appraisal) -> StoredAppraisal:
    """Write what reviews came to as its row holds it."""
    return StoredAppraisal(
        result.total,
        result.reviews,
        orjson.dumps(dict(result.lines)).decode(),
        orjson.dumps(list(result.disagreements)).decode(),
        result.days_late,
        result.deduction,
    )


def save_appraisals(tx: Transaction, results: Mapping[int, Appraisal]) -> None:
    """Store what the reviews of each nomination come to."""
    names = ("nomination_id", "appraised_at", *StoredAppraisal._fields)
    rows = [(nomination_id, tx.now, *as_stored(one)) for nomination_id, one in results.items()]
    insert_rows(tx.connection, appraisal, names, rows)


def appraisals(tx: Transaction) -> dict[str, Appraisal]:
    """Return what the reviews of every appraised nomination came to, by its code."""
    rows = tx.connection.execute(
        select(
            nomination.c.code,
            appraisal.c.total_centipoints,
            appraisal.c.lines,
            appraisal.c.reviews,
            appraisal.c.disagreements,
            appraisal.c.days_late,
            appraisal.c.deduction_centipoints,
        )
        .join(nomination, nomination.c.id == appraisal.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
    )
    return {
        row.code: Appraisal(
            total=row.total_centipoints,
            lines=orjson.loads(row.lines),
            reviews=row.reviews,
            complete=True,
            disagreements=tuple(orjson.loads(row.disagreements)),
            days_late=row.days_late,
            deduction=row.deduction_centipoints,
        )
        for row in rows
    }


class ReviewCounts(NamedTuple):
    """How much was reviewed: scores, different reviewers, reviews."""

    scores: int
    reviewers: int
    reviews: int


def counts(tx: Transaction) -> ReviewCounts:
    """Count scores, reviewers and reviews of the campaign."""
    mine = (
        select(review.c.id, review.c.reviewer_id)
        .join(nomination, nomination.c.id == review.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
        .subquery()
    )
    reviews, reviewers = tx.connection.execute(
        select(func.count(), func.count(mine.c.reviewer_id.distinct()))
    ).one()
    scores = tx.connection.execute(
        select(func.count()).select_from(score.join(mine, mine.c.id == score.c.review_id))
    ).scalar_one()
    return ReviewCounts(scores, reviewers, reviews)


def given_by(tx: Transaction) -> dict[str, int]:
    """Count the reviews that each reviewer has given in the campaign, by person id."""
    rows = tx.connection.execute(
        select(review.c.reviewer_id, func.count())
        .join(nomination, nomination.c.id == review.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
        .group_by(review.c.reviewer_id)
    )
    return {row[0]: row[1] for row in rows}


def appraised(tx: Transaction) -> int:
    """Count the campaign's nominations whose reviews are complete."""
    query = (
        select(func.count())
        .select_from(appraisal.join(nomination, nomination.c.id == appraisal.c.nomination_id))
        .where(nomination.c.campaign_id == tx.campaign.id)
    )
    return tx.connection.execute(query).scalar_one()
