"""What stands on the boards in Prefect? Counts, dates and roles, in the campaign's own words.

Times are those of the campaign's zone, which is named. No name of a person stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Final

from campaigns.rules.waiting_words import matter, moment, waiting_line
from language import Language, Text, _, pgettext
from schemas.views.board import CampaignOutline, ShownFunnel, ShownFunnelRow, StageView
from schemas.vocabulary import label

_WORDS: Final[dict[str, Text]] = {
    "code": _("Code"),
    "campaign": _("Campaign"),
    "state": _("State"),
    "stage": _("Stage"),
    "waits": _("Waits for"),
    "since": pgettext("board", "Since"),
    "until": _("Until"),
    "stages": _("Stages"),
    "opens": _("Opens"),
    "closes": pgettext("board", "Closes"),
    "approval": _("Approval due"),
    "approved": pgettext("date", "Approved"),
    "nominations": pgettext("board", "Nominations"),
    "in_all": pgettext("board", "In all"),
    "by_field": _("By field"),
    "by_subject_kind": _("By kind of subject"),
    "group": _("Group"),
    "nominated": _("Nominated"),
    "ineligible": _("Ineligible"),
    "on_hold": _("On hold"),
    "voted": pgettext("board", "Voted on"),
    "recognised": _("Recognised"),
    "drawn": _("As of {at}; times of {zone}."),
    "about_all": _(
        "All campaigns: at which stage each is, whom it waits for, and until "
        "when. Counts and roles; no name of anybody."
    ),
    "about_one": _(
        "{name}: its stages with their dates, whom it waits for, and its nominations by group."
    ),
}
_FUNNEL: Final = ("nominated", "ineligible", "on_hold", "voted", "recognised")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|#~])")


def row(view: CampaignOutline, language: Language, zone: tzinfo, heads: Language) -> dict[str, str]:
    """Return a campaign's line of the table of all; its heads may be in another language."""
    now = view.waiting
    told = {
        "code": view.code,
        "campaign": view.name,
        "state": label(view.state, language),
        "stage": label(now.stage, language) if now else "",
        "waits": matter(now, language) if now else waiting_line(None, language, zone, view.now),
        "since": _at(now.since if now else None, zone, named=True),
        "until": _at(now.until if now else None, zone, named=True),
    }
    return {_word(name, heads): value for name, value in told.items()}


def about_all(language: Language) -> str:
    """Say what the table of all campaigns is."""
    return _word("about_all", language)


def about(view: CampaignOutline, language: Language) -> str:
    """Say what the page of a campaign is."""
    return _word("about_one", language, name=plain(view.name))


def page(view: CampaignOutline, funnel: ShownFunnel, language: Language, zone: tzinfo) -> str:
    """Return a campaign's page as Markdown."""
    drawn = _word("drawn", language, at=moment(view.now, zone), zone=zone)
    parts = [
        f"# {plain(view.name)} ({plain(view.code)})",
        f"**{label(view.state, language)}.** "
        + waiting_line(view.waiting, language, zone, view.now),
        f"## {_word('stages', language)}",
        _table(
            _words(("stage", "state", "opens", "closes", "approval", "approved"), language),
            (_stage(stage, language, zone) for stage in view.stages),
        ),
        f"## {_word('nominations', language)}",
        *_funnel("in_all", [funnel.total], language),
        *_funnel("by_field", funnel.by_field, language),
        *_funnel("by_subject_kind", funnel.by_subject_kind, language),
        f"*{drawn}*",
    ]
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Write text such that Markdown shows it as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _stage(stage: StageView, language: Language, zone: tzinfo) -> tuple[str, ...]:
    dates = (stage.opens_at, stage.due_at, stage.approval_due_at, stage.approved_at)
    words = label(stage.name, language), label(stage.state, language)
    return *words, *(_at(date, zone) for date in dates)


def _funnel(name: str, rows: Sequence[ShownFunnelRow], language: Language) -> list[str]:
    if not rows:
        return []
    heads = _words(_FUNNEL, language)
    if name == "in_all":
        return [_table(heads, [_numbers(rows[0])])]
    lines = [(plain(one.group), *_numbers(one)) for one in rows]
    return [f"### {_word(name, language)}", _table((_word("group", language), *heads), lines)]


def _numbers(row: ShownFunnelRow) -> tuple[str, ...]:
    found: list[int | None] = [getattr(row, name) for name in _FUNNEL]
    return tuple("–" if number is None else str(number) for number in found)


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown; its cells are words of ours, or plain."""
    rows = [heads, ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _at(instant: datetime | None, zone: tzinfo, *, named: bool = False) -> str:
    if instant is None:
        return ""
    return f"{moment(instant, zone)} ({zone})" if named else moment(instant, zone)


def _words(names: Iterable[str], language: Language) -> list[str]:
    return [_word(name, language) for name in names]


def _word(key: str, language: Language, /, **values: object) -> str:
    return _WORDS[key].say(language, **values)
