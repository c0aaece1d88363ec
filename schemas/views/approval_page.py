"""What does an approver see before deciding? The page of a link, and the dossiers behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from language import Language
from schemas.base import Code, Model, Text
from schemas.views.approvals import SignatureView


class Reason(Model):
    """Why the rules hold something against a nomination, in the reader's language."""

    severity: Text
    text: Text


class ListedNomination(Model):
    """A nomination as an approver sees it in a list: no scores, no ballots."""

    number: int
    """Of the dossier, in the address of its page."""
    code: Code
    name: Text
    unit: Text
    nominated_by: Text
    state: Text
    reasons: tuple[Reason, ...] = ()


class DecidedRound(Model):
    """The verdicts of one round of a stage's approval."""

    round: int
    signatures: tuple[SignatureView, ...]


class CodePage(Model):
    """How far the reader is with the one-time code that the stage asks for."""

    sent_to: str
    """The address codes go to, half hidden."""
    act: str = ""
    """What the code that lives confirms; empty: none does."""
    until: datetime | None = None
    mail: Literal["", "waits", "refused"] = ""
    """Whether the code's mail is still here, or the mail server does not take it."""


class DecisionPage(Model):
    """What an approver sees who opens the link of a mail."""

    campaign_code: Code
    campaign_name: Text
    coordinator_name: Text
    coordinator_address: str
    timezone: str
    language: Language
    stage: str
    state: str
    round: int
    is_present: bool
    """Whether the round of the link is the one that waits for approval."""
    may_decide: bool
    seen: str = ""
    """The mark of what is shown to be decided; a form brings it back."""
    rests: Text = ""
    """Why the reader cannot decide yet: the right is too new."""
    reader_name: Text
    principal_name: Text
    letter: Text
    have: int
    need: int
    due_at: datetime
    code: CodePage | None = None
    """None: the stage asks for no code, or the reader cannot decide."""
    plan: tuple[tuple[Text, Text], ...] = ()
    """Of a launch: what is launched, as (label, value)."""
    counts: tuple[tuple[Text, int], ...]
    """As they are while the round waits; after it, as they were when it was decided."""
    counted_at: datetime | None
    """When the counts were taken; None: of this round none were kept."""
    nominations: tuple[ListedNomination, ...]
    page: int
    pages: int
    rounds: tuple[DecidedRound, ...]
    anchor: str = ""
    """`NUMBER:HASH`, the head of the event log now."""
    """Every round in which somebody has decided, the newest last."""


class DossierPage(Model):
    """One nomination, whole, as an approver reads it."""

    campaign_name: Text
    timezone: str
    language: Language
    nomination: ListedNomination
    boxes: tuple[tuple[Text, str], ...]
    """The form as it was last sent: (the box's name, what stands in it)."""
