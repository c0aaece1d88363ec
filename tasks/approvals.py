"""Tasks around a stage's beginning and end: open it, ask for its approval."""

from __future__ import annotations

from campaigns.services import stages
from campaigns.services.approvals import verdicts
from schemas.vocabulary import Stage
from tasks.common import app, step


@step("{campaign_code}/{stage}/open")
def open_stage(campaign_code: str, stage: str) -> bool:
    """Open a stage whose turn and time have come; True if it is open."""
    return app().act(campaign_code, stages.open_if_due, Stage(stage))


@step("{campaign_code}/{stage}/request-approval")
def request_approval(campaign_code: str, stage: str) -> int:
    """Ask the approvers of a stage whose work is done; return 1 if they were asked now.

    Where the stage waits already, those are asked whose turn has come since.
    """
    return app().act(campaign_code, verdicts.request_if_done, Stage(stage)).changed
