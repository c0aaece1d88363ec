"""Rule kind `rank_within_quota`: does the unit have a place for the nomination?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Literal, NamedTuple

from campaigns.rules.eligibility.finding import Data, Doubt, Evidence, Kind
from language import Advice, _
from schemas.imports import NominationRow
from schemas.playbook.form import ItemRole
from schemas.playbook.playbook import Playbook


class RankWithinQuota(Kind):
    """The rank its unit gave the nomination is within the unit's quota, and so is its place.

    Places are counted by rank: of equal ranks the nomination submitted first comes first, so that
    never more pass than there are places. One that is rejected for another reason does not free
    its place.
    """

    check: Literal["rank_within_quota"]

    words: ClassVar = {
        "quota_unchecked": Advice(
            _("There is a quota, but no rule `rank_within_quota` applies it."), _("Add the rule.")
        ),
        "quota_without_limit": Advice(
            _("The rule does nothing: `quota` is empty."), _("Give a quota or drop the rule.")
        ),
        "rank_box_missing": Advice(
            _("The rule needs a box with `role: rank`, and the form has none."), _("Add one.")
        ),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find a nomination without a rank, or whose rank or place is beyond the quota."""
        facts, playbook, context = evidence
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

    def doubts(self, playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a rule without a quota to keep, or without a rank to read."""
        if not playbook.quota.is_limited:
            yield Doubt("quota_without_limit")
        if playbook.form.by_role(ItemRole.RANK) is None:
            yield Doubt("rank_box_missing")

    @classmethod
    def doubts_without(cls, playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a quota that nothing keeps."""
        if playbook.quota.is_limited:
            yield Doubt("quota_unchecked", ("quota",))

    def broken(self, row: NominationRow, playbook: Playbook, unit_kind: str) -> NominationRow:
        """Give the rank after the last place."""
        return row.model_copy(update={"rank": (playbook.quota.for_kind(unit_kind) or 0) + 1})


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
