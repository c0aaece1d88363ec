"""What people and programs are shown: standing, funnel, counts. Ids and counts, never names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from schemas.base import Code, Model, Text
from schemas.outcomes import Difference, Remark
from schemas.registers import Origin


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


class AskedPerson(Model):
    """Somebody a stage waits for: for coordinators and approvers, never for Prefect."""

    person_id: Code
    name: Text
    unit_id: Code
    unit_name: Text
    step: int
    principal_id: Code = ""
    """On whose behalf they are to sign; empty: in their own right."""
    principal_name: Text = ""
    letter: Text = ""


class SignatureView(Model):
    """One verdict on a stage as it is shown and printed: who, as what, on behalf of whom, when."""

    person_id: Code
    name: Text
    position: Text
    verdict: str
    step: int
    decided_at: datetime
    reason: Text = ""
    principal_id: Code = ""
    principal_name: Text = ""
    principal_position: Text = ""
    letter: Text = ""
    origin: Origin | None = None
    """Who gave the right and changed the address, where that was after the first set-up."""


class StageSigners(Model):
    """Who has decided on a stage in the present round, and for whom it waits, by name."""

    signatures: tuple[SignatureView, ...] = ()
    asked: tuple[AskedPerson, ...] = ()
    basis: str = ""
    """The mark of what is decided on now, for `seen`; empty where nothing is."""


class DelegationView(Model):
    """A delegation as it is listed."""

    number: int
    principal_id: Code
    principal_name: Text
    substitute_id: Code
    substitute_name: Text
    first_on: date
    last_on: date
    letter: Text
    stage: str | None
    state: str
    """`coming`, `in_force`, `over`, `revoked`, or `resting` before it counts."""
    recorded_by: Code = ""
    rests_until: datetime | None = None
    confirmed_by: Code = ""


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


class Done(Model):
    """What a command did; stored with its id, so that a repeat gives the same answer."""

    changed: int = 0
    """How many things it changed."""
    detail: str = ""
    known: int = 0
    """How many things were there already, just as it would have them."""
    remarks: tuple[Remark, ...] = ()
    """What it left out, and what it waits for."""
    differences: tuple[Difference, ...] = ()
    """What it changed of things that were stored, field by field."""
    repeated: bool = False
    """The very command was carried out before; nothing was changed by this one."""

    @property
    def stored(self) -> int:
        """How many things this one changed: none where it was carried out before."""
        return 0 if self.repeated else self.changed


class Delivery(Model):
    """What one round of delivery came to."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    deferred: int = 0

    def __add__(self, other: Delivery) -> Delivery:
        """Count both together."""
        return Delivery(
            sent=self.sent + other.sent,
            failed=self.failed + other.failed,
            uncertain=self.uncertain + other.uncertain,
            deferred=self.deferred + other.deferred,
        )


class RowDiffers(Model):
    """A thing whose row is not as the event log says."""

    thing: str
    """`tally:DVK23-BDA-01`."""
    columns: tuple[str, ...] = ()
    """Which differ; empty where the row is missing or should not be there."""
    problem: Literal["changed", "missing", "added"]


class Counted(Model):
    """How many of a kind."""

    kind: str
    count: int


class AnchorChecked(Model):
    """A head of the log that somebody had noted elsewhere."""

    number: int
    hash: str
    """As noted: the first digits."""
    source: str
    """Where it was noted: `--expect`, or the file of a mail."""
    holds: bool
    found: str = ""
    """What the log has at that number; empty: it ends before."""


class AuditResult(Model):
    """Whether the event log of a campaign holds."""

    campaign: Code
    events: int
    intact: bool
    broken_at: int | None = None
    """Number of the first record that does not fit."""
    differing: tuple[str, ...] = ()
    """Things whose rows are not as the log says, the first few."""
    differences: tuple[RowDiffers, ...] = ()
    """In what they differ, the first few."""
    differences_more: int = 0
    """How many more there are."""
    compared: tuple[Counted, ...] = ()
    """What was compared with the log, and how many of it."""
    not_compared: tuple[Counted, ...] = ()
    """Of what the log tells less than it would today: it is of an earlier version."""
    anchors: tuple[AnchorChecked, ...] = ()
    """Heads noted elsewhere that were asked for, and whether the log has them."""
    head: str = ""
    """`NUMBER:HASH` of the last event: what to note elsewhere, with 16 digits of the hash."""
    reason: str = ""


class BouncesRead(Model):
    """What the notices of undelivered mail came to."""

    read: int = 0
    hard: int = 0
    """The address reaches nobody, and is marked."""
    refused: int = 0
    """Not wanted from us."""
    returned: int = 0
    """Came back for another reason: a full mailbox, size, after days, or for none that was said."""
    soft: int = 0
    """Not delivered yet."""
    unproven: int = 0
    """About no mail that is known to have been sent from here."""
    passed_over: int = 0
    """Read before, or no notice at all."""


class MailPreference(Model):
    """How a person wants their mail."""

    digest: str
    language: str
