"""Tasks that show where a campaign stands: counts only, for everybody who may see Prefect."""

from __future__ import annotations

from typing import Final

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from campaigns.services import board
from campaigns.store import campaigns
from schemas.views import CampaignView, Funnel, Waiting
from schemas.vocabulary import Language, label
from tasks.common import app, step

_NOBODY: Final = {"approval": "the people named"}
"""For whom a campaign waits where no role says it; names do not belong here."""


@step("{campaign_code}/board/plan")
def stages_to_run(campaign_code: str) -> list[str]:
    """Return the stages that still have something to do, in their order."""
    return app().read(campaign_code, board.stages_to_run)


@step("{campaign_code}/board/standing")
def waits_in(campaign_code: str, stage: str) -> bool:
    """Say whether the campaign can go no further than this stage now."""
    now = app().read(campaign_code, board.standing)
    return now is not None and now.stage == stage


@step("all/board/publish")
def publish_board() -> int:
    """Publish the table of all campaigns as an artifact; return how many there are."""
    views = [app().read(code, board.view) for code in app().read(None, campaigns.codes)]
    create_table_artifact(key="campaign-board", table=[_row(view) for view in views])
    return len(views)


@step("{campaign_code}/board/publish")
def publish_page(campaign_code: str) -> str | None:
    """Publish the campaign's page as an artifact.

    Return for whom the campaign waits, for what and until when; None once it is over.
    """
    view = app().read(campaign_code, board.view)
    language = app().read(campaign_code, lambda tx: tx.playbook.language)
    page = _page(view, app().read(campaign_code, board.funnel, language), language)
    create_markdown_artifact(key=f"campaign-{campaign_code.lower()}", markdown=page)
    return _say(view.waiting) if view.waiting else None


def _say(waiting: Waiting) -> str:
    whom = " or ".join(waiting.roles) or _NOBODY.get(waiting.what, "the date")
    count = f" ({waiting.count})" if waiting.count else ""
    since = f" since {waiting.since:%Y-%m-%d %H:%M}" if waiting.since else ""
    until = f" until {waiting.until:%Y-%m-%d %H:%M} UTC" if waiting.until else ""
    short = f"; {waiting.short} cannot be had: appoint approvers" if waiting.short else ""
    return f"{waiting.stage}: waiting for {whom}: {waiting.what}{count}{since}{until}{short}"


def _row(view: CampaignView) -> dict[str, str | int]:
    now = view.waiting
    return {
        "campaign": view.code,
        "state": view.state,
        "stage": now.stage if now else "",
        "waiting for": ", ".join(now.roles) if now else "",
        "what": now.what if now else "",
        "since": f"{now.since:%Y-%m-%d %H:%M}" if now and now.since else "",
        "until": f"{now.until:%Y-%m-%d %H:%M}" if now and now.until else "",
        "events": view.events,
    }


def _page(view: CampaignView, funnel: Funnel, language: Language) -> str:
    lines = [f"# {view.code}", "", f"**{label(view.state, language)}**", ""]
    lines += ["| | |", "|---|---|"]
    lines += [
        f"| {label(one.name, language)} | {label(one.state, language)} |" for one in view.stages
    ]
    heads = ("nomination", "ineligible", "on_hold", "shortlisted", "recognised")
    lines += ["", "| | " + " | ".join(label(head, language) for head in heads) + " |"]
    lines += ["|---" * (len(heads) + 1) + "|"]
    lines += [
        f"| {row.group or '∑'} | {row.nominated} | {row.ineligible} | {row.on_hold} "
        f"| {row.voted} | {row.recognised} |"
        for row in (funnel.total, *funnel.by_field, *funnel.by_subject_kind)
    ]
    return "\n".join(lines)
