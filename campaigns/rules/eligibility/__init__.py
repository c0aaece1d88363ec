"""May this nomination be considered? The eligibility rules of its playbook decide.

Each kind of rule is one file here, named as its `check`: parameters, what it finds, the boxes it
reads, its doubts about a playbook, and how a rehearsal meets and breaks it. `check.KINDS` lists
them; whoever imports this package can read playbooks.
"""

from __future__ import annotations

from campaigns.rules.eligibility.check import KINDS, check, is_correctable, outcome, rules_of
from campaigns.rules.eligibility.finding import Data, Doubt, Evidence, Finding, Kind
from campaigns.rules.eligibility.rank_within_quota import Ranked, RankWithinQuota, places_of
from campaigns.rules.eligibility.submitted_by_deadline import SubmittedByDeadline

__all__ = [
    "KINDS",
    "Data",
    "Doubt",
    "Evidence",
    "Finding",
    "Kind",
    "RankWithinQuota",
    "Ranked",
    "SubmittedByDeadline",
    "check",
    "is_correctable",
    "outcome",
    "places_of",
    "rules_of",
]
