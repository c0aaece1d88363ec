"""Tasks of the nomination stage."""

from __future__ import annotations

from campaigns.services.nomination import checking
from campaigns.store.nomination import nominations
from schemas.vocabulary import NominationState
from tasks.common import app, batches, step


@step("{campaign_code}/nomination/return-incomplete")
def return_incomplete(campaign_code: str) -> int:
    """Send back, before the deadline, what a correction can mend; return how many."""
    ids = app().read(campaign_code, nominations.ids_in, [NominationState.SUBMITTED])
    return sum(
        app().act(campaign_code, checking.return_incomplete, batch).changed
        for batch in batches(ids)
    )


@step("{campaign_code}/nomination/list-undecided")
def undecided(campaign_code: str) -> list[list[int]]:
    """Return batches of ids that the rules must decide, once the deadline has passed."""
    return list(batches(app().read(campaign_code, checking.ready_to_close)))


@step("{campaign_code}/nomination/check")
def check(campaign_code: str, ids: list[int]) -> int:
    """Let the eligibility rules decide a batch; return how many were decided."""
    return app().act(campaign_code, checking.check_batch, ids).changed
