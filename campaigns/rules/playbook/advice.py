"""What in a valid playbook is probably not meant?

Each check gives a warning with its reason; none keeps the playbook from being used. Where practice
is the reason, it is the practice of provincial campaigns: two thirds for a quorum, 70 % to pass,
100 points, the ten boxes of official letter 249/MTTQ-BTT (2026).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Final, get_args

from campaigns.rules.deadlines.calendar import WorkingCalendar, vietnam
from campaigns.rules.eligibility import KINDS, rules_of
from campaigns.rules.playbook import parts_approvals
from campaigns.rules.playbook.faults import Fault, Path
from campaigns.rules.playbook.shape import nearest
from language import Language, _
from schemas.messages.mail import Bundle
from schemas.messages.outgoing import AnyPayload
from schemas.playbook.form import ItemRole, ItemType
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES

TEN_BOXES: Final = (
    "name",
    "situation",
    "aims",
    "method",
    "place",
    "forces",
    "resources",
    "time",
    "outputs",
    "sustainability",
)
"""What a model is registered with: official letter 249/MTTQ-BTT of 2026."""

TEMPLATES: Final = tuple(
    payload.template for payload in get_args(get_args(AnyPayload)[0]) if payload is not Bundle
)
"""Every message the engine can send."""

_DAY_IN_TEXT: Final = re.compile(r"\b\d{1,2}(?:[/.-]\d{1,2}[/.-]| [A-Z][a-z]+ )(?P<year>\d{4})\b")
_CITED: Final = re.compile(
    r"\b(?:số|luật|nghị|quyết định|thông tư|hướng dẫn|công văn|kế hoạch|no|act|decree|decision|"
    r"circular|letter)\b",
    re.IGNORECASE,
)
"""A day after such a word is that of a document."""
_CITED_WITHIN: Final = 60
_RESULT: Final = "result-announced"
_FULL: Final = 100
_TRIMMED: Final = 3
_HALF: Final = Fraction(1, 2)
_WEEK_END: Final = _("a week-end")
_HOLIDAY: Final = _("a public holiday")


def advice(playbook: Playbook, language: Language) -> list[Fault]:
    """Return all warnings about a playbook, in no order."""
    faults = [fault for check in _CHECKS for fault in check(playbook)]
    return [*faults, *_days_off(playbook, language)]


def _warn(code: str, path: Path, **values: object) -> Fault:
    return Fault(code, path, {key: str(value) for key, value in values.items()}, "warn")


# --- Calendar ------------------------------------------------------------------------------------


def _sessions(playbook: Playbook) -> Iterator[Fault]:
    stage = playbook.calendar.recognition
    for number, session in enumerate(playbook.calendar.sessions):
        if not stage.opens <= session.starts <= stage.closes:
            path = ("calendar", "sessions", number, "starts")
            values = {"value": session.starts, "opens": stage.opens, "closes": stage.closes}
            yield _warn("session_outside", path, **values)


def _overlaps(playbook: Playbook) -> Iterator[Fault]:
    """Nominations must be closed when they are scored or voted on, scores when it is voted."""
    calendar = playbook.calendar
    stages = [
        (stage.value, dates)
        for stage in STAGES
        if stage.value in {"nomination", "appraisal", "recognition"}
        and (dates := calendar.of(stage))
    ]
    for (earlier, first), (stage, last) in itertools.pairwise(stages):
        if last.opens < first.closes:
            values = {"earlier": earlier, "value": last.opens, "other": first.closes}
            yield _warn("stages_overlap", ("calendar", stage, "opens"), **values)


def _release(playbook: Playbook) -> Iterator[Fault]:
    released, approval = playbook.calendar.results_released, playbook.calendar.recognition.approval
    if released < approval:
        path = ("calendar", "results_released")
        yield _warn("released_early", path, value=released, approval=approval)


def _days_off(playbook: Playbook, language: Language) -> Iterator[Fault]:
    moments = list(_deadlines(playbook))
    years = {moment.year + shift for _path, moment in moments for shift in (0, 1)}
    working = vietnam(years)
    places: dict[date, list[Path]] = {}
    for path, moment in moments:
        places.setdefault(moment.date(), []).append(path)
    for day, (path, *others) in places.items():
        if not working.is_working_day(day):
            kind = _HOLIDAY if day.toordinal() in working.days_off else _WEEK_END
            code = "days_off" if others else "day_off"
            following = _following(working, day)
            yield _warn(
                code, path, value=day, day=kind.say(language), next=following, count=len(others)
            )


def _following(working: WorkingCalendar, day: date) -> date:
    return working.add_working_days(day, 0)


def _deadlines(playbook: Playbook) -> Iterator[tuple[Path, datetime]]:
    """Yield the days on which people must act: closings, approvals, sessions, the release."""
    calendar = playbook.calendar
    for stage in STAGES:
        dates = calendar.of(stage)
        if dates:
            yield ("calendar", stage.value, "closes"), dates.closes
            yield ("calendar", stage.value, "approval"), dates.approval
    for number, session in enumerate(calendar.sessions):
        yield ("calendar", "sessions", number, "starts"), session.starts
    yield ("calendar", "results_released"), calendar.results_released


# --- Vote and rubric -----------------------------------------------------------------------------


def _majorities(playbook: Playbook) -> Iterator[Fault]:
    vote = playbook.vote
    if vote.quorum < _HALF:
        yield _warn("quorum_low", ("vote", "quorum"), value=vote.quorum)
    if vote.threshold < _HALF or (vote.threshold == _HALF and not vote.strictly_more):
        yield _warn("threshold_low", ("vote", "threshold"), value=vote.threshold)


def _points(playbook: Playbook) -> Iterator[Fault]:
    rubric = playbook.rubric
    if rubric is None:
        return
    total = rubric.total
    if total != _FULL:
        yield _warn("rubric_total", ("rubric", "criteria"), value=total)
    if rubric.minimum_total is not None and rubric.minimum_total > total:
        values = {"value": rubric.minimum_total, "total": total}
        yield _warn("minimum_total_high", ("rubric", "minimum_total"), **values)
    if rubric.trim_from is not None and rubric.trim_from < _TRIMMED:
        yield _warn("trim_few", ("rubric", "trim_from"), value=rubric.trim_from)


# --- Form, rules, quota --------------------------------------------------------------------------


def _ten_boxes(playbook: Playbook) -> Iterator[Fault]:
    if all(kind.id != "model" for kind in playbook.subject_kinds):
        return
    have = {item.id for item in playbook.form.items}
    for box in TEN_BOXES:
        if box not in have:
            yield _warn("box_missing", ("form", "items"), value=box)


def _submission_box(playbook: Playbook) -> Iterator[Fault]:
    item = playbook.form.by_role(ItemRole.SUBMITTED_AT)
    if item is None:
        return
    dates = playbook.calendar.nomination
    opens, closes = dates.opens.date(), dates.closes.date()
    is_early = item.earliest is not None and item.earliest > opens
    is_short = item.latest is not None and item.latest < closes
    if is_early or is_short:
        path = (
            "form",
            "items",
            playbook.form.items.index(item),
            "latest" if is_short else "earliest",
        )
        values = {"earliest": item.earliest or "…", "latest": item.latest or "…"}
        yield _warn("submission_limit", path, **values, opens=opens, closes=closes)


def _dates_in_reasons(playbook: Playbook) -> Iterator[Fault]:
    """A day of another year in what people are told: it was copied; a document's is left alone."""
    dates = filter(None, (playbook.calendar.of(stage) for stage in STAGES))
    years = {moment.year for one in dates for moment in (one.opens, one.closes)}
    for number, rule in enumerate(playbook.rules):
        days = [value for _, value in rule if isinstance(value, date)]
        own = [text for day in days for text in _written(day)]
        for language, text in (("vi", rule.reason.vi), ("en", rule.reason.en)):
            for found in _DAY_IN_TEXT.finditer(text):
                before = text[max(0, found.start() - _CITED_WITHIN) : found.start()]
                is_known = int(found["year"]) in years or found.group() in own
                if not is_known and not _CITED.search(before):
                    path = ("rules", number, "reason", language)
                    yield _warn("date_in_reason", path, value=found.group())


def _written(day: date) -> tuple[str, ...]:
    """Return a day as texts write it."""
    return (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B} {day.year}",
    )


def _boxes_ended(playbook: Playbook) -> Iterator[Fault]:
    """A playbook of another year: whatever happened since could not be entered."""
    opens = playbook.calendar.nomination.opens.date()
    for number, item in enumerate(playbook.form.items):
        if item.role is not ItemRole.SUBMITTED_AT and item.latest and item.latest < opens:
            path = ("form", "items", number, "latest")
            yield _warn("box_ended", path, item=item.id, latest=item.latest, opens=opens)


def _rules(playbook: Playbook) -> Iterator[Fault]:
    """Ask every rule, and every kind of which there is none."""
    rules = rules_of(playbook)
    for kind in KINDS:
        if not any(isinstance(rule, kind) for rule in rules):
            for code, path, values in kind.doubts_without(playbook):
                yield _warn(code, path, **values)
    for number, rule in enumerate(rules):
        for code, path, values in rule.doubts(playbook):
            yield _warn(code, ("rules", number, *path), **values)


def _field_box(playbook: Playbook) -> Iterator[Fault]:
    boxes = [n for n, item in enumerate(playbook.form.items) if item.type is ItemType.FIELD]
    if playbook.fields and playbook.form.by_role(ItemRole.FIELD) is None:
        yield _warn("field_box_missing", ("fields",))
    if boxes and not playbook.fields:
        yield _warn("fields_missing", ("form", "items", boxes[0], "type"))


def _reach(playbook: Playbook) -> Iterator[Fault]:
    if playbook.nominating.anywhere and not playbook.nominating.own_and_below:
        yield _warn("anywhere_idle", ("nominating", "anywhere"))


# --- Messages, sources ----------------------------------------------------------------


def _messages(playbook: Playbook) -> Iterator[Fault]:
    messages = playbook.messages
    if _RESULT not in (*messages.held, *messages.silent):
        yield _warn("result_not_held", ("messages", "held"))
    for key in ("held", "silent", "bundled", "urgent"):
        names: tuple[str, ...] = getattr(messages, key)
        for number, name in enumerate(names):
            if name in TEMPLATES:
                continue
            path: Path = ("messages", key, number)
            similar = nearest(name, TEMPLATES)
            if similar:
                yield _warn("template_unknown_similar", path, value=name, similar=similar)
            else:
                yield _warn("template_unknown", path, value=name, allowed=", ".join(TEMPLATES))


def _follow_up(playbook: Playbook) -> Iterator[Fault]:
    if not playbook.follow_up.months:
        yield _warn("follow_up_empty", ("follow_up", "months"))


def _sources(playbook: Playbook) -> Iterator[Fault]:
    named: list[tuple[Path, str]] = [
        (("rules", number, "source"), rule.source) for number, rule in enumerate(playbook.rules)
    ]
    for path, source in [
        (("source",), playbook.source),
        (("vote", "source"), playbook.vote.source),
        *named,
    ]:
        if not source.strip():
            yield _warn("source_empty", path)


_CHECKS: Final[tuple[Callable[[Playbook], Iterator[Fault]], ...]] = (
    _sessions,
    _overlaps,
    _release,
    _majorities,
    _points,
    _ten_boxes,
    _submission_box,
    _boxes_ended,
    _dates_in_reasons,
    _rules,
    _field_box,
    _reach,
    parts_approvals.advice,
    _messages,
    _follow_up,
    _sources,
)
