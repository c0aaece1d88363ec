"""One payload of every template and variant, as a campaign would make it; all of it invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from campaigns.store.mail.attachments import XLSX
from language import Language
from notifications.writing.render import Renderer
from schemas.messages.approvals import ApprovalRequested, StageReturned
from schemas.messages.deadlines import (
    DeadlineEscalated,
    DeadlineExtended,
    DeadlineReminder,
    RemindersStopped,
)
from schemas.messages.launch import CampaignAmended
from schemas.messages.mail import AddressFailing, Bundle, Matter
from schemas.messages.nomination import (
    NominationChecked,
    NominationReceived,
    NominationReturned,
    Problem,
)
from schemas.messages.outgoing import AnyPayload, OutgoingMail
from schemas.messages.payload import CalendarEntry, Enclosure, RenderedMessage
from schemas.messages.recognition import CouncilInvited, ResultAnnounced, ResultCorrected
from schemas.messages.replication import FollowUpDue
from tests.unit.notifications.samples_alerts import alert_samples
from tests.unit.notifications.samples_approvals import approval_samples
from tests.unit.notifications.samples_changes import change_samples
from tests.unit.notifications.samples_signing import signing_samples
from tests.unit.notifications.samples_work import work_samples

CLOSES: Final = datetime(2023, 9, 15, 10, 0, tzinfo=UTC)
MODEL: Final = "Tổ hợp tác trồng dừa hữu cơ gắn với thu gom rác thải nhựa ấp Phú Long"

COMMON: Final[dict[str, Any]] = {
    "campaign_code": "DVK-2023",
    "campaign_name": 'Phong trào thi đua "Dân vận khéo" tỉnh Bến Tre năm 2023',
    "coordinator_name": "Ban Dân vận Tỉnh ủy Bến Tre",
    "coordinator_address": "bandanvan@bentre.example",
    "recipient_name": "Huyện ủy Mỏ Cày Nam",
}


def entry(**changes: Any) -> CalendarEntry:
    """Return the deadline of the sample campaign as a calendar entry."""
    fields: dict[str, Any] = {
        "uid": "dvk-2023-nomination-closes@thidua.example",
        "summary": "[DVK-2023] Hạn đề cử",
        "starts_at": CLOSES,
    }
    return CalendarEntry(**fields | changes)


PROBLEMS: Final = (
    Problem(
        rule="form.minutes",
        reason="Thiếu biên bản bình xét của tập thể đề cử.",
        remedy="Bổ sung biên bản có chữ ký của chủ trì và thư ký.",
    ),
    Problem(
        rule="form.results",
        reason="Kết quả chưa có số liệu so sánh:\n- trước khi thực hiện;\n- sau khi thực hiện.",
    ),
)

NOMINATION: Final[dict[str, Any]] = {
    "nomination_code": "DVK-2023-0042",
    "nomination_name": MODEL,
}

COUNCIL_ENTRY: Final = entry(
    uid="dvk-2023-council-1@thidua.example",
    summary="Phiên họp hội đồng thứ 1",
    starts_at=datetime(2023, 10, 5, 1, 0, tzinfo=UTC),
    ends_at=datetime(2023, 10, 5, 4, 30, tzinfo=UTC),
    location="Phòng họp số 2",
    sequence=1,
)

SAMPLES: Final[dict[str, AnyPayload]] = {
    "nomination-received": NominationReceived(
        **COMMON,
        **NOMINATION,
        received_at=datetime(2023, 9, 4, 2, 5, 9, tzinfo=UTC),
        content_hash="9f2c4b1e07d35a68",
        version=2,
        late=False,
    ),
    "nomination-received--late": NominationReceived(
        **COMMON,
        **NOMINATION,
        received_at=datetime(2023, 9, 15, 10, 0, 1, tzinfo=UTC),
        content_hash="9f2c4b1e07d35a68",
        version=1,
        late=True,
    ),
    "nomination-returned": NominationReturned(
        **COMMON, **NOMINATION, problems=PROBLEMS, closes_at=CLOSES, calendar=entry()
    ),
    "nomination-checked--eligible": NominationChecked(
        **COMMON, **NOMINATION, outcome="eligible", problems=()
    ),
    "nomination-checked--ineligible": NominationChecked(
        **COMMON, **NOMINATION, outcome="ineligible", problems=PROBLEMS
    ),
    "nomination-checked--on-hold": NominationChecked(
        **COMMON, **NOMINATION, outcome="on_hold", problems=PROBLEMS[:1]
    ),
    "approval-requested": ApprovalRequested(
        **COMMON | {"recipient_name": "Phạm Văn Kiệt"},
        stage="appraisal",
        round=1,
        required=2,
        counts=(("Đã nhận", 1185), ("Đủ điều kiện", 171), ("Trình hội đồng", 152)),
    ),
    **approval_samples(COMMON, CLOSES),
    **work_samples(COMMON, CLOSES, MODEL, entry),
    "stage-returned": StageReturned(
        **COMMON,
        stage="nomination",
        reason="Còn 3 hồ sơ chưa kết luận.\nĐề nghị làm rõ trước khi trình lại.",
    ),
    "council-invited": CouncilInvited(
        **COMMON | {"recipient_name": "Trần Minh Đức"},
        session=1,
        starts_at=COUNCIL_ENTRY.starts_at,
        nominations=152,
        members=15,
        quorum=10,
        calendar=COUNCIL_ENTRY,
    ),
    "result-announced--recognised": ResultAnnounced(
        **COMMON,
        **NOMINATION,
        recognised=True,
        decision_number="12-QĐ/BDVTU",
        signed_on="12/10/2023",
    ),
    "result-announced--not-recognised": ResultAnnounced(
        **COMMON,
        **NOMINATION,
        recognised=False,
        decision_number="12-QĐ/BDVTU",
        signed_on="12/10/2023",
    ),
    "result-corrected--recognised": ResultCorrected(
        **COMMON,
        **NOMINATION,
        recognised=True,
        decision_number="15-QĐ/BDVTU",
        signed_on="02/11/2023",
        replaced_number="12-QĐ/BDVTU",
        replaced_on="12/10/2023",
    ),
    "result-corrected--not-recognised": ResultCorrected(
        **COMMON,
        **NOMINATION,
        recognised=False,
        decision_number="15-QĐ/BDVTU",
        signed_on="02/11/2023",
        replaced_number="12-QĐ/BDVTU",
        replaced_on="12/10/2023",
    ),
    "address-failing": AddressFailing(
        **COMMON | {"recipient_name": "Phạm Văn Kiệt"},
        address="huyen-uy@mocaynam.example",
        owners=(
            ("Nguyễn Thị Hồng Sương", "Chuyên viên Ban Dân vận"),
            ("Huyện ủy Mỏ Cày Nam", ""),
        ),
        status="5.1.1",
        since=datetime(2023, 10, 5, 1, 0, tzinfo=UTC),
    ),
    "address-failing--nobody": AddressFailing(
        **COMMON,
        address="huyen-uy@mocaynam.example",
        owners=(),
        status="5.1.1",
        since=datetime(2023, 10, 5, 1, 0, tzinfo=UTC),
    ),
    "follow-up-due": FollowUpDue(
        **COMMON,
        model_code="DVK-2023-0042",
        model_name=MODEL,
        months=3,
        due_on="15/01/2024",
        overdue=False,
        calendar=entry(
            uid="dvk-2023-0042-follow-up-3@thidua.example",
            summary="Báo cáo nhân rộng sau 3 tháng",
            starts_at=datetime(2024, 1, 14, 17, 0, tzinfo=UTC),
        ),
    ),
    "campaign-amended": CampaignAmended(
        **COMMON,
        version=2,
        reason="Lùi thời hạn do ảnh hưởng của bão số 4.\nTheo Công văn số 120-CV/BDVTU.",
        changes=(
            ("Lịch › Đề cử › kết thúc", "15/09/2023 17:00", "22/09/2023 17:00"),
            ("Lịch › Đề cử › hạn duyệt", "20/09/2023 17:00", "27/09/2023 17:00"),
        ),
        calendar=entry(sequence=2),
    ),
    "follow-up-due--overdue": FollowUpDue(
        **COMMON,
        model_code="DVK-2023-0042",
        model_name=MODEL,
        months=3,
        due_on="15/01/2024",
        overdue=True,
    ),
    "deadline-extended": DeadlineExtended(
        **COMMON,
        stage="nomination",
        matter="work",
        previous_at=CLOSES,
        until_at=datetime(2023, 9, 20, 10, 0, tzinfo=UTC),
        alone=False,
        reason="Mưa lũ kéo dài từ ngày 10/9.\nMột số xã bị chia cắt.",
        calendar=entry(
            starts_at=datetime(2023, 9, 20, 10, 0, tzinfo=UTC),
            sequence=1,
        ),
    ),
    "deadline-extended--alone": DeadlineExtended(
        **COMMON,
        stage="nomination",
        matter="work",
        previous_at=CLOSES,
        until_at=datetime(2023, 9, 20, 10, 0, tzinfo=UTC),
        alone=True,
        reason="Đơn vị thay đổi nhân sự phụ trách.",
    ),
    "deadline-extended--approval": DeadlineExtended(
        **COMMON | {"recipient_name": "Phạm Văn Kiệt"},
        stage="appraisal",
        matter="approval",
        previous_at=datetime(2023, 10, 2, 9, 0, tzinfo=UTC),
        until_at=datetime(2023, 10, 3, 9, 0, tzinfo=UTC),
        alone=False,
        reason="Chờ kết luận của hội đồng.",
    ),
    "deadline-reminder": DeadlineReminder(
        **COMMON, what="nominations", stage="nomination", due_at=CLOSES, days=3, count=0
    ),
    "deadline-reminder--corrections": DeadlineReminder(
        **COMMON, what="corrections", stage="nomination", due_at=CLOSES, days=1, count=2
    ),
    "deadline-reminder--reviews": DeadlineReminder(
        **COMMON | {"recipient_name": "Nguyễn Thị Hồng Sương"},
        what="reviews",
        stage="appraisal",
        due_at=datetime(2023, 9, 29, 10, 0, tzinfo=UTC),
        days=0,
        count=1048,
    ),
    "deadline-reminder--votes": DeadlineReminder(
        **COMMON, what="votes", stage="recognition", due_at=CLOSES, days=7, count=1
    ),
    "deadline-reminder--approval": DeadlineReminder(
        **COMMON | {"recipient_name": "Phạm Văn Kiệt"},
        what="approval",
        stage="appraisal",
        due_at=CLOSES,
        days=-1,
        count=0,
        link="https://thidua.example/d/abc.def",
    ),
    "deadline-reminder--correction": DeadlineReminder(
        **COMMON, what="correction", stage="recognition", due_at=CLOSES, days=-4, count=0
    ),
    "deadline-escalated": DeadlineEscalated(
        **COMMON | {"recipient_name": "Tỉnh ủy Bến Tre"},
        what="nominations",
        stage="nomination",
        due_at=CLOSES,
        debtors=("Huyện ủy Mỏ Cày Nam", "Huyện ủy Thạnh Phú"),
        total=2,
    ),
    "deadline-escalated--many": DeadlineEscalated(
        **COMMON | {"recipient_name": "Trần Minh Đức"},
        what="reviews",
        stage="appraisal",
        due_at=CLOSES,
        debtors=("Nguyễn Thị Hồng Sương", "Phạm Văn Kiệt"),
        total=35,
    ),
    "reminders-stopped": RemindersStopped(
        **COMMON | {"recipient_name": "Lê Thị Mai"},
        what="approval",
        stage="recognition",
        due_at=CLOSES,
        debtors=("Phạm Văn Kiệt",),
        total=1,
    ),
    **alert_samples(COMMON),
    **signing_samples(COMMON, CLOSES),
    **change_samples(COMMON),
}


def _rendered(name: str, language: Language) -> RenderedMessage:
    return Renderer().render(SAMPLES[name], language)


def bundle(language: Language, *addressees: str) -> Bundle:
    """Return three matters in one mail, in its language."""
    names = ("result-announced--recognised", "review-assigned", "follow-up-due")
    to = addressees or ("",) * len(names)
    return Bundle(
        **COMMON,
        matters=tuple(
            Matter(addressee=who, content=_rendered(name, language))
            for name, who in zip(names, to, strict=True)
        ),
    )


SAMPLES["bundle"] = bundle("vi")
SAMPLES["bundle--several-addressees"] = bundle(
    "vi", "Huyện ủy Mỏ Cày Nam", "Nguyễn Thị Hồng Sương", "Xã Phú Khánh"
)


def received(**changes: Any) -> NominationReceived:
    """Return a receipt with some fields changed."""
    return NominationReceived(**SAMPLES["nomination-received"].model_dump() | changes)


def enclosures(*names: str) -> tuple[Enclosure, ...]:
    """Return files that go with a mail, by their names; an empty name is none."""
    return tuple(
        Enclosure(name=name, media_type=XLSX, body=f"Nội dung của {name}\n".encode() * 9)
        for name in names
        if name
    )


def outgoing(content: RenderedMessage, language: Language = "vi", **changes: Any) -> OutgoingMail:
    """Return a mail with this content, ready for a transport."""
    fields: dict[str, Any] = {
        "message_id": 7,
        "key": "nomination-received:42:v2:huyen-mo-cay-nam",
        "campaign_code": "DVK-2023",
        "template": "nomination-received",
        "language": language,
        "to_address": "mocaynam@bentre.example",
        "to_name": "Huyện ủy Mỏ Cày Nam",
        "reply_to": "bandanvan@bentre.example",
        "queued_at": datetime(2023, 9, 4, 2, 6, 0, tzinfo=UTC),
        "content": content,
    }
    return OutgoingMail(**fields | changes)
