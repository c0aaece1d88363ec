"""What the engine writes to people: one typed payload per template, and the mail made of it.

A payload holds exactly what its template shows, so that rendering needs no database and a sample
can be shown before anything leaves. `template` is the name of the folder in
`notifications/templates/`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.base import Code, Instant, Model, Text
from schemas.messages.mail import (
    AddressFailing,
    AdoptedModelRevoked,
    Bundle,
    CampaignCancelled,
    JudgementCorrected,
    MailAlert,
    MailReturned,
    NominationChanged,
    RecognitionRevoked,
    ResultCorrected,
)
from schemas.messages.payload import CalendarEntry as CalendarEntry  # noqa: PLC0414 - handed on
from schemas.messages.payload import Enclosure as Enclosure  # noqa: PLC0414 - handed on
from schemas.messages.payload import Payload as Payload  # noqa: PLC0414 - handed on
from schemas.messages.payload import RenderedMessage as RenderedMessage  # noqa: PLC0414 - handed on
from schemas.messages.signing import AccessOpened, OneTimeCode, SignerChanged
from schemas.messages.work import CampaignLaunched, PledgeRequested, ReviewAssigned
from schemas.vocabulary import Language, MessageState


class NominationReceived(Payload):
    """Receipt for one nomination: code, time with zone, digest of the content received."""

    template: ClassVar[str] = "nomination-received"
    kind: Literal["nomination-received"] = "nomination-received"
    nomination_code: Code
    nomination_name: Text
    received_at: Instant
    content_hash: str
    version: int
    late: bool


class Problem(Model):
    """One reason shown to a nominating unit, with what would mend it."""

    rule: str
    reason: Text
    remedy: Text = ""


class NominationReturned(Payload):
    """The nomination goes back to its unit for correction, once, before the deadline."""

    template: ClassVar[str] = "nomination-returned"
    kind: Literal["nomination-returned"] = "nomination-returned"
    nomination_code: Code
    nomination_name: Text
    problems: tuple[Problem, ...]
    closes_at: Instant


class NominationChecked(Payload):
    """What the eligibility rules came to for one nomination."""

    template: ClassVar[str] = "nomination-checked"
    kind: Literal["nomination-checked"] = "nomination-checked"
    nomination_code: Code
    nomination_name: Text
    outcome: Literal["eligible", "ineligible", "on_hold"]
    problems: tuple[Problem, ...]


class ApprovalRequested(Payload):
    """To an approver: a stage waits for a decision; the counts it is taken on."""

    template: ClassVar[str] = "approval-requested"
    kind: Literal["approval-requested"] = "approval-requested"
    stage: str
    round: int
    """1 for the first request; one more each time the stage was returned and asked again."""
    required: int
    counts: tuple[tuple[Text, int], ...]
    """(label, number), never names."""
    plan: tuple[tuple[Text, Text], ...] = ()
    """Of a launch: what is launched, as (label, value)."""
    step: int = 1
    steps: int = 1
    """How many groups of approvers there are, and which of them the reader is in."""
    kept: int = 0
    """Signatures of earlier rounds that still count."""
    on_behalf_of: Text = ""
    """For whom the reader is asked to sign; empty: in their own right."""
    letter: Text = ""
    """Number of the letter of authority."""
    due_at: Instant | None = None
    link: str = ""
    """Secret address of the reader's page of decision; empty: there is none."""
    anchor: str = ""
    """`NUMBER:HASH`, the head of the event log when this was written."""


class ApprovalDelegated(Payload):
    """To a principal: a stage waits for a decision, and the substitute was asked for it."""

    template: ClassVar[str] = "approval-delegated"
    kind: Literal["approval-delegated"] = "approval-delegated"
    stage: str
    substitute_name: Text
    letter: Text
    until_on: Text
    """Last day of the delegation, as written in the reader's language."""


class ApproversMissing(Payload):
    """To the coordinators: too few people can still sign for a stage."""

    template: ClassVar[str] = "approvers-missing"
    kind: Literal["approvers-missing"] = "approvers-missing"
    stage: str
    missing: int
    """Signatures nobody can give."""
    abstained: int
    due_at: Instant


class StageReturned(Payload):
    """To the coordinators: an approver returned the stage, with the reason."""

    template: ClassVar[str] = "stage-returned"
    kind: Literal["stage-returned"] = "stage-returned"
    stage: str
    reason: Text
    resumes: bool = False
    """Whether signatures given before stay; else everybody signs anew."""
    kept: int = 0
    """How many stay."""


class CouncilInvited(Payload):
    """To a council member: a session, when, and how many nominations are voted on."""

    template: ClassVar[str] = "council-invited"
    kind: Literal["council-invited"] = "council-invited"
    session: int
    starts_at: Instant
    nominations: int
    members: int
    quorum: int


class ResultAnnounced(Payload):
    """To the nominating unit: the result of one nomination, held until it is released."""

    template: ClassVar[str] = "result-announced"
    kind: Literal["result-announced"] = "result-announced"
    nomination_code: Code
    nomination_name: Text
    recognised: bool
    decision_number: str
    signed_on: Text
    """The decision's date as written in the reader's language."""


class FollowUpDue(Payload):
    """To an adopting unit: a follow-up of its replication is due; or overdue since its own date."""

    template: ClassVar[str] = "follow-up-due"
    kind: Literal["follow-up-due"] = "follow-up-due"
    model_code: Code
    model_name: Text
    months: int
    due_on: Text
    """The original date, as written in the reader's language; it never moves."""
    overdue: bool


class CampaignAmended(Payload):
    """To those it concerns: what an amendment of the running campaign changes, and why."""

    template: ClassVar[str] = "campaign-amended"
    kind: Literal["campaign-amended"] = "campaign-amended"
    version: int
    reason: Text
    changes: tuple[tuple[Text, Text, Text], ...]
    """What it is called, before, and from now on."""


Owed = Literal["nominations", "corrections", "reviews", "votes", "approval", "correction"]
"""What somebody still owes: nominations, corrections of returned ones, reviews, votes, a stage's
approval, the correction of a returned stage."""


class DeadlineExtended(Payload):
    """To those concerned: they have more time, until when, and why."""

    template: ClassVar[str] = "deadline-extended"
    kind: Literal["deadline-extended"] = "deadline-extended"
    stage: str
    matter: Literal["work", "approval"]
    previous_at: Instant
    until_at: Instant
    alone: bool
    """Granted to the reader's unit alone."""
    reason: Text


class DeadlineReminder(Payload):
    """To who still owes something: what, and until when it is or was due."""

    template: ClassVar[str] = "deadline-reminder"
    kind: Literal["deadline-reminder"] = "deadline-reminder"
    what: Owed
    stage: str
    due_at: Instant
    days: int
    """Calendar days left; 0 on the day itself, below 0 when overdue."""
    count: int
    """How many are missing, where that can be counted; else 0."""
    link: str = ""
    """Secret address of the reader's page of decision, for an approval; empty: there is none."""


class DeadlineEscalated(Payload):
    """To the superior of those who owe something that is overdue."""

    template: ClassVar[str] = "deadline-escalated"
    kind: Literal["deadline-escalated"] = "deadline-escalated"
    what: Owed
    stage: str
    due_at: Instant
    debtors: tuple[Text, ...]
    """Units or people, the first of them."""
    total: int
    link: str = ""
    """Secret address of the page of decision of a reader who can sign as well; else empty."""


class RemindersStopped(Payload):
    """To the coordinators: who still owes something, and that nobody is reminded of it again."""

    template: ClassVar[str] = "reminders-stopped"
    kind: Literal["reminders-stopped"] = "reminders-stopped"
    what: Owed
    stage: str
    due_at: Instant
    debtors: tuple[Text, ...]
    total: int


EngineMatter = Literal["given_up", "standstill", "webhook"]
"""`given_up`: runs did not do their work; `standstill`: the campaign's time came, and no run;
`webhook`: one takes no events any more."""


class EngineAlert(Payload):
    """To the coordinators: the engine itself needs somebody to look at it."""

    template: ClassVar[str] = "engine-alert"
    kind: Literal["engine-alert"] = "engine-alert"
    matter: EngineMatter
    topic: str
    """The work given up, or the stage that should have begun, empty for the campaign's end; of a
    webhook its number, never its address."""
    since: Instant
    count: int
    """How many changes wait for that work, or events were given up."""


AnyPayload = Annotated[
    AddressFailing
    | Bundle
    | CampaignLaunched
    | NominationReceived
    | NominationReturned
    | NominationChecked
    | NominationChanged
    | ReviewAssigned
    | ApprovalRequested
    | ApprovalDelegated
    | ApproversMissing
    | StageReturned
    | CouncilInvited
    | ResultAnnounced
    | ResultCorrected
    | RecognitionRevoked
    | AdoptedModelRevoked
    | PledgeRequested
    | FollowUpDue
    | CampaignAmended
    | CampaignCancelled
    | DeadlineExtended
    | DeadlineReminder
    | DeadlineEscalated
    | RemindersStopped
    | JudgementCorrected
    | SignerChanged
    | AccessOpened
    | OneTimeCode
    | EngineAlert
    | MailAlert
    | MailReturned,
    Field(discriminator="kind"),
]
"""Any payload; the field `kind` (equal to `template`) says which, in stored JSON."""


class Recipient(Model):
    """Whom a message goes to: a person or a unit, by id, with the address at the time."""

    id: Code
    address: str
    """Empty when the recipient has none: the message is kept as failed, so nobody is forgotten."""
    name: Text
    language: Language = "vi"


class MessageDraft(Model):
    """A message wanted by a service: queued, or held for release, in the same transaction."""

    key: str
    """Unique per (cause version, template, recipient); made by `campaigns.rules.keys`."""
    recipient: Recipient
    payload: AnyPayload
    held: bool = False


class OutgoingMail(Model):
    """One mail to one recipient, complete, as a transport needs it."""

    message_id: int
    """Row id of the message, for the outcome; of the first one in a bundle."""
    key: str
    """The deterministic `Message-ID` is made from it."""
    campaign_code: Code
    template: str
    language: Language
    to_address: str
    to_name: Text
    reply_to: str
    """The coordinator's address."""
    queued_at: Instant
    """Becomes the `Date` header, so that a mail is the same however often it is built."""
    content: RenderedMessage
    enclosures: tuple[Enclosure, ...] = ()
    """Files that go with it."""


Hindrance = Literal["", "refused", "login", "encryption", "unreachable"]
"""What kept a whole batch from leaving, whatever is in it: the server `refused` us, did not take
our `login`, offered no `encryption`, was `unreachable`; empty: nothing did."""


class DeliveryOutcome(Model):
    """What became of one attempt to hand a mail over."""

    message_id: int
    state: MessageState
    """`sent`, `failed` (5xx, bad address), `uncertain` (time-out or drop after DATA) or `queued`
    (4xx or no connection: try again after `retry_in_seconds`)."""
    detail: str = ""
    """The server's own words, without the recipient's name."""
    retry_in_seconds: int | None = None
    was_tried: bool = True
    """False where the batch's time was over before: that is no attempt."""
    hindrance: Hindrance = ""
    """What kept the whole batch: says nothing of this message."""
