"""Payloads about what a person changed outside the usual course; all invented."""

from __future__ import annotations

from typing import Any

from schemas.mail_messages import (
    AdoptedModelRevoked,
    CampaignCancelled,
    NominationChanged,
    RecognitionRevoked,
)
from schemas.messages import AnyPayload


def change_samples(common: dict[str, Any]) -> dict[str, AnyPayload]:
    """Return them with what all mails of a campaign show."""
    nomination: dict[str, Any] = {
        "nomination_code": "DVK23-BDA-01",
        "nomination_name": "Tổ nhân dân tự quản <b>An Thủy</b>",
    }
    return {
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
