"""The words of a campaign: stages, states, kinds. One word for one thing, everywhere.

English ids are for code and data; what people read is in `LABELS` and the catalogue, with
the terms of the glossary (`docs/glossary.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from language import Language, Text, _


class Stage(StrEnum):
    """The five stages of a campaign, in their order."""

    LAUNCH = "launch"
    NOMINATION = "nomination"
    APPRAISAL = "appraisal"
    RECOGNITION = "recognition"
    REPLICATION = "replication"


STAGES: Final = tuple(Stage)


class CampaignState(StrEnum):
    """Where a campaign stands as a whole."""

    DRAFT = "draft"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class StageState(StrEnum):
    """Where a stage of a campaign stands."""

    PENDING = "pending"
    OPEN = "open"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    ENDED = "ended"
    """The campaign was cancelled before it was approved."""


class NominationState(StrEnum):
    """Where a nomination stands. Named subsets are below, so that no caller lists states."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ENDORSED = "endorsed"
    INELIGIBLE = "ineligible"
    ON_HOLD = "on_hold"
    ELIGIBLE = "eligible"
    APPRAISED = "appraised"
    SHORTLISTED = "shortlisted"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


RECEIVED: Final = frozenset(
    {NominationState.SUBMITTED, NominationState.RETURNED, NominationState.ENDORSED}
)
"""With the coordinator, not yet decided by the eligibility rules."""

EDITABLE: Final = frozenset(
    {NominationState.DRAFT, NominationState.SUBMITTED, NominationState.RETURNED}
)
"""The nominating unit may still send another version of the form."""


class AdoptionState(StrEnum):
    """How far a unit has come in replicating a recognised model."""

    COMMITTED = "committed"
    STARTED = "started"
    EVIDENCED = "evidenced"
    SUSTAINED = "sustained"
    ABANDONED = "abandoned"


class FollowUpState(StrEnum):
    """What became of one follow-up date of an adoption."""

    OPEN = "open"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    SKIPPED = "skipped"
    DROPPED = "dropped"


class MessageState(StrEnum):
    """Where a message to one recipient stands.

    `uncertain`: the server may have taken it; `returned`: it was taken, and came back.
    """

    HELD = "held"
    QUEUED = "queued"
    CLAIMED = "claimed"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class DecisionState(StrEnum):
    """A decision has no number before it is signed."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    REPLACED = "replaced"


class Severity(StrEnum):
    """What a finding of a rule does to a nomination."""

    BLOCK = "block"
    HOLD = "hold"
    WARN = "warn"


class Attendance(StrEnum):
    """How a council member took part in a session."""

    PRESENT = "present"
    WRITTEN = "written"
    ABSENT = "absent"


class Vote(StrEnum):
    """What a ballot says."""

    YES = "yes"
    NO = "no"
    BLANK = "blank"


class Role(StrEnum):
    """What a person may be appointed to."""

    COORDINATOR = "coordinator"
    LEADER = "leader"
    COUNCIL = "council"
    REVIEWER = "reviewer"
    NOMINATOR = "nominator"
    OBSERVER = "observer"


LABELS: Final[dict[str, Text]] = {
    "launch": _("Launch"),
    "nomination": _("Nomination"),
    "appraisal": _("Appraisal"),
    "recognition": _("Recognition"),
    "replication": _("Replication"),
    "draft": _("Draft"),
    "running": _("Running"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
    "pending": _("Pending"),
    "open": _("Open"),
    "awaiting_approval": _("Awaiting approval"),
    "approved": _("Approved"),
    "ended": _("Ended"),
    "submitted": _("Submitted"),
    "returned": _("Returned"),
    "endorsed": _("Endorsed"),
    "ineligible": _("Ineligible"),
    "on_hold": _("On hold"),
    "eligible": _("Eligible"),
    "appraised": _("Appraised"),
    "shortlisted": _("Shortlisted"),
    "recognised": _("Recognised"),
    "not_recognised": _("Not recognised"),
    "withdrawn": _("Withdrawn"),
    "revoked": _("Revoked"),
    "committed": _("Committed"),
    "started": _("Started"),
    "evidenced": _("Evidenced"),
    "sustained": _("Sustained"),
    "abandoned": _("Abandoned"),
    "answered": _("Answered"),
    "overdue": _("Overdue"),
    "skipped": _("Skipped"),
    "dropped": _("Dropped"),
    "held": _("Held"),
    "queued": _("Queued"),
    "claimed": _("Being sent"),
    "sent": _("Sent"),
    "uncertain": _("Uncertain"),
    "failed": _("Failed"),
    "superseded": _("Superseded"),
    "drafted": _("Drafted"),
    "signed": _("Signed"),
    "replaced": _("Replaced"),
    "coordinator": _("Coordinator"),
    "leader": _("Leader"),
    "council": _("Council member"),
    "reviewer": _("Reviewer"),
    "nominator": _("Nominator"),
    "observer": _("Observer"),
}


def text_of(word: str) -> Text:
    """Return what a state, stage or role is called; an unknown word stands for itself."""
    return LABELS.get(word) or Text("{word}", {"word": word})


def label(word: str, language: Language) -> str:
    """Say a state, stage or role in the reader's language; an unknown word is returned as it is."""
    return text_of(word).say(language)


@dataclass(frozen=True, slots=True)
class Word:
    """A state, stage or role within a sentence: its id in English, its name in other languages."""

    id: str
    is_within: bool = False
    """It stands inside the sentence, with a small letter."""

    def say(self, language: Language, /) -> str:
        """Return it in a language."""
        if language == "en":
            return self.id
        known = label(self.id, language)
        return known.lower() if self.is_within else known


@dataclass(frozen=True, slots=True)
class Called:
    """A state, stage or role as people call it, inside a sentence of any language."""

    id: str

    def say(self, language: Language, /) -> str:
        """Return it in a language."""
        return label(self.id, language).lower()


_OF_MAIL: Final[dict[str, Text]] = {
    MessageState.RETURNED: _("Came back"),
}
"""What is said otherwise of a message than of a nomination."""


def mail_label(state: str, language: Language) -> str:
    """Say the state of a message in the reader's language."""
    return (_OF_MAIL.get(state) or text_of(state)).say(language)
