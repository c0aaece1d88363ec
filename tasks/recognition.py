"""Tasks of the recognition stage."""

from __future__ import annotations

from campaigns.services.recognition import council
from tasks.common import app, step


@step("{campaign_code}/recognition/convene")
def convene(campaign_code: str) -> int:
    """Plan the council's sessions and invite the members; return how many sessions."""
    return app().act(campaign_code, council.convene).changed


@step("{campaign_code}/recognition/draft-decision")
def draft_decision(campaign_code: str) -> int:
    """Draft the decision once everything was voted on; return 1 if it was drafted now."""
    return app().act(campaign_code, council.draft_decision).changed
