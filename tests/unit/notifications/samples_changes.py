"""Payloads about what a person changed outside the usual course; all invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.messages.appraisal import JudgementCorrected
from schemas.messages.launch import CampaignCancelled
from schemas.messages.nomination import NominationChanged
from schemas.messages.outgoing import AnyPayload
from schemas.messages.recognition import RecognitionRevoked
from schemas.messages.replication import AdoptedModelRevoked


def change_samples(common: dict[str, Any]) -> dict[str, AnyPayload]:
    """Return them with what all mails of a campaign show."""
    nomination: dict[str, Any] = {
        "nomination_code": "DVK23-BDA-01",
        "nomination_name": "Tổ nhân dân tự quản <b>An Thủy</b>",
    }
    return {
        **_corrected(common),
        "campaign-cancelled": CampaignCancelled(
            **common, reason="Tỉnh ủy dừng phong trào để tập trung phòng, chống bão số 4."
        ),
        "nomination-changed--withdrawn": NominationChanged(
            **common,
            **nomination,
            turn="withdrawn",
            reason="Chủ mô hình đã chuyển công tác.\nĐơn vị đề cử lại năm sau.",
        ),
        "nomination-changed--hold-cleared": NominationChanged(
            **common,
            **nomination,
            turn="hold_cleared",
            reason="Kết luận thanh tra số 15/KL-TTr: không có vi phạm.",
        ),
        "nomination-changed--hold-cleared-informed": NominationChanged(
            **common,
            **nomination,
            turn="hold_cleared",
            reason="Kết luận thanh tra số 15/KL-TTr: không có vi phạm.",
            informed=True,
        ),
        "nomination-changed--withdrawn-informed": NominationChanged(
            **common,
            **nomination,
            turn="withdrawn",
            reason="Chủ mô hình đã chuyển công tác.",
            informed=True,
        ),
        "recognition-revoked": RecognitionRevoked(
            **common,
            **nomination,
            reason="Số liệu báo cáo không đúng thực tế.",
            document="07-QĐ/BDVTU",
        ),
        "recognition-revoked--informed": RecognitionRevoked(
            **common,
            **nomination,
            reason="Số liệu báo cáo không đúng thực tế.",
            document="07-QĐ/BDVTU",
            informed=True,
        ),
        "adopted-model-revoked": AdoptedModelRevoked(
            **common, **nomination, adoption_code="NR-012", document="07-QĐ/BDVTU"
        ),
    }


def _corrected(common: dict[str, Any]) -> dict[str, AnyPayload]:
    by_mai: dict[str, Any] = {
        **common,
        "recipient_name": "Nguyễn Thị Hồng Sương",
        "made_by": "Trần Thị Mai (P002)",
        "corrected_at": datetime(2023, 9, 25, 2, 5, tzinfo=UTC),
    }
    lines = (
        ("C1 Tính mới, cách làm sáng tạo", "8", "10,5", "", ""),
        ("C2 Hiệu quả", "16", "16", "Cần số liệu.", "Đã có <số liệu>."),
    )
    return {
        "judgement-corrected--review": JudgementCorrected(
            **by_mai,
            matter="review",
            reason="Nhập nhầm cột.\nPhiếu giấy ghi 10,5 điểm.",
            count=1,
            reviews=(("DVK23-BDA-01", "Tổ nhân dân tự quản <b>An Thủy</b>", lines),),
        ),
        "judgement-corrected--reviews": JudgementCorrected(
            **by_mai,
            matter="review",
            reason="Nhập nhầm cột",
            count=4,
            reviews=(
                ("DVK23-BDA-01", "Tổ nhân dân tự quản", lines),
                ("DVK23-BDA-02", "Dòng họ tự quản", (("C1", "", "5", "", "Mới"),)),
            ),
            others=("DVK23-BDA-03", "DVK23-BDA-04"),
        ),
        "judgement-corrected--vote": JudgementCorrected(
            **by_mai,
            matter="vote",
            reason="Kiểm phiếu lại theo biên bản số 3",
            count=1,
            rolls=(("DVK23-BDA-01", "Tổ nhân dân tự quản", 1),),
        ),
        "judgement-corrected--votes": JudgementCorrected(
            **by_mai,
            matter="vote",
            reason="Kiểm phiếu lại",
            count=2,
            rolls=(
                ("DVK23-BDA-01", "Tổ nhân dân tự quản", 1),
                ("DVK23-BDA-02", "Dòng họ tự quản", 2),
            ),
        ),
    }
