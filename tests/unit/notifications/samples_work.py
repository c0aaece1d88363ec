"""Samples of the letters that ask for work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from schemas.messages.appraisal import ReviewAssigned
from schemas.messages.launch import CampaignLaunched
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import CalendarEntry
from schemas.messages.replication import PledgeRequested


def work_samples(
    common: dict[str, Any], closes: datetime, model: str, entry: Callable[..., CalendarEntry]
) -> dict[str, AnyPayload]:
    """Return one sample of each, by name."""
    return {
        **_launched(common, closes, entry),
        **_assigned(common, model, entry),
        **_requested(common, model),
    }


def _launched(
    common: dict[str, Any], closes: datetime, entry: Callable[..., CalendarEntry]
) -> dict[str, AnyPayload]:
    return {
        "campaign-launched": CampaignLaunched(
            **common,
            opens_at=datetime(2023, 8, 20, 17, 0, tzinfo=UTC),
            closes_at=closes,
            fields=("Kinh tế", "Văn hóa - xã hội", "Quốc phòng - an ninh"),
            subject_kinds=("Mô hình", "Tập thể", "Cá nhân", "Hộ gia đình"),
            nominates=True,
            quota=12,
            calendar=entry(),
        ),
        "campaign-launched--by-interface": CampaignLaunched(
            **common,
            opens_at=datetime(2023, 8, 20, 17, 0, tzinfo=UTC),
            closes_at=closes,
            fields=("Kinh tế",),
            subject_kinds=("Mô hình",),
            nominates=True,
            quota=None,
            interface="https://thidua.bentre.example/docs",
            attached="DVK-2023 - Biểu mẫu đề cử.xlsx",
            attached_kb=24,
        ),
        "campaign-launched--form-left-out": CampaignLaunched(
            **common,
            opens_at=datetime(2023, 8, 20, 17, 0, tzinfo=UTC),
            closes_at=closes,
            fields=("Kinh tế",),
            subject_kinds=("Mô hình",),
            nominates=True,
            quota=3,
            left_out="DVK-2023 - Biểu mẫu đề cử.xlsx",
        ),
        "campaign-launched--informed": CampaignLaunched(
            **common | {"recipient_name": "Sở Nội vụ", "coordinator_address": ""},
            opens_at=datetime(2023, 8, 20, 17, 0, tzinfo=UTC),
            closes_at=closes,
            fields=("Kinh tế",),
            subject_kinds=("Mô hình",),
            nominates=False,
            quota=None,
        ),
    }


def _assigned(
    common: dict[str, Any], model: str, entry: Callable[..., CalendarEntry]
) -> dict[str, AnyPayload]:
    return {
        "review-assigned": ReviewAssigned(
            **common | {"recipient_name": "Nguyễn Thị Hồng Sương"},
            count=1048,
            dossiers=(
                ("DVK23-BTR-01", model, "Huyện ủy Ba Tri"),
                ("DVK23-MCN-07", "Dòng họ tự quản về an ninh trật tự", "Huyện ủy Mỏ Cày Nam"),
            ),
            criteria=(
                ("C1", "Tính mới, cách làm sáng tạo", "20"),
                ("C2", "Hiệu quả, có số liệu kiểm chứng được", "12,5"),
            ),
            total="32,5",
            step="0,5",
            attached="DVK-2023 - Hồ sơ thẩm định (P025).xlsx",
            attached_kb=1204,
            sheet="Phiếu chấm",
            closes_at=datetime(2023, 9, 29, 10, 0, tzinfo=UTC),
            calendar=entry(
                uid="dvk-2023-appraisal-closes@thidua.example",
                summary="Hạn hoàn thành thẩm định",
                starts_at=datetime(2023, 9, 29, 10, 0, tzinfo=UTC),
            ),
        ),
        "review-assigned--all-named": ReviewAssigned(
            **common | {"recipient_name": "Nguyễn Thị Hồng Sương"},
            count=1,
            closes_at=datetime(2023, 9, 29, 10, 0, tzinfo=UTC),
            dossiers=(("DVK23-BTR-01", model, "Huyện ủy Ba Tri"),),
            criteria=(("C1", "Tính mới, cách làm sáng tạo", "20"),),
            total="20",
            step="1",
            interface="https://thidua.bentre.example/docs",
        ),
    }


def _requested(common: dict[str, Any], model: str) -> dict[str, AnyPayload]:
    return {
        "pledge-requested": PledgeRequested(
            **common,
            recognised=146,
            places=(
                ("Huyện ủy Ba Tri", 1, (f"{model} - Xã Bảo Thuận (DVK23-BTR-01)",)),
                (
                    "Huyện ủy Mỏ Cày Nam",
                    140,
                    ("Dòng họ tự quản về an ninh trật tự (DVK23-MCN-07)",),
                ),
            ),
            more_places=3,
            attached="DVK-2023 - Mô hình được công nhận.xlsx",
            attached_kb=17,
            until=datetime(2023, 11, 30, 10, 0, tzinfo=UTC),
        ),
        "pledge-requested--one": PledgeRequested(
            **common,
            recognised=1,
            places=(("Huyện ủy Ba Tri", 1, (f"{model} (B-01)",)),),
            until=datetime(2024, 1, 5, 10, 0, tzinfo=UTC),
        ),
    }
