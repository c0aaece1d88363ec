"""Rule kind `not_recognised_before`: was the same model recognised in an earlier year?"""

from __future__ import annotations

from typing import Literal

from campaigns.rules.eligibility.finding import Data, Evidence, Kind
from schemas.imports import NominationRow
from schemas.playbook.playbook import Playbook


class NotRecognisedBefore(Kind):
    """No model of the same name by the same unit was recognised in earlier years."""

    check: Literal["not_recognised_before"]

    def find(self, evidence: Evidence) -> Data | None:
        """Find a title that the unit was recognised for, in any spelling."""
        facts, _, context = evidence
        if (facts.unit_id, context.fold(facts.name)) not in context.past_titles:
            return None
        return (("unit", facts.unit_id), ("title", facts.name))

    def broken(
        self, _row: NominationRow, _playbook: Playbook, _unit_kind: str
    ) -> NominationRow | None:
        """Return None: an invented campaign has no earlier years."""
        return None
