"""Payloads about the engine itself; all invented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.messages.engine import EngineAlert
from schemas.messages.mail import MailAlert, MailReturned
from schemas.messages.outgoing import AnyPayload


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
        **mail_samples(to_mai),
        **returned_samples(to_mai),
    }


def mail_samples(to_mai: dict[str, Any]) -> dict[str, AnyPayload]:
    """Return those about mail that does not leave, or came back."""
    since = datetime(2023, 9, 18, 1, 0, tzinfo=UTC)
    return {
        "mail-alert--refused": MailAlert(
            **to_mai,
            matter="refused",
            said="550 5.4.5 Daily user sending limit exceeded",
            since=since,
            count=1204,
        ),
        "mail-alert--login": MailAlert(
            **to_mai,
            matter="login",
            said="535 5.7.8 Error: authentication failed",
            since=since,
            count=3,
        ),
        "mail-alert--encryption": MailAlert(
            **to_mai,
            matter="encryption",
            said="it does not offer STARTTLS",
            since=since,
            count=3,
        ),
        "mail-alert--distrusted": MailAlert(
            **to_mai,
            matter="distrusted",
            said="smtp; 550-5.7.1 Our system has detected that this message is likely unsolicited",
            since=since,
            count=12,
        ),
    }


def returned_samples(to_mai: dict[str, Any]) -> dict[str, AnyPayload]:
    """Return those about one mail that came back, for each reason."""
    returned = to_mai | {
        "address": "vanphong@ba-tri.example",
        "owners": (("Huyện ủy Ba Tri", "Huyện"), ("Phạm Văn Bình", "Văn thư")),
        "subjects": ("[DVK-2023] Kết quả: Mô hình nuôi hàu", "[DVK-2023] Nhắc thời hạn"),
    }
    return {
        "mail-returned--full": MailReturned(
            **returned,
            reason="full",
            status="5.2.2",
            said="smtp; 552 5.2.2 The email account that you tried to reach is over quota",
        ),
        "mail-returned--refused": MailReturned(
            **returned,
            reason="refused",
            status="5.7.1",
            said="smtp; 550 5.7.1 Message rejected by policy",
        ),
        "mail-returned--forwarded": MailReturned(
            **returned,
            reason="forwarded",
            status="5.7.23",
            said="smtp; 550 5.7.23 SPF validation failed for the forwarded message",
        ),
        "mail-returned--size": MailReturned(
            **returned,
            reason="size",
            status="5.3.4",
            said="smtp; 552 5.3.4 Message size exceeds fixed maximum message size",
        ),
        "mail-returned--expired": MailReturned(
            **returned, reason="expired", status="4.4.7", said="smtp; delivery time expired"
        ),
        "mail-returned--unclear": MailReturned(
            **(returned | {"owners": ()}), reason="unclear", status="", said=""
        ),
    }
