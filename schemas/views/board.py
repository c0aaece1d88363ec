"""What is shown of where a campaign stands? Counts and codes, never names."""

from __future__ import annotations

from datetime import datetime

from schemas.base import Code, Model, Text


class Waiting(Model):
    """What a campaign waits for: roles, not names."""

    stage: str
    roles: tuple[str, ...]
    """Whose act is missing; empty where only time must pass."""
    what: str
    """Stable name of the matter: `opening`, `launch`, `approval`, `nominations`, `reviews`,
    `votes`, `release`, `follow_ups`."""
    count: int = 0
    """How many are missing, where that can be counted."""
    until: datetime | None = None
    since: datetime | None = None
    """When the wait began; None where only time must pass."""
    short: int = 0
    """Signatures that nobody can give: approvers must be appointed first."""


class StageView(Model):
    """A stage as shown on the board."""

    name: str
    state: str
    round: int
    opens_at: datetime
    due_at: datetime
    approval_due_at: datetime
    approved_at: datetime | None
    approvals: tuple[tuple[str, str], ...] = ()
    """(person id, verdict) of the present round; for those who may be told names."""
    given: int = 0
    """Signatures that count, of those required."""
    required: int


class CampaignOutline(Model):
    """What everybody who holds a role may be shown of a campaign."""

    code: Code
    name: Text
    state: str
    playbook: Code
    playbook_hash: str
    rehearsal: bool
    now: datetime
    """The campaign's present: the real time, or a rehearsal's own."""
    stages: tuple[StageView, ...]
    waiting: Waiting | None


class CampaignView(CampaignOutline):
    """A campaign as shown to those who know everything of it."""

    events: int
    last_hash: str


class CampaignShown(CampaignOutline):
    """A campaign as one person may be shown it."""

    events: int | None = None
    """How many events its log has; null for others than coordinators and leaders."""
    last_hash: str | None = None
    """The hash of the last one; null as above."""


class FunnelRow(Model):
    """One line of the funnel: how many came how far."""

    group: Text
    nominated: int
    ineligible: int
    on_hold: int
    voted: int
    recognised: int


class Funnel(Model):
    """How many came how far: in all, by field, by subject kind."""

    total: FunnelRow
    by_field: tuple[FunnelRow, ...]
    by_subject_kind: tuple[FunnelRow, ...]


class ShownFunnelRow(Model):
    """One line of the funnel as one person may be shown it; null: too small, or not told yet."""

    group: Text
    nominated: int | None
    ineligible: int | None
    on_hold: int | None
    voted: int | None
    recognised: int | None


class ShownFunnel(Model):
    """How many came how far, as far as it was told: in all, by field, by subject kind."""

    total: ShownFunnelRow
    by_field: tuple[ShownFunnelRow, ...]
    by_subject_kind: tuple[ShownFunnelRow, ...]


class MessageCount(Model):
    """Messages of one template in one state."""

    template: str
    state: str
    count: int


class CodeList(Model):
    """A number of nominations and which they are."""

    total: int
    codes: tuple[Code, ...]


class Nominated(Model):
    """Nominations received."""

    total: int
    by_field: dict[str, int]
    by_subject_kind: dict[str, int]
    by_nominating_unit: dict[str, int]


class Ineligible(Model):
    """Nominations a rule kept out, by rule."""

    total: int
    by_reason: dict[str, tuple[Code, ...]]


class Voted(Model):
    """Nominations the council voted on."""

    total: int
    by_field: dict[str, int]


class Recognised(Nominated):
    """Nominations the signed decision recognises."""

    codes: tuple[Code, ...]


class ScoreCounts(Model):
    """How much was reviewed."""

    rows: int
    reviewers: int
    reviews: int


class AdoptionCounts(Model):
    """How recognised models were replicated."""

    rows: int
    models: int
    """Recognised nominations with at least one adoption."""
    recognised_without_adoption: int
    by_state: dict[str, int]
    by_generation: dict[str, int]


class Summary(Model):
    """What a campaign came to; the shape of `summary.json`."""

    nominated: Nominated
    ineligible: Ineligible
    late: CodeList
    over_quota: CodeList
    on_hold: CodeList
    voted: Voted
    recognised: Recognised
    not_passed: CodeList
    scores: ScoreCounts
    adoptions: AdoptionCounts
