"""Messages about what was told before, or cannot be: corrections, changes, bundles."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Model, Text
from schemas.messages.payload import Payload, RenderedMessage


class ResultCorrected(Payload):
    """To who was told a result that a later decision has changed; held like the result itself."""

    template: ClassVar[str] = "result-corrected"
    kind: Literal["result-corrected"] = "result-corrected"
    nomination_code: Code
    nomination_name: Text
    recognised: bool
    """What holds now; the reader was told the contrary."""
    decision_number: str
    signed_on: Text
    replaced_number: str
    """The decision that was told before and no longer holds."""
    replaced_on: Text


NominationTurn = Literal["withdrawn", "hold_cleared"]
"""What a person did to a nomination outside the usual course."""


class NominationChanged(Payload):
    """To who nominated, and the coordinators: a person changed where a nomination stands."""

    template: ClassVar[str] = "nomination-changed"
    kind: Literal["nomination-changed"] = "nomination-changed"
    turn: NominationTurn
    nomination_code: Code
    nomination_name: Text
    reason: Text
    informed: bool = False
    """Whether the reader is told as a coordinator, and has nothing to hand in or to do."""


class RecognitionRevoked(Payload):
    """To who nominated, held like the result itself, and to the coordinators: it holds no more."""

    template: ClassVar[str] = "recognition-revoked"
    kind: Literal["recognition-revoked"] = "recognition-revoked"
    nomination_code: Code
    nomination_name: Text
    reason: Text
    document: Text
    """Number of the decision that revokes the recognition."""
    informed: bool = False
    """Whether the reader is told as a coordinator, and has nothing to hand in or to do."""


class AdoptedModelRevoked(Payload):
    """To a unit that replicates a model whose recognition was revoked: what that means for it.

    The reason is not for others than the model's own unit.
    """

    template: ClassVar[str] = "adopted-model-revoked"
    kind: Literal["adopted-model-revoked"] = "adopted-model-revoked"
    adoption_code: Code
    nomination_code: Code
    nomination_name: Text
    document: Text
    """Number of the decision that revokes the recognition."""


class CampaignCancelled(Payload):
    """To everybody who takes part: the campaign is given up, and why."""

    template: ClassVar[str] = "campaign-cancelled"
    kind: Literal["campaign-cancelled"] = "campaign-cancelled"
    reason: Text


class JudgementCorrected(Payload):
    """To who gave it: somebody else has corrected a review or a vote before the decision.

    A ballot is secret, to this mail too: of a vote it says whose roll was replaced, and no choice.
    """

    template: ClassVar[str] = "judgement-corrected"
    kind: Literal["judgement-corrected"] = "judgement-corrected"
    matter: Literal["review", "vote"]
    made_by: Text
    reason: Text
    corrected_at: Instant
    count: int
    """How many nominations it is about."""
    reviews: tuple[tuple[Code, Text, tuple[tuple[Text, str, str, Text, Text], ...]], ...] = ()
    """(code, name, lines) of nominations, the first of many; a line is (criterion, points before
    and now, comment before and now)."""
    rolls: tuple[tuple[Code, Text, int], ...] = ()
    """(code, name, session) of nominations."""
    others: tuple[Code, ...] = ()
    """Further nominations of which the reader's review was corrected."""


class AddressFailing(Payload):
    """To the coordinators, once: an address takes no mail; whose it is, and what to do."""

    template: ClassVar[str] = "address-failing"
    kind: Literal["address-failing"] = "address-failing"
    address: str
    owners: tuple[tuple[Text, Text], ...]
    """(name of the person or unit, position or kind of it)."""
    status: str
    """As in RFC 3463, such as 5.1.1."""
    since: Instant


ReturnReason = Literal["hard", "refused", "full", "size", "expired", "forwarded", "unclear"]
"""Why a mail came back. `hard`: nobody is reached by the address; `refused`: it is not taken from
us; `full`: the mailbox is; `size`: the mail is too large; `expired`: tried for days; `forwarded`:
the address sends on to another, and that takes none; `unclear`: it was not said why."""


class MailReturned(Payload):
    """To the coordinators: a mail did not arrive, though its address may be right."""

    template: ClassVar[str] = "mail-returned"
    kind: Literal["mail-returned"] = "mail-returned"
    reason: ReturnReason
    address: str
    owners: tuple[tuple[Text, Text], ...]
    """(name of the person or unit, position or kind of it)."""
    subjects: tuple[Text, ...]
    """Of the messages that were in the mail."""
    status: str
    """As in RFC 3463, such as 5.2.2; empty where none was given."""
    said: Text
    """The other server's words, without an address."""


MailMatter = Literal["refused", "login", "encryption", "distrusted"]
"""`refused`, `login`, `encryption`: why our mail server takes nothing; `distrusted`: many of the
servers our mail goes to do not want it from us."""


class MailAlert(Payload):
    """To the coordinators, once: mail does not leave, or is refused for our sake."""

    template: ClassVar[str] = "mail-alert"
    kind: Literal["mail-alert"] = "mail-alert"
    matter: MailMatter
    said: Text
    """The server's words."""
    since: Instant
    count: int
    """How many messages waited when this was written, or notices had come."""


class Matter(Model):
    """One message of a bundle, as it was rendered."""

    addressee: Text
    """Empty where the whole bundle has one."""
    content: RenderedMessage


class Bundle(Payload):
    """Several messages to one address that are due together, in one mail."""

    template: ClassVar[str] = "bundle"
    kind: Literal["bundle"] = "bundle"
    matters: tuple[Matter, ...]
