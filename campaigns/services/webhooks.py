"""Who is told outside of what has happened, and when is it tried again (ADR 0022)?

What is told is that something happened, to what and when; whoever wants more asks the API, with
rights of their own. What says a result by its very name is not told (`rules.disclosure`): the
release of results is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

import orjson

from campaigns.rules.access.disclosure import SEALED
from campaigns.rules.access.errors import ThingNotFound, WebhookUrlRefused
from campaigns.services.log import heads
from campaigns.store import webhooks
from campaigns.store.log import cursors
from campaigns.store.transaction import Transaction
from campaigns.store.webhooks import Claimed, WebhookRecord
from schemas.outcomes import Done

OWN_KEY: Final = "w"
"""So begins the salt of a webhook whose secret is made from a key of their own."""
ATTEMPTS: Final = 18
"""After so many, about ten hours, an event is given up, and those after it go on."""
LEASE: Final = timedelta(minutes=5)
_FIRST_BACK_OFF: Final = timedelta(seconds=10)
_LONGEST_BACK_OFF: Final = timedelta(hours=1)
_PAGE: Final = 500
_SERIES: Final = 20
_EACH: Final = 20
_LONGEST_DETAIL: Final = 200
_LONGEST_URL: Final = 2_000


def add(tx: Transaction, url: str, events: str, campaign_code: str | None, *, private: bool) -> int:
    """Add a webhook, which is told of what happens from now on.

    Raises:
        WebhookUrlRefused: The address is not `https`, or not an address.
    """
    ensure_address(url, private=private)
    number = webhooks.add(tx, url, events, campaign_code, OWN_KEY + secrets.token_hex(15))
    webhooks.begin_now(tx, consumer(number))
    return number


def ensure_address(url: str, *, private: bool) -> None:
    """Refuse what is no address for a webhook; `private`: plain http is taken too."""
    try:
        parts = urlsplit(url)
        good = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        good = False
    kinds = ("https", "http") if private else ("https",)
    if not good or parts.scheme not in kinds or len(url) > _LONGEST_URL or not url.isprintable():
        raise WebhookUrlRefused(url)


def remove(tx: Transaction, number: int) -> None:
    """End a webhook.

    Raises:
        ThingNotFound: There is none of this number.
    """
    if not webhooks.remove(tx, number):
        raise ThingNotFound(f"webhook {number}")


def resend(tx: Transaction, delivery_id: int) -> Done:
    """Send one delivery once more; one that waits to be sent is known.

    Raises:
        ThingNotFound: There is none of this number.
    """
    if not webhooks.is_told(tx, delivery_id):
        raise ThingNotFound(f"delivery {delivery_id}")
    changed = int(webhooks.resend(tx, delivery_id))
    return Done(changed=changed, known=1 - changed)


def consumer(number: int) -> str:
    """Return the name a webhook reads the event logs by."""
    return f"webhook:{number}"


def secret(key: bytes, number: int, salt: str) -> bytes:
    """Return what a webhook's messages are signed with; stored nowhere."""
    return hmac.digest(key, f"webhook:{number}:{salt}".encode(), hashlib.sha256)


def shown_secret(key: bytes, number: int, salt: str) -> str:
    """Write the secret as its receiver is given it."""
    return "whsec_" + base64.b64encode(secret(key, number, salt)).decode()


def fan_out(tx: Transaction, hook: WebhookRecord) -> int:
    """Queue the next events of the campaign that a webhook wants; return how many were seen."""
    page = cursors.unseen(tx, consumer(hook.id), _PAGE)
    if not page:
        return 0
    if hook.campaign_code in {None, tx.campaign.code}:
        wanted = [
            record
            for record in page
            if record.name not in SEALED and fnmatchcase(record.name, hook.events)
        ]
        webhooks.queue(tx, hook.id, wanted)
    cursors.move(tx, consumer(hook.id), page[-1].number)
    return len(page)


def claim(tx: Transaction, busy: Sequence[int] = ()) -> list[Claimed]:
    """Claim what is due, in the order of each campaign, but nothing for webhooks that are busy."""
    return webhooks.claim(tx, tx.wall + LEASE, _SERIES, _EACH, busy)


def body(one: Claimed) -> bytes:
    """Write what a webhook is told: that something happened, to what, and when.

    It is numbered by what is told: the numbers of the log would count what is not. Of a head that
    was noted, it is told which: whoever keeps it can check the log later.
    """
    data: dict[str, object] = {
        "campaign": one.campaign_code,
        "number": one.id,
        "subject": one.subject,
    }
    if one.event_name == heads.NOTED:
        data["head"] = orjson.loads(one.facts)
    timestamp = one.occurred_at.isoformat()
    return orjson.dumps({"type": one.event_name, "timestamp": timestamp, "data": data})


def signed(one: Claimed, content: bytes, key: bytes, timestamp: int) -> dict[str, str]:
    """Return the headers by which the receiver knows the sender (Standard Webhooks)."""
    identity = f"{one.campaign_code}-{one.id}-{one.webhook_id}"
    told = f"{identity}.{timestamp}.".encode() + content
    mac = hmac.digest(secret(key, one.webhook_id, one.salt), told, hashlib.sha256)
    return {
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": "v1," + base64.b64encode(mac).decode(),
    }


def back_off(attempts: int) -> timedelta:
    """Return how long the next attempt waits: doubled each time, at most an hour."""
    return min(_FIRST_BACK_OFF * (1 << min(attempts, 20)), _LONGEST_BACK_OFF)


def record(
    tx: Transaction, one: Claimed, status_code: int | None, detail: str, rest: Sequence[int]
) -> bool:
    """Note what was answered; True where the event is given up now.

    After a failure `rest`, claimed with it, waits until its turn comes.
    """
    good = status_code is not None and 200 <= status_code < 300  # noqa: PLR2004 - 2xx
    attempts = one.attempts + 1
    gone = not good and attempts >= ATTEMPTS
    webhooks.settle(
        tx,
        one.id,
        attempts=attempts,
        status_code=status_code,
        detail=detail[:_LONGEST_DETAIL],
        sent_at=tx.wall if good else None,
        dead_at=tx.wall if gone else None,
        available_at=tx.wall if good else tx.wall + back_off(one.attempts),
    )
    if rest:
        webhooks.let_go(tx, rest)
    return gone
