"""Does a row take a rank that its unit has given before, or a place that its quota does not have?

Told when a nomination comes in, by every door; decided by the rule of the quota, when all are in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from campaigns.rules.eligibility import RankWithinQuota
from campaigns.rules.importing.problems import Problems
from schemas.playbook.playbook import Playbook

RanksOf = Callable[[str], Iterable[tuple[str, int | None]]]
"""Returns (code, rank) of what a unit has nominated already."""


def none_yet(_unit_id: str) -> Iterable[tuple[str, int | None]]:
    """Say that nothing was nominated."""
    return ()


class Places:
    """The ranks of each unit, those stored and those of the rows read so far."""

    def __init__(self, playbook: Playbook, ranks_of: RanksOf) -> None:
        self._quota = playbook.quota
        self._counts = any(isinstance(rule, RankWithinQuota) for rule in playbook.rules)
        self._ranks_of = ranks_of
        self._given: dict[str, dict[str, int | None]] = {}

    def note(
        self,
        row: int,
        column: int,
        problems: Problems,
        *,
        code: str,
        unit_id: str,
        kind: str,
        rank: int | None,
    ) -> None:
        """Warn of a rank that stands twice in a unit, and of more than its quota has places."""
        quota = self._quota.for_kind(kind)
        if not self._counts or quota is None or rank is None:
            return
        given = self._given.get(unit_id)
        if given is None:
            given = self._given[unit_id] = dict(self._ranks_of(unit_id))
        other = next((one for one, at in given.items() if at == rank and one != code), None)
        given[code] = rank
        if other is not None:
            problems.warn(
                "rank_repeated", row, column, rank, unit=unit_id, other=other, quota=quota
            )
        if len(given) > quota:
            problems.info(
                "over_quota", row, column, rank, unit=unit_id, quota=quota, count=len(given)
            )
