"""Payloads about the engine itself; all invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.messages import AnyPayload, EngineAlert


def alert_samples(common: dict[str, Any]) -> dict[str, AnyPayload]:
    """Return them with what all mails of a campaign show."""
    to_mai = common | {"recipient_name": "Nguyễn Thị Mai"}
    return {
        "engine-alert": EngineAlert(
            **to_mai,
            matter="given_up",
            topic="campaign-cycle",
            since=datetime(2023, 9, 15, 10, 0, tzinfo=UTC),
            count=12,
        ),
        "engine-alert--standstill": EngineAlert(
            **to_mai,
            matter="standstill",
            topic="appraisal",
            since=datetime(2023, 9, 18, 1, 0, tzinfo=UTC),
            count=0,
        ),
        "engine-alert--webhook": EngineAlert(
            **to_mai,
            matter="webhook",
            topic="3",
            since=datetime(2023, 9, 18, 1, 0, tzinfo=UTC),
            count=1204,
        ),
    }
