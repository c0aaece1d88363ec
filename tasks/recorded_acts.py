"""Tasks of a rehearsal: the recorded acts of people, given to the engine on their dates.

In a real campaign `folder` is None and nothing here happens: people act by themselves.
"""

from __future__ import annotations

from pathlib import Path

from campaigns.rehearsal.recorded import RecordedActs
from schemas.vocabulary import Stage
from tasks.common import app, step


def _acts(campaign_code: str, folder: str) -> RecordedActs:
    return RecordedActs(app(), campaign_code, Path(folder))


@step("{campaign_code}/{stage}/reach-opening")
def _reach_opening(campaign_code: str, stage: str, folder: str) -> None:
    _acts(campaign_code, folder).reach_opening(Stage(stage))


@step("{campaign_code}/{stage}/play-approval")
def _play_approval(campaign_code: str, stage: str, folder: str) -> int:
    return _acts(campaign_code, folder).approve(Stage(stage))


@step("{campaign_code}/nomination/play-nominations")
def _play_nominations(campaign_code: str, folder: str) -> int:
    return _acts(campaign_code, folder).nominate()


@step("{campaign_code}/appraisal/play-reviews")
def _play_reviews(campaign_code: str, folder: str) -> int:
    return _acts(campaign_code, folder).review()


@step("{campaign_code}/recognition/play-votes")
def _play_votes(campaign_code: str, folder: str) -> int:
    return _acts(campaign_code, folder).vote()


@step("{campaign_code}/replication/play-release")
def _play_release(campaign_code: str, folder: str) -> int:
    return _acts(campaign_code, folder).release()


@step("{campaign_code}/replication/play-adoptions")
def _play_adoptions(campaign_code: str, folder: str) -> int:
    return _acts(campaign_code, folder).adopt()


def reach_opening(campaign_code: str, stage: Stage, folder: str | None) -> None:
    """Move the rehearsal's clock to the opening of a stage."""
    if folder:
        _reach_opening(campaign_code, stage, folder)


def play_approval(campaign_code: str, stage: Stage, folder: str | None) -> None:
    """Let the appointed approvers approve a stage on the calendar's date."""
    if folder:
        _play_approval(campaign_code, stage, folder)


def play_nominations(campaign_code: str, folder: str | None) -> None:
    """Let units submit their nominations, day by day."""
    if folder:
        _play_nominations(campaign_code, folder)


def play_reviews(campaign_code: str, folder: str | None) -> None:
    """Let reviewers hand in their scores."""
    if folder:
        _play_reviews(campaign_code, folder)


def play_votes(campaign_code: str, folder: str | None) -> None:
    """Let the council vote, session by session."""
    if folder:
        _play_votes(campaign_code, folder)


def play_release(campaign_code: str, folder: str | None) -> None:
    """Let the coordinator release the held results."""
    if folder:
        _play_release(campaign_code, folder)


def play_adoptions(campaign_code: str, folder: str | None) -> None:
    """Let units report their replications, day by day."""
    if folder:
        _play_adoptions(campaign_code, folder)
