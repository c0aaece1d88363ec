"""Is a nomination in time? Its unit's deadline, the hidden grace and the late policy decide.

What the eligibility rules may know of a nomination and its campaign stands here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from campaigns.rules.deadlines.late import stays_open_for
from campaigns.rules.nomination.errors import NominationClosed
from language import _
from language.vietnamese import fold as fold_text
from schemas.imports import AnswerValue
from schemas.playbook.playbook import Playbook


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
    """Which place a nomination takes among those of its unit, by code, from 1 on."""
    past_titles: frozenset[tuple[str, str]] = frozenset()
    """(unit id, folded title) of the models recognised in earlier years."""
    fold: Callable[[str], str] = fold_text
    """Makes two spellings of a title equal; the past titles were folded with the same."""


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
        raise NominationClosed(
            _(
                "Nominations are received from {opens} ({zone}) on; submit again then.",
                opens=_show(opens, zone),
                zone=playbook.timezone,
            )
        )
    if not is_acceptable(submitted_at, unit_id, playbook, context):
        raise NominationClosed(
            _(
                "Nominations of {unit} were received until {until} ({zone}), and this one came at "
                "{at}; ask the coordinator for an extension.",
                unit=unit_id,
                until=_show(deadline_of(unit_id, context), zone),
                zone=playbook.timezone,
                at=_show(submitted_at, zone),
            )
        )


def _show(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
