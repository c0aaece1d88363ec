"""What do queries hand out? Frozen records, typed, without the database behind them.

Those that come by the thousand are tuples: making one costs a third of a frozen dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from campaigns.store.enclosure_port import Enclosed
from schemas.imports import AnswerValue
from schemas.messages.outgoing import MessageDraft
from schemas.playbook.playbook import Playbook


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """A campaign with the playbook in force."""

    id: int
    code: str
    name: str
    state: str
    version: int
    playbook: Playbook
    playbook_version: int
    playbook_hash: str
    launched_by: str | None
    launched_at: datetime | None
    announced_at: datetime | None
    clock_at: datetime | None
    results_released_at: datetime | None
    salt: str
    """Of its seals in the event log; never told."""
    clock_repaired_at: datetime | None
    """Since when its time is right again, where it was dated ahead."""


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage of a campaign."""

    id: int
    name: str
    position: int
    state: str
    version: int
    round: int
    opens_at: datetime
    due_at: datetime
    approval_due_at: datetime
    opened_at: datetime | None
    approval_requested_at: datetime | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """One verdict on a stage."""

    person_id: str
    verdict: str
    reason: str
    decided_at: datetime
    step: int
    """Group of approvers it counts for, from 1 on."""
    principal_id: str | None
    letter: str
    round: int
    given_by: str | None = None
    """JSON of a `schemas.signing.Origin`: who gave the right it was signed by."""


@dataclass(frozen=True, slots=True)
class DelegationRecord:
    """Who signs in place of whom, on which days, by which letter."""

    id: int
    stage: str | None
    principal_id: str
    substitute_id: str
    first_on: date
    last_on: date
    letter: str
    recorded_at: datetime
    revoked_at: datetime | None
    recorded_by: str | None = None
    rests_until: datetime | None = None
    """From then on it counts; None: at once."""
    confirmed_by: str | None = None


class UnitRecord(NamedTuple):
    """A unit as it was named and placed on a date."""

    id: str
    name: str
    kind: str
    parent_id: str | None
    email: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person who holds a role."""

    id: str
    full_name: str
    unit_id: str
    email: str
    language: str
    position: str
    links_since: datetime | None = None
    """Links in mails from before are void."""


class NominationRecord(NamedTuple):
    """A nomination without its form."""

    id: int
    code: str
    state: str
    version: int
    content_version: int
    subject_kind: str
    field: str
    name: str
    unit_id: str
    nominated_by_id: str
    rank: int | None
    submitted_at: datetime
    late: bool
    returned_times: int
    told: str
    """The state that was released; who may know which is asked of `services.sight`."""
    salt: str
    """Of its seals in the event log; never told."""


@dataclass(frozen=True, slots=True)
class NominationContent:
    """A nomination with the form it was last sent with."""

    nomination: NominationRecord
    answers: Mapping[str, AnswerValue]
    content_hash: str


class NewMessage(NamedTuple):
    """A wanted message and what it is about."""

    draft: MessageDraft
    about: str
    enclosed: Enclosed | None = None


class AdoptionRecord(NamedTuple):
    """A replication with the dates known so far."""

    id: int
    code: str
    nomination_id: int
    unit_id: str
    parent_id: int | None
    generation: int
    state: str
    version: int
    committed_on: date
    started_on: date | None
    evidenced_on: date | None
    sustained_on: date | None
    abandoned_on: date | None


class FollowUpRecord(NamedTuple):
    """A follow-up date of an adoption."""

    id: int
    adoption_id: int
    months: int
    due_on: date
    state: str
    version: int
    asked_at: datetime | None
