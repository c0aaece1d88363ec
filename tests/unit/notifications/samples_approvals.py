"""Payloads around approvals that others than the one group of approvers get; all invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.messages.approvals import (
    ApprovalDelegated,
    ApprovalRequested,
    ApproversMissing,
    StageReturned,
)
from schemas.messages.deadlines import DeadlineEscalated
from schemas.messages.outgoing import AnyPayload


def approval_samples(common: dict[str, Any], closes: datetime) -> dict[str, AnyPayload]:
    """Return them with what all mails of a campaign show."""
    return {
        "approval-requested--launch": ApprovalRequested(
            **common,
            stage="launch",
            round=1,
            required=1,
            counts=(),
            plan=(
                ("Nhận hồ sơ", "01/08/2023 08:00 – 15/09/2023 17:00 (Asia/Ho_Chi_Minh)"),
                ("Đơn vị được đề cử", "20"),
                ("Tiêu chí TC1", "Hiệu quả: tối đa 30 điểm"),
            ),
            due_at=closes,
            link="https://thidua.example/d/abc.def",
        ),
        "approval-requested--again": ApprovalRequested(
            **common, stage="recognition", round=2, required=1, counts=()
        ),
        "approval-requested--on-behalf": ApprovalRequested(
            **common | {"recipient_name": "Lê Thị Hồng"},
            stage="recognition",
            round=2,
            required=3,
            counts=(("Trình hội đồng", 152),),
            step=2,
            steps=2,
            kept=1,
            on_behalf_of="Phạm Văn Kiệt",
            letter="12-GUQ/BDVTU",
            due_at=closes,
            link="https://thidua.example/d/abc.def",
            anchor="57:0123456789abcdef",
        ),
        "approval-delegated": ApprovalDelegated(
            **common | {"recipient_name": "Phạm Văn Kiệt"},
            stage="recognition",
            substitute_name="Lê Thị Hồng",
            letter="12-GUQ/BDVTU",
            until_on="10/10/2023",
        ),
        "approvers-missing": ApproversMissing(
            **common, stage="recognition", missing=1, abstained=2, due_at=closes
        ),
        "stage-returned--resumes": StageReturned(
            **common, stage="nomination", reason="Thiếu biên bản.", resumes=True, kept=2
        ),
        "deadline-escalated--approver": DeadlineEscalated(
            **common | {"recipient_name": "Phạm Văn Kiệt"},
            what="approval",
            stage="appraisal",
            due_at=closes,
            debtors=("Lê Thị Hồng",),
            total=1,
            link="https://thidua.example/d/abc.def",
        ),
    }
