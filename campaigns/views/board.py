"""Where does a campaign stand? Stages, funnel, messages and summary, as counts and codes.

All of it, as those know it who decide: what others are shown of it is made by `services.shown`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict

from campaigns.rules.eligibility import RankWithinQuota, SubmittedByDeadline
from campaigns.services.approvals.signers import Chain
from campaigns.services.standing import waiting
from campaigns.store import campaigns, replication
from campaigns.store.appraisal import reviews
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord, StageRecord
from campaigns.store.transaction import Transaction
from language import Language
from schemas.playbook.values import Choice
from schemas.views.board import (
    AdoptionCounts,
    CampaignView,
    CodeList,
    Funnel,
    FunnelRow,
    Ineligible,
    MessageCount,
    Nominated,
    Recognised,
    ScoreCounts,
    StageView,
    Summary,
    Voted,
)
from schemas.vocabulary import (
    MessageState,
    NominationState,
    Severity,
)

_NOT_NOMINATED = frozenset({NominationState.DRAFT, NominationState.WITHDRAWN})
"""What counts as no nomination: never handed in, or taken back."""


def view(tx: Transaction) -> CampaignView:
    """Return the campaign as shown in lists and on its page."""
    head = tx.head()
    return CampaignView(
        code=tx.campaign.code,
        name=tx.campaign.name,
        state=tx.campaign.state,
        playbook=tx.playbook.playbook,
        playbook_hash=tx.campaign.playbook_hash,
        rehearsal=tx.campaign.clock_at is not None,
        now=tx.now,
        stages=tuple(_stage_view(tx, stage) for stage in campaigns.stages(tx)),
        waiting=waiting(tx),
        events=head.number,
        last_hash=head.hash,
    )


def _stage_view(tx: Transaction, stage: StageRecord) -> StageView:
    chain = Chain(tx, stage)
    return StageView(
        name=stage.name,
        state=stage.state,
        round=stage.round,
        opens_at=stage.opens_at,
        due_at=stage.due_at,
        approval_due_at=stage.approval_due_at,
        approved_at=stage.approved_at,
        approvals=tuple((one.person_id, one.verdict) for one in chain.verdicts),
        given=chain.status.have,
        required=chain.status.need,
    )


def message_counts(tx: Transaction) -> list[MessageCount]:
    """Count messages by template and state, in the states' order."""
    order = [state.value for state in MessageState]
    counted = sorted(
        messages.counts(tx).items(), key=lambda item: (item[0][0], order.index(item[0][1]))
    )
    return [
        MessageCount(template=template, state=state, count=number)
        for (template, state), number in counted
    ]


# --- Funnel and summary --------------------------------------------------------------------------


def funnel(tx: Transaction, language: Language) -> Funnel:
    """Count how many nominations came how far: in all, by field, by subject kind."""
    records = [one for one in nominations.find(tx) if one.state not in _NOT_NOMINATED]
    voted = set(council.tallies(tx))

    def grouped(
        key: Callable[[NominationRecord], str], choices: Iterable[Choice]
    ) -> tuple[FunnelRow, ...]:
        rows = [
            _funnel_row(
                choice.name.say(language), [one for one in records if key(one) == choice.id], voted
            )
            for choice in choices
        ]
        return tuple(row for row in rows if row.nominated)

    return Funnel(
        total=_funnel_row("", records, voted),
        by_field=grouped(lambda one: one.field, tx.playbook.fields),
        by_subject_kind=grouped(lambda one: one.subject_kind, tx.playbook.subject_kinds),
    )


def _funnel_row(group: str, records: list[NominationRecord], voted: set[int]) -> FunnelRow:
    states = Counter(one.state for one in records)
    return FunnelRow(
        group=group,
        nominated=len(records),
        ineligible=states[NominationState.INELIGIBLE],
        on_hold=states[NominationState.ON_HOLD],
        voted=sum(one.id in voted for one in records),
        recognised=states[NominationState.RECOGNISED],
    )


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Count values, the most frequent first, equal ones by name."""
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _code_list(records: Iterable[NominationRecord]) -> CodeList:
    codes = tuple(sorted(one.code for one in records))
    return CodeList(total=len(codes), codes=codes)


def summary(tx: Transaction) -> Summary:
    """Say what the campaign came to, from the recorded facts alone."""
    records = nominations.find(tx)
    tallies = council.tallies(tx)
    state = NominationState
    recognised = [one for one in records if one.state == state.RECOGNISED]
    reasons = _blocking(tx, {one.id: one.code for one in records if one.state == state.INELIGIBLE})
    voted = [one for one in records if one.id in tallies]
    counts = reviews.counts(tx)
    return Summary(
        nominated=Nominated(**_groups(tx, records)),
        ineligible=Ineligible(
            total=sum(one.state == state.INELIGIBLE for one in records), by_reason=reasons
        ),
        late=_codes_of(tx, reasons, SubmittedByDeadline),
        over_quota=_codes_of(tx, reasons, RankWithinQuota),
        on_hold=_code_list(one for one in records if one.state == state.ON_HOLD),
        voted=Voted(total=len(voted), by_field=_by_field(tx, voted)),
        recognised=Recognised(
            **_groups(tx, recognised), codes=tuple(sorted(one.code for one in recognised))
        ),
        not_passed=_code_list(one for one in voted if not tallies[one.id].passed),
        scores=ScoreCounts(rows=counts.scores, reviewers=counts.reviewers, reviews=counts.reviews),
        adoptions=_adoption_counts(tx, recognised),
    )


class _Groups(TypedDict):
    total: int
    by_field: dict[str, int]
    by_subject_kind: dict[str, int]
    by_nominating_unit: dict[str, int]


def _groups(tx: Transaction, records: list[NominationRecord]) -> _Groups:
    playbook = tx.playbook
    return {
        "total": len(records),
        "by_field": _by_field(tx, records),
        "by_subject_kind": _counted(
            playbook.choice_of("subject_kinds", one.subject_kind) for one in records
        ),
        "by_nominating_unit": _counted(one.nominated_by_id for one in records),
    }


def _by_field(tx: Transaction, records: list[NominationRecord]) -> dict[str, int]:
    return _counted(tx.playbook.choice_of("fields", one.field) for one in records if one.field)


def _blocking(tx: Transaction, codes: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
    """Return the ineligible nominations by each rule that blocks them."""
    found: dict[str, list[str]] = {}
    for finding in nominations.findings(tx):
        if finding.severity == Severity.BLOCK and finding.nomination_id in codes:
            found.setdefault(finding.rule_id, []).append(codes[finding.nomination_id])
    return {rule: tuple(sorted(found[rule])) for rule in sorted(found)}


def _codes_of(
    tx: Transaction, reasons: Mapping[str, tuple[str, ...]], kind: type[object]
) -> CodeList:
    codes = sorted(
        {
            code
            for rule in tx.playbook.rules
            if isinstance(rule, kind)
            for code in reasons.get(rule.id, ())
        }
    )
    return CodeList(total=len(codes), codes=tuple(codes))


def _adoption_counts(tx: Transaction, recognised: list[NominationRecord]) -> AdoptionCounts:
    rows = list(replication.by_code(tx).values())
    models = {row.nomination_id for row in rows}
    return AdoptionCounts(
        rows=len(rows),
        models=len(models),
        recognised_without_adoption=sum(one.id not in models for one in recognised),
        by_state=dict(sorted(Counter(row.state for row in rows).items())),
        by_generation={
            str(depth): number
            for depth, number in sorted(Counter(row.generation for row in rows).items())
        },
    )
