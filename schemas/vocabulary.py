"""The words of a campaign: stages, states, kinds. One word for one thing, everywhere.

English ids are for code and data; what people read is in `LABELS` (Vietnamese and English), with
the terms of the glossary (`docs/glossary.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from language import Language


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


LABELS: Final[dict[str, dict[Language, str]]] = {
    "launch": {"vi": "Phát động", "en": "Launch"},
    "nomination": {"vi": "Đề cử", "en": "Nomination"},
    "appraisal": {"vi": "Thẩm định", "en": "Appraisal"},
    "recognition": {"vi": "Công nhận", "en": "Recognition"},
    "replication": {"vi": "Nhân rộng", "en": "Replication"},
    "draft": {"vi": "Bản nháp", "en": "Draft"},
    "running": {"vi": "Đang tiến hành", "en": "Running"},
    "closed": {"vi": "Đã kết thúc", "en": "Closed"},
    "cancelled": {"vi": "Đã hủy", "en": "Cancelled"},
    "pending": {"vi": "Chưa mở", "en": "Pending"},
    "open": {"vi": "Đang mở", "en": "Open"},
    "awaiting_approval": {"vi": "Chờ phê duyệt", "en": "Awaiting approval"},
    "approved": {"vi": "Đã phê duyệt", "en": "Approved"},
    "ended": {"vi": "Đã dừng lại", "en": "Ended"},
    "submitted": {"vi": "Đã nộp", "en": "Submitted"},
    "returned": {"vi": "Trả lại bổ sung", "en": "Returned"},
    "endorsed": {"vi": "Đã xác nhận", "en": "Endorsed"},
    "ineligible": {"vi": "Không đủ điều kiện", "en": "Ineligible"},
    "on_hold": {"vi": "Tạm hoãn xét", "en": "On hold"},
    "eligible": {"vi": "Đủ điều kiện", "en": "Eligible"},
    "appraised": {"vi": "Đã thẩm định", "en": "Appraised"},
    "shortlisted": {"vi": "Trình hội đồng", "en": "Shortlisted"},
    "recognised": {"vi": "Được công nhận", "en": "Recognised"},
    "not_recognised": {"vi": "Không được công nhận", "en": "Not recognised"},
    "withdrawn": {"vi": "Đã rút", "en": "Withdrawn"},
    "revoked": {"vi": "Đã thu hồi", "en": "Revoked"},
    "committed": {"vi": "Cam kết", "en": "Committed"},
    "started": {"vi": "Đã triển khai", "en": "Started"},
    "evidenced": {"vi": "Có minh chứng", "en": "Evidenced"},
    "sustained": {"vi": "Duy trì bền vững", "en": "Sustained"},
    "abandoned": {"vi": "Đã dừng", "en": "Abandoned"},
    "answered": {"vi": "Đã báo cáo", "en": "Answered"},
    "overdue": {"vi": "Quá hạn", "en": "Overdue"},
    "skipped": {"vi": "Được miễn", "en": "Skipped"},
    "dropped": {"vi": "Thôi theo dõi", "en": "Dropped"},
    "held": {"vi": "Đang giữ", "en": "Held"},
    "queued": {"vi": "Chờ gửi", "en": "Queued"},
    "claimed": {"vi": "Đang gửi", "en": "Being sent"},
    "sent": {"vi": "Đã gửi", "en": "Sent"},
    "uncertain": {"vi": "Chưa rõ đã nhận", "en": "Uncertain"},
    "failed": {"vi": "Không gửi được", "en": "Failed"},
    "superseded": {"vi": "Đã thay thế", "en": "Superseded"},
    "drafted": {"vi": "Dự thảo", "en": "Drafted"},
    "signed": {"vi": "Đã ký", "en": "Signed"},
    "replaced": {"vi": "Đã được thay thế", "en": "Replaced"},
    "coordinator": {"vi": "Điều phối viên", "en": "Coordinator"},
    "leader": {"vi": "Lãnh đạo", "en": "Leader"},
    "council": {"vi": "Thành viên hội đồng", "en": "Council member"},
    "reviewer": {"vi": "Người thẩm định", "en": "Reviewer"},
    "nominator": {"vi": "Người đề cử", "en": "Nominator"},
    "observer": {"vi": "Người theo dõi", "en": "Observer"},
}


def label(word: str, language: Language) -> str:
    """Say a state, stage or role in the reader's language; an unknown word is returned as it is."""
    return LABELS.get(word, {}).get(language, word)


_OF_MAIL: Final[dict[str, dict[Language, str]]] = {
    MessageState.RETURNED: {"vi": "Bị trả lại", "en": "Came back"},
}
"""What is said otherwise of a message than of a nomination."""


def mail_label(state: str, language: Language) -> str:
    """Say the state of a message in the reader's language."""
    said = _OF_MAIL.get(state)
    return said[language] if said else label(state, language)


@dataclass(frozen=True, slots=True)
class Word:
    """A state, stage or role in a sentence: in English as programs write it, else as people say."""

    word: str
    is_within: bool = False
    """It stands inside the sentence, with a small letter."""

    def say(self, language: Language) -> str:
        """Return it in a language."""
        if language == "en":
            return self.word
        known = label(self.word, language)
        return known.lower() if self.is_within else known


@dataclass(frozen=True, slots=True)
class Called:
    """A state, stage or role as people call it, inside a sentence of any language."""

    word: str

    def say(self, language: Language) -> str:
        """Return it in a language."""
        return label(self.word, language).lower()
