"""May this unit nominate for that one, by the playbook?

Where the playbook says so, a unit nominates what it answers for: itself, units below it in the
register, and whoever belongs to one of these. The register of the day of submission counts. A unit
that ceased is looked for where those are that took over from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schemas.playbook.judging import NominatingPolicy


class Placed(NamedTuple):
    """Under which unit one stood, and on which days; both ends included."""

    parent_id: str
    since: date
    until: date | None


class TakenOver(NamedTuple):
    """Who took over from a unit, and from which day on."""

    unit_id: str
    since: date


@dataclass(frozen=True, slots=True)
class Reach:
    """What the rule knows of the register; `takes` answers for one nomination."""

    policy: NominatingPolicy
    kinds: Mapping[str, str]
    """Kind of every unit, by id, where the policy asks for kinds."""
    placed: Mapping[str, Sequence[Placed]]
    """Where each unit stood, the latest last."""
    successors: Mapping[str, Sequence[TakenOver]]
    """Who took over from each unit that ceased."""
    today: date
    """Counts where a nomination has no day of its own."""

    def takes(self, nominated_by: str, unit_id: str, day: date | None = None) -> bool:
        """Say whether a unit may nominate for another one on a day."""
        if not self.policy.own_and_below:
            return True
        if self.kinds.get(nominated_by) in self.policy.anywhere:
            return True
        return self._is_within(unit_id, nominated_by, day or self.today)

    def _is_within(self, unit_id: str, top: str, day: date) -> bool:
        """Go up from a unit, over whoever took over from it, and look for the other one."""
        met, waiting = {unit_id}, [unit_id]
        while waiting:
            one = waiting.pop()
            if one == top:
                return True
            above = self._above(one, day) - met
            met |= above
            waiting += above
        return False

    def _above(self, unit_id: str, day: date) -> set[str]:
        parent = next(
            (
                one.parent_id
                for one in reversed(self.placed.get(unit_id, ()))
                if one.since <= day and (one.until is None or day <= one.until)
            ),
            None,
        )
        # Only what is gone has somebody else in its place: its own place is no longer in force.
        if parent:
            return {parent}
        return {one.unit_id for one in self.successors.get(unit_id, ()) if one.since <= day}
