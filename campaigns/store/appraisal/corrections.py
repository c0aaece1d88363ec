"""Which reviews and votes were corrected before the decision, by whom, and why?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from campaigns.store.tables import judgement_correction, nomination
from campaigns.store.transaction import Transaction


class NewCorrection(NamedTuple):
    """A correction as it is stored."""

    nomination_id: int
    reviewer_id: str | None
    """Whose review; None: the votes on the nomination."""
    person_id: str
    reason: str
    before: str
    """The scores that were replaced, JSON; empty for votes, which are kept by nobody's name."""


class CorrectionRecord(NamedTuple):
    """A correction as it is listed."""

    nomination_code: str
    reviewer_id: str | None
    person_id: str
    reason: str
    before: str
    corrected_at: datetime


def save(tx: Transaction, new: Sequence[NewCorrection]) -> None:
    """Store corrections."""
    rows = [{**one._asdict(), "corrected_at": tx.now} for one in new]
    tx.connection.execute(insert(judgement_correction), rows)


def every(tx: Transaction) -> list[CorrectionRecord]:
    """Return the corrections of the campaign, in their order."""
    rows = tx.connection.execute(
        select(
            nomination.c.code,
            judgement_correction.c.reviewer_id,
            judgement_correction.c.person_id,
            judgement_correction.c.reason,
            judgement_correction.c.before,
            judgement_correction.c.corrected_at,
        )
        .join(nomination, nomination.c.id == judgement_correction.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
        .order_by(judgement_correction.c.id)
    )
    return [CorrectionRecord(*row) for row in rows]
