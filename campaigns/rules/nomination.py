"""May this nomination be considered? Deadlines, and the eligibility rules of a playbook.

Every rule kind has one function, found in `_CHECKS` by its `check` literal. A function returns
the values it used where the rule finds something, and None where all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from campaigns.rules.calendar import add_months
from campaigns.rules.errors import AnswerUnusable, NominationClosed
from campaigns.rules.late import stays_open_for
from campaigns.rules.text import fold as fold_text
from schemas.imports import AnswerValue
from schemas.playbook import (
    AnswerIs,
    AnyRule,
    AtLeast,
    CaseClosed,
    NotRecognisedBefore,
    Playbook,
    RankWithinQuota,
    RunningSince,
    SubmittedByDeadline,
)
from schemas.vocabulary import NominationState, Severity

Data = tuple[tuple[str, str], ...]
"""The values a rule used, as (name, text); stored with the finding."""


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """What the rules may know of a nomination."""

    code: str
    name: str
    unit_id: str
    """The unit whose model it is."""
    nominated_by_id: str
    nominating_kind: str
    """Kind of the nominating unit on the day of the check; it decides the quota."""
    rank: int | None
    submitted_at: datetime
    """With its zone."""
    answers: Mapping[str, AnswerValue]
    """Boxes of the form by item id; a box that is missing counts as empty."""


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the rules may know of the campaign beside its playbook."""

    closes_at: datetime
    """The deadline of every unit that has no extension; inclusive."""
    extensions: Mapping[str, datetime] = field(default_factory=dict)
    """Own deadlines, by id of the nominating unit."""
    places: Mapping[str, int] = field(default_factory=dict)
    """Which place a nomination takes among those of its unit, by code, from 1 on (`places_of`)."""
    past_titles: frozenset[tuple[str, str]] = frozenset()
    """(unit id, folded title) of the models recognised in earlier years."""
    fold: Callable[[str], str] = fold_text
    """Makes two spellings of a title equal; the past titles were folded with the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found about a nomination, with everything needed to explain it later."""

    rule_id: str
    rule_version: int
    severity: Severity
    data: Data
    source: str


# --- Deadlines ---------------------------------------------------------------------------------


def deadline_of(unit_id: str, context: CheckContext) -> datetime:
    """Return the last moment at which a nominating unit may submit.

    Its own deadline where it has an extension, never earlier than everybody's (constructed: an
    extension favours, so a later general deadline serves the unit as well).
    """
    own = context.extensions.get(unit_id)
    return context.closes_at if own is None else max(own, context.closes_at)


def last_deadline(context: CheckContext) -> datetime:
    """Return the deadline of the unit that has the most time."""
    return max((context.closes_at, *context.extensions.values()))


def is_late(submitted_at: datetime, unit_id: str, context: CheckContext) -> bool:
    """Say whether a nomination is marked late: after its unit's deadline, grace or not."""
    return submitted_at > deadline_of(unit_id, context)


def is_in_time(
    submitted_at: datetime, unit_id: str, playbook: Playbook, context: CheckContext
) -> bool:
    """Say whether the deadline rule is kept: by the deadline, or within the hidden grace.

    The grace is `playbook.late.grace_minutes`; it is never announced, so no message and no
    finding may show it (sources T4, constructed).
    """
    grace = timedelta(minutes=playbook.late.grace_minutes)
    return submitted_at <= deadline_of(unit_id, context) + grace


def is_acceptable(
    submitted_at: datetime, unit_id: str, playbook: Playbook, context: CheckContext
) -> bool:
    """Say whether a nomination is taken at all: in time, or as late as the late policy allows.

    A policy that takes late ones and sets no number of days takes them as long as the stage is
    open.
    """
    late = playbook.late
    if late.policy == "reject":
        return is_in_time(submitted_at, unit_id, playbook, context)
    until = deadline_of(unit_id, context) + stays_open_for(late)
    return not late.accept_days or submitted_at <= until


def ensure_receivable(
    submitted_at: datetime, unit_id: str, playbook: Playbook, context: CheckContext
) -> None:
    """Refuse a submission that comes before the opening, or too late to be taken at all.

    Raises `NominationClosed` with the deadline in the campaign's zone.
    """
    zone = ZoneInfo(playbook.timezone)
    opens = playbook.instant(playbook.calendar.nomination.opens)
    if submitted_at < opens:
        msg = (
            f"Nominations are received from {_show(opens, zone)} ({playbook.timezone}) on; "
            "submit again then."
        )
        said = f"Nhận hồ sơ từ {_show(opens, zone)} ({playbook.timezone}); hãy nộp lại sau lúc đó."
        raise NominationClosed(msg, said)
    if not is_acceptable(submitted_at, unit_id, playbook, context):
        msg = (
            f"Nominations of {unit_id} were received until "
            f"{_show(deadline_of(unit_id, context), zone)} ({playbook.timezone}), and this one "
            f"came at {_show(submitted_at, zone)}; ask the coordinator for an extension."
        )
        said = (
            f"Hạn nộp hồ sơ của {unit_id} là {_show(deadline_of(unit_id, context), zone)} "
            f"({playbook.timezone}), hồ sơ này đến lúc {_show(submitted_at, zone)}; hãy đề nghị "
            "điều phối viên gia hạn."
        )
        raise NominationClosed(msg, said)


def _show(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")


# --- One function per rule kind ----------------------------------------------------------------


def _submitted_by_deadline(
    _rule: SubmittedByDeadline, facts: NominationFacts, playbook: Playbook, context: CheckContext
) -> Data | None:
    unit = facts.nominated_by_id
    if is_in_time(facts.submitted_at, unit, playbook, context):
        return None
    zone = ZoneInfo(playbook.timezone)
    return (
        ("submitted_at", facts.submitted_at.astimezone(zone).isoformat()),
        ("deadline", deadline_of(unit, context).astimezone(zone).isoformat()),
    )


def _rank_within_quota(
    _rule: RankWithinQuota, facts: NominationFacts, playbook: Playbook, context: CheckContext
) -> Data | None:
    quota = playbook.quota.for_kind(facts.nominating_kind)
    if quota is None:
        return None
    place = context.places.get(facts.code)
    # Without a rank nobody can say which nominations have the places: the unit must decide.
    shown: Data = (("note", "rank missing"),)
    if facts.rank is not None:
        shown = (("rank", str(facts.rank)),)
        if 1 <= facts.rank <= quota:
            if place is None or place <= quota:
                return None
            shown = (*shown, ("place", str(place)))
    return (*shown, ("quota", str(quota)), ("unit_kind", facts.nominating_kind))


class Ranked(NamedTuple):
    """A nomination of a unit, for the counting of places."""

    code: str
    rank: int | None
    submitted_at: datetime
    has_place: bool | None
    """Decided already: whether it has a place; None: it waits for the decision."""


def places_of(nominations: Iterable[Ranked]) -> dict[str, int]:
    """Return the place each nomination of one unit takes, from 1 on, by code.

    Those decided before keep their places. Of the others the better rank comes first; of equal
    ranks the one submitted first, then by code: so equal ranks never make more places.
    """
    counted = [one for one in nominations if one.has_place is not False and one.rank is not None]
    ordered = sorted(
        counted, key=lambda one: (one.has_place is None, one.rank, one.submitted_at, one.code)
    )
    return {one.code: place for place, one in enumerate(ordered, start=1)}


def _answer_is(
    rule: AnswerIs, facts: NominationFacts, _playbook: Playbook, _context: CheckContext
) -> Data | None:
    value = facts.answers.get(rule.item)
    if value is rule.value:
        return None
    return (("item", rule.item), ("value", _text(value)), ("wanted", _text(rule.value)))


def _running_since(
    rule: RunningSince, facts: NominationFacts, _playbook: Playbook, _context: CheckContext
) -> Data | None:
    value = facts.answers.get(rule.item)
    latest = add_months(rule.before, -rule.months)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if value <= latest:
            return None
    elif not _is_empty(value):
        raise AnswerUnusable(rule.id, rule.item, "date")
    return (("item", rule.item), ("value", _text(value)), ("latest", latest.isoformat()))


def _at_least(
    rule: AtLeast, facts: NominationFacts, _playbook: Playbook, _context: CheckContext
) -> Data | None:
    value = facts.answers.get(rule.item)
    if _is_empty(value):
        return None
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise AnswerUnusable(rule.id, rule.item, "number")
    if value >= rule.minimum:
        return None
    return (("item", rule.item), ("value", _text(value)), ("minimum", _text(rule.minimum)))


def _case_closed(
    rule: CaseClosed, facts: NominationFacts, _playbook: Playbook, _context: CheckContext
) -> Data | None:
    opened = facts.answers.get(rule.opened)
    if _is_empty(opened) or not _is_empty(facts.answers.get(rule.closed)):
        return None
    return ((rule.opened, _text(opened)), (rule.closed, ""))


def _not_recognised_before(
    _rule: NotRecognisedBefore, facts: NominationFacts, _playbook: Playbook, context: CheckContext
) -> Data | None:
    if not context.past_titles:
        return None
    if (facts.unit_id, context.fold(facts.name)) not in context.past_titles:
        return None
    return (("unit", facts.unit_id), ("title", facts.name))


_CHECKS: Final[Mapping[str, Callable[..., Data | None]]] = {
    "submitted_by_deadline": _submitted_by_deadline,
    "rank_within_quota": _rank_within_quota,
    "answer_is": _answer_is,
    "running_since": _running_since,
    "at_least": _at_least,
    "case_closed": _case_closed,
    "not_recognised_before": _not_recognised_before,
}


def _is_empty(value: AnswerValue) -> bool:
    return value is None or value == ""


def _text(value: AnswerValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# --- The whole check ---------------------------------------------------------------------------


def check(facts: NominationFacts, playbook: Playbook, context: CheckContext) -> tuple[Finding, ...]:
    """Apply every rule of the playbook, in its order, and return what they found.

    Nothing found: eligible. Every rule is applied even after a blocking one, so that a nominator
    learns everything at once. Raises `AnswerUnusable` where a rule reads a box of another type.
    """
    return tuple(
        Finding(rule.id, rule.version, _severity(rule, facts, playbook, context), data, rule.source)
        for rule in playbook.rules
        if (data := _CHECKS[rule.check](rule, facts, playbook, context)) is not None
    )


def _severity(
    rule: AnyRule, facts: NominationFacts, playbook: Playbook, context: CheckContext
) -> Severity:
    if isinstance(rule, SubmittedByDeadline) and is_acceptable(
        facts.submitted_at, facts.nominated_by_id, playbook, context
    ):
        return Severity.WARN
    return rule.severity


def outcome(findings: Iterable[Finding]) -> NominationState:
    """Say what the findings make of a nomination.

    One that blocks makes it ineligible; otherwise one that holds puts it on hold, which is not a
    rejection (Decree 98/2023/NĐ-CP, article 4); warnings leave it eligible.
    """
    severities = {finding.severity for finding in findings}
    if Severity.BLOCK in severities:
        return NominationState.INELIGIBLE
    if Severity.HOLD in severities:
        return NominationState.ON_HOLD
    return NominationState.ELIGIBLE


def is_correctable(findings: Iterable[Finding], playbook: Playbook) -> bool:
    """Say whether returning the nomination for correction can make it eligible.

    Something blocks, and every rule that blocks is marked correctable (sources R24, constructed).
    """
    blocking = {found.rule_id for found in findings if found.severity is Severity.BLOCK}
    correctable = {rule.id for rule in playbook.rules if rule.correctable}
    return bool(blocking) and blocking <= correctable
