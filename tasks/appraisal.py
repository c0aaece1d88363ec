"""Tasks of the appraisal stage."""

from __future__ import annotations

from campaigns.services.appraisal import panel, reviews
from tasks.common import app, batches, step


@step("{campaign_code}/appraisal/open-panel")
def open_panel(campaign_code: str) -> int:
    """Ask every reviewer, once; return how many there are."""
    return app().act(campaign_code, panel.open_panel).changed


@step("{campaign_code}/appraisal/list-unappraised")
def unappraised(campaign_code: str) -> list[list[int]]:
    """Return batches of ids of eligible nominations."""
    return list(batches(app().read(campaign_code, reviews.to_appraise)))


@step("{campaign_code}/appraisal/aggregate")
def aggregate(campaign_code: str, ids: list[int]) -> int:
    """Aggregate the reviews of a batch and decide the shortlist; return how many were complete."""
    return app().act(campaign_code, reviews.appraise_batch, ids).changed
