"""Rule kind `submitted_by_deadline`: did the nomination arrive in time?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from campaigns.rules.eligibility.finding import Data, Doubt, Evidence, Kind
from campaigns.rules.nomination.receiving import deadline_of, is_acceptable, is_in_time
from language import Advice, _
from schemas.imports import NominationRow
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Severity


class SubmittedByDeadline(Kind):
    """The nomination arrived by the deadline of its unit."""

    check: Literal["submitted_by_deadline"]

    words: ClassVar = {
        "late_unchecked": Advice(
            _("No rule checks `submitted_by_deadline`; late nominations count."), _("Add the rule.")
        ),
    }

    def find(self, evidence: Evidence) -> Data | None:
        """Find a nomination that came after its unit's deadline and the hidden grace."""
        facts, playbook, context = evidence
        unit = facts.nominated_by_id
        if is_in_time(facts.submitted_at, unit, playbook, context):
            return None
        zone = ZoneInfo(playbook.timezone)
        return (
            ("submitted_at", facts.submitted_at.astimezone(zone).isoformat()),
            ("deadline", deadline_of(unit, context).astimezone(zone).isoformat()),
        )

    def severity_of(self, evidence: Evidence) -> Severity:
        """Warn only, where the late policy takes the nomination all the same."""
        facts, playbook, context = evidence
        if is_acceptable(facts.submitted_at, facts.nominated_by_id, playbook, context):
            return Severity.WARN
        return self.severity

    @classmethod
    def doubts_without(cls, _playbook: Playbook) -> Iterator[Doubt]:
        """Doubt a playbook in which nothing keeps late nominations out."""
        yield Doubt("late_unchecked", ("rules",))

    def broken(
        self, _row: NominationRow, _playbook: Playbook, _unit_kind: str
    ) -> NominationRow | None:
        """Return None: when a form arrives is not written in it."""
        return None
