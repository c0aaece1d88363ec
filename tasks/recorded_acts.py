"""The task of a rehearsal: recorded acts of people are given to the engine on their dates."""

from __future__ import annotations

from pathlib import Path

from campaigns.rehearsal.recorded import RecordedActs
from campaigns.services.steps import Acts
from schemas.vocabulary import Stage
from tasks.common import app, step


@step("{campaign_code}/{stage}/{what}")
def play(campaign_code: str, stage: Stage, what: Acts, folder: str) -> int:
    """Let people act as is recorded in a folder; return how many acts that were."""
    return RecordedActs(app(), campaign_code, Path(folder)).play(stage, what)
