"""Tasks that show where a campaign stands: counts only, for everybody who may see Prefect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from campaigns.engine import rounds
from campaigns.rules.waiting_words import waiting_line
from campaigns.services.sight import of_outside
from campaigns.store import campaigns
from campaigns.store.transaction import Transaction
from campaigns.views import shown
from language import LANGUAGES, Language
from schemas.views.board import CampaignShown, ShownFunnel
from schemas.vocabulary import CampaignState, Stage
from tasks import board_page
from tasks.common import app, step

_FEW: Final = 20
"""Campaigns whose table is drawn anew with each run; that of more, every ten minutes."""


def stages_in_turn(campaign_code: str) -> Iterator[Stage]:
    """Yield the stages to go through, from the first with something to do to the first that waits.

    Each is gone through before the next is asked for.
    """
    return rounds.stages_in_turn(app(), campaign_code)


def is_under_way(campaign_code: str) -> bool:
    """Say whether the campaign was launched and is not over."""
    return app().read(campaign_code, lambda tx: tx.campaign.state == CampaignState.RUNNING)


@step("all/board/publish")
def publish_board() -> int:
    """Publish the table of all campaigns as an artifact; return how many there are."""
    found = [app().read(code, _in_words) for code in app().read(None, campaigns.codes)]
    counted = Counter(language for _, language, _ in found).most_common(1)
    heads = _set_language() or (counted[0][0] if counted else "vi")
    table = [board_page.row(view, language, zone, heads) for view, language, zone in found]
    create_table_artifact(
        key="campaign-board", table=table, description=board_page.about_all(heads)
    )
    return len(found)


def publish_small_board() -> None:
    """Publish the table of all campaigns, where it costs a run next to nothing."""
    if len(app().read(None, campaigns.codes)) <= _FEW:
        publish_board()


@step("{campaign_code}/board/publish")
def publish_page(campaign_code: str) -> tuple[bool, str]:
    """Publish the campaign's page as an artifact.

    Return whether the campaign waits for anything, and in words for whom, for what, until when.
    """
    view, language, zone = app().read(campaign_code, _in_words)
    funnel = app().read(campaign_code, _funnel, language)
    create_markdown_artifact(
        key=f"campaign-{campaign_code.lower()}",
        markdown=board_page.page(view, funnel, language, zone),
        description=board_page.about(view, language),
    )
    return view.waiting is not None, waiting_line(view.waiting, language, zone, view.now)


def _in_words(tx: Transaction) -> tuple[CampaignShown, Language, ZoneInfo]:
    return _view(tx), tx.playbook.language, ZoneInfo(tx.playbook.timezone)


def _view(tx: Transaction) -> CampaignShown:
    """Return what may be shown to whoever sees Prefect: they have no role here."""
    return shown.view(tx, of_outside(tx))


def _funnel(tx: Transaction, language: Language) -> ShownFunnel:
    return shown.funnel(tx, of_outside(tx), language)


def _set_language() -> Language | None:
    """Return the language that is set for the whole installation."""
    wanted = app().settings.language.strip().lower()
    return next((one for one in LANGUAGES if one == wanted), None)
