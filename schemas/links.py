"""What does a link in a mail stand for? One person's decision on one matter, until a date."""

from __future__ import annotations

from schemas.base import Code, Instant, Model
from schemas.vocabulary import Stage


class DecisionLink(Model):
    """The decision of one person on one step, in one round of a stage's approval."""

    campaign: Code
    stage: Stage
    round: int
    step: int
    person_id: Code
    expires_at: Instant
    mark: str = ""
    """Of the address it went to; it tells nobody which."""
    since: int = 0
    """Which links of this person hold: those from before they were revoked do not."""
