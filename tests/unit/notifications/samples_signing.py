"""Payloads about who may sign and by what; all invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.messages.access import AccessOpened
from schemas.messages.outgoing import AnyPayload
from schemas.messages.signing import OneTimeCode, SignerChanged


def signing_samples(common: dict[str, Any], closes: datetime) -> dict[str, AnyPayload]:
    """Return them with what all mails of a campaign show."""
    made: dict[str, Any] = {"made_by": "Trần Thị Mai (P002)", "rests_until": closes}
    kiet: dict[str, Any] = {"person_name": "Phạm Văn Kiệt", "person_id": "P003"}
    return {
        "signer-changed--address": SignerChanged(
            **common,
            **kiet,
            **made,
            matter="address",
            address="kiet@bentre.example",
            address_wanted="kiet.moi@bentre.example",
        ),
        "signer-changed--role": SignerChanged(
            **common,
            **kiet,
            **made,
            matter="role",
            roles=("Lãnh đạo",),
            address="kiet@bentre.example",
        ),
        "signer-changed--delegation": SignerChanged(
            **common,
            **made,
            matter="delegation",
            person_name="Lê Thị Hồng",
            person_id="P004",
            principal_name="Phạm Văn Kiệt",
            letter="12-GUQ/BDVTU",
            number=3,
        ),
        "access-opened--token": AccessOpened(
            **common,
            access="token",
            number=7,
            scopes=("read", "approve"),
            made_by="Trần Thị Mai (P002)",
            made_at=closes,
        ),
        "access-opened--feed": AccessOpened(
            **common, access="feed", number=2, made_by="Phạm Văn Kiệt (P003)", made_at=closes
        ),
        "one-time-code": OneTimeCode(
            **common, stage="recognition", act="approve", code="4711\u20070815", until=closes
        ),
        "one-time-code--return": OneTimeCode(
            **common, stage="launch", act="return", code="0000\u20071234", until=closes
        ),
        "signer-changed--rules": SignerChanged(
            **common, **made, matter="rules", stages=("Công nhận",), number=2
        ),
    }
