"""What the engine writes to people: one typed payload per template, and the mail made of it.

A payload holds exactly what its template shows, so that rendering needs no database and a sample
can be shown before anything leaves. `template` is the name of the folder in
`notifications/templates/`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import Field

from language import Language
from schemas.base import Code, Instant, Model, Text
from schemas.messages.access import AccessOpened
from schemas.messages.appraisal import JudgementCorrected, ReviewAssigned
from schemas.messages.approvals import (
    ApprovalDelegated,
    ApprovalRequested,
    ApproversMissing,
    StageReturned,
)
from schemas.messages.deadlines import (
    DeadlineEscalated,
    DeadlineExtended,
    DeadlineReminder,
    RemindersStopped,
)
from schemas.messages.engine import EngineAlert
from schemas.messages.launch import CampaignAmended, CampaignCancelled, CampaignLaunched
from schemas.messages.mail import AddressFailing, Bundle, MailAlert, MailReturned
from schemas.messages.nomination import (
    NominationChanged,
    NominationChecked,
    NominationReceived,
    NominationReturned,
)
from schemas.messages.payload import Enclosure, RenderedMessage
from schemas.messages.recognition import (
    CouncilInvited,
    RecognitionRevoked,
    ResultAnnounced,
    ResultCorrected,
)
from schemas.messages.replication import AdoptedModelRevoked, FollowUpDue, PledgeRequested
from schemas.messages.signing import OneTimeCode, SignerChanged
from schemas.vocabulary import MessageState

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


_MAIL_ID: Final = 32


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


def mail_id(key: str) -> str:
    """Return what names a mail outside: in its `Message-ID`, and as a file in a Maildir."""
    return sha256(key.encode()).hexdigest()[:_MAIL_ID]
