"""How is a review corrected before the appraisal ends? By an act with a reason, on record.

A review is replaced whole, by its reviewer or a coordinator, while the appraisal is open; what its
nomination had come to is reckoned anew. Whoever gave what another corrects is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import orjson

from campaigns.rules import keys
from campaigns.rules.appraisal.errors import CorrectionNotPossible
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.lifecycle import Thing
from campaigns.rules.log import seals
from campaigns.services.appraisal import notices
from campaigns.services.appraisal.notices import CorrectedReview
from campaigns.services.appraisal.reviews import (
    RECORD_REVIEWS,
    different_lines,
    ensure_impartial,
    ensure_whole,
    gathered,
)
from campaigns.services.stages import ensure_open
from campaigns.store.appraisal import corrections as judgement_corrections
from campaigns.store.appraisal import reviews
from campaigns.store.appraisal.corrections import NewCorrection
from campaigns.store.appraisal.reviews import NewReview
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from language import _
from schemas.commands.appraisal import CorrectOwnReview, CorrectReviews
from schemas.imports import ScoreRow
from schemas.outcomes import Done
from schemas.vocabulary import NominationState, Stage

_APPRAISED: Final = (
    NominationState.APPRAISED,
    NominationState.SHORTLISTED,
    NominationState.NOT_RECOGNISED,
)


def correct_reviews(
    tx: Transaction, command: CorrectReviews | CorrectOwnReview, rows: Iterable[ScoreRow]
) -> Done:
    """Replace reviews that are stored; those that say what is stored are known.

    Raises:
        ReasonMissing: No reason was given.
        StageNotOpen: The appraisal is not open.
        CorrectionNotPossible: A review is not there, so that there is nothing to correct.
        ReviewerConflicted, ReviewIncomplete: As for a new review.
    """
    ensure_reason(command.reason, _("Correcting a review"))
    given = gathered(rows)
    ensure_open(tx, Stage.APPRAISAL, RECORD_REVIEWS)
    known = nominations.by_code(tx, sorted({code for code, _who in given}))
    pairs = {(known[code].id, who) for code, who in given if code in known}
    ids = reviews.recorded(tx, sorted({one for one, _who in pairs}))
    have = reviews.scores_of(tx, pairs)
    absent = [f"{who} - {code}" for code, who in given if (known[code].id, who) not in have]
    if absent:
        raise CorrectionNotPossible(
            _("no review is stored of {which}; submit it instead.", which="; ".join(absent))
        )
    changed = {
        (code, who): lines
        for (code, who), lines in given.items()
        if different_lines(have[known[code].id, who], list(lines))
    }
    new = [(code, NewReview(known[code].id, who, lines)) for (code, who), lines in changed.items()]
    ensure_impartial(tx, known, [review for _code, review in new])
    ensure_whole(tx, new)
    corrections, replaced = [], []
    for code, review in new:
        pair, salt = (review.nomination_id, review.reviewer_id), known[code].salt
        reviews.replace(tx, ids[pair], review.scores)
        before = orjson.dumps(have[pair], option=orjson.OPT_SORT_KEYS).decode()
        correction = NewCorrection(*pair, command.person_id, command.reason, before)
        corrections.append(correction)
        tx.record(
            "thidua.review.corrected",
            keys.subject("nomination", code),
            {
                "person": command.person_id,
                "reviewer": review.reviewer_id,
                "lines": different_lines(have[pair], list(review.scores)),
                seals.SEAL: seals.of_review(salt, review.reviewer_id, review.scores),
                seals.CORRECTED: seals.of_judgement_correction(salt, *correction[1:]),
            },
        )
        replaced.append(CorrectedReview(known[code], pair[1], have[pair], review.scores))
    _reconsider(tx, [known[code] for code in sorted({code for code, _who in changed})])
    if corrections:
        judgement_corrections.save(tx, corrections)
        notices.tell_reviewers(tx, command, replaced)
    return Done(changed=len(new), known=len(given) - len(new))


def _reconsider(tx: Transaction, records: Sequence[NominationRecord]) -> None:
    """Have what was reckoned from replaced reviews reckoned anew."""
    back = [one for one in records if one.state in _APPRAISED]
    apply(tx, Thing.NOMINATION, "reconsider", [Change(one.id, one.code, one.state) for one in back])
    reviews.forget_appraisals(tx, [one.id for one in back])
