"""How far has a model spread? States, generations and follow-ups of adoptions.

An adoption is one unit's copy of a recognised model. Its steps are dated facts; state and
follow-ups are read from them as known on a given day, never stored as truth of their own.
The steps and the follow-up rule are constructed; the schedule is the playbook's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from campaigns.rules.deadlines.calendar import add_months
from campaigns.rules.replication.errors import (
    AdoptionCycleFound,
    AdoptionDatesDisordered,
    AdoptionNotCommitted,
    AdoptionNotFound,
)
from schemas.vocabulary import AdoptionState, FollowUpState


@dataclass(frozen=True, slots=True)
class AdoptionDates:
    """When an adoption took its steps; None: not (yet) taken. A step may be skipped."""

    committed_on: date
    started_on: date | None = None
    evidenced_on: date | None = None
    sustained_on: date | None = None
    abandoned_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One date at which an adopting unit is asked how it goes."""

    months: int
    """After the commitment."""
    due_on: date
    """Never moves."""
    state: FollowUpState
    answered_on: date | None = None


def ensure_dates_in_order(dates: AdoptionDates) -> None:
    """Refuse dates whose steps run backwards; steps on the same day are allowed.

    Raises `AdoptionDatesDisordered` for the first pair out of order. Abandonment comes last.
    """
    steps = [
        ("committed", dates.committed_on),
        ("started", dates.started_on),
        ("evidenced", dates.evidenced_on),
        ("sustained", dates.sustained_on),
        ("abandoned", dates.abandoned_on),
    ]
    taken = [(name, day) for name, day in steps if day is not None]
    for (earlier, before), (later, after) in pairwise(taken):
        if after < before:
            raise AdoptionDatesDisordered(earlier, later, before.isoformat(), after.isoformat())


def state_of(dates: AdoptionDates, on: date) -> AdoptionState:
    """Return how far an adoption had come on a day; the step taken that day is known.

    Abandonment wins from its date on. Raises `AdoptionNotCommitted` before the commitment.
    """
    if on < dates.committed_on:
        raise AdoptionNotCommitted(on.isoformat(), dates.committed_on.isoformat())
    for day, state in (
        (dates.abandoned_on, AdoptionState.ABANDONED),
        (dates.sustained_on, AdoptionState.SUSTAINED),
        (dates.evidenced_on, AdoptionState.EVIDENCED),
        (dates.started_on, AdoptionState.STARTED),
    ):
        if day is not None and day <= on:
            return state
    return AdoptionState.COMMITTED


def generation(adoption_id: str, parents: Mapping[str, str | None]) -> int:
    """Return how many copies an adoption is away from the model; 1: copied from the model itself.

    `parents` maps each adoption to the one it was copied from, None for the model.
    Raises `AdoptionNotFound`, `AdoptionCycleFound`.
    """
    return _resolve(adoption_id, parents, {})


def generations(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Return the generation of every adoption, in time linear in their number.

    Raises `AdoptionNotFound` where a parent is not among them, `AdoptionCycleFound`.
    """
    known: dict[str, int] = {}
    for adoption_id in parents:
        _resolve(adoption_id, parents, known)
    return known


def _resolve(start: str, parents: Mapping[str, str | None], known: dict[str, int]) -> int:
    """Walk up to what is known or to the model, then number the path; no recursion."""
    path: dict[str, None] = {}
    step: str | None = start
    while step is not None and step not in known:
        if step in path:
            circle = list(path)[list(path).index(step) :]
            raise AdoptionCycleFound([*circle, step])
        if step not in parents:
            raise AdoptionNotFound(step, next(reversed(path), ""))
        path[step] = None
        step = parents[step]
    depth = 0 if step is None else known[step]
    for adoption_id in reversed(path):
        depth += 1
        known[adoption_id] = depth
    return known[start]


def follow_ups(dates: AdoptionDates, months: tuple[int, ...], on: date) -> tuple[FollowUp, ...]:
    """Return every follow-up of an adoption as known on a day; none before the commitment.

    The constructed rule, in the order in which it decides:

    - due `months` after the commitment (`add_months`); the date never moves;
    - *answered* by the first report (started, evidenced or sustained) after the previous
      follow-up's due date, for the first follow-up after the commitment, even if it came late;
      one late report may answer several;
    - *dropped* where the adoption was abandoned before the due date;
    - *overdue* from the day after the due date on, *open* until then.

    Skipping one is a recorded act, not a matter of dates. The dates are taken to be in order
    (`ensure_dates_in_order`).
    """
    if on < dates.committed_on:
        return ()
    reports = [
        day
        for day in (dates.started_on, dates.evidenced_on, dates.sustained_on)
        if day is not None and day <= on
    ]
    abandoned = dates.abandoned_on if dates.abandoned_on and dates.abandoned_on <= on else None
    found: list[FollowUp] = []
    since = dates.committed_on
    for count in months:
        due_on = add_months(dates.committed_on, count)
        answered_on = next((day for day in reports if day > since), None)
        state = _follow_up_state(due_on, answered_on, abandoned, on)
        found.append(FollowUp(count, due_on, state, answered_on))
        since = due_on
    return tuple(found)


def _follow_up_state(
    due_on: date, answered_on: date | None, abandoned_on: date | None, on: date
) -> FollowUpState:
    if answered_on is not None:
        return FollowUpState.ANSWERED
    if abandoned_on is not None and due_on > abandoned_on:
        return FollowUpState.DROPPED
    return FollowUpState.OVERDUE if on > due_on else FollowUpState.OPEN
