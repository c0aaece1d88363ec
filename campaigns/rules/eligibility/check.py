"""Which rules does a nomination break? Every rule of the playbook is asked, in its order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from campaigns.rules.eligibility.answer_is import AnswerIs
from campaigns.rules.eligibility.at_least import AtLeast
from campaigns.rules.eligibility.case_closed import CaseClosed
from campaigns.rules.eligibility.finding import Evidence, Finding, Kind
from campaigns.rules.eligibility.not_recognised_before import NotRecognisedBefore
from campaigns.rules.eligibility.rank_within_quota import RankWithinQuota
from campaigns.rules.eligibility.running_since import RunningSince
from campaigns.rules.eligibility.submitted_by_deadline import SubmittedByDeadline
from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from schemas.playbook.judging import register
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import NominationState, Severity

KINDS: Final[tuple[type[Kind], ...]] = (
    SubmittedByDeadline,
    RankWithinQuota,
    AnswerIs,
    RunningSince,
    AtLeast,
    CaseClosed,
    NotRecognisedBefore,
)
"""Every kind of rule a playbook can have, in the order of the reference."""

register(KINDS)


def rules_of(playbook: Playbook) -> tuple[Kind, ...]:
    """Return the playbook's rules; each is of one of `KINDS`, since no other can be read."""
    return cast("tuple[Kind, ...]", playbook.rules)


def check(facts: NominationFacts, playbook: Playbook, context: CheckContext) -> tuple[Finding, ...]:
    """Apply every rule of the playbook, in its order, and return what they found.

    Nothing found: eligible. Every rule is applied even after a blocking one, so that a nominator
    learns everything at once. Raises `AnswerUnusable` where a rule reads a box of another type.
    """
    evidence = Evidence(facts, playbook, context)
    return tuple(
        Finding(rule.id, rule.version, rule.severity_of(evidence), data, rule.source)
        for rule in rules_of(playbook)
        if (data := rule.find(evidence)) is not None
    )


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
