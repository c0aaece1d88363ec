"""Which webhooks are there, what waits for each of them, and what was answered?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, insert, literal, or_, select, update

from campaigns.rules.access.disclosure import SEALED
from campaigns.store.tables import (
    campaign,
    event,
    event_cursor,
    event_head,
    webhook,
    webhook_delivery,
)
from campaigns.store.transaction import Transaction
from schemas.events import EventRecord


class WebhookRecord(NamedTuple):
    """A webhook; its secret is made from `salt` and the key of the installation."""

    id: int
    url: str
    events: str
    campaign_code: str | None
    salt: str
    created_at: datetime


class DeliveryRecord(NamedTuple):
    """One event for one webhook, as the log shows it."""

    id: int
    webhook_id: int
    campaign_code: str
    event_number: int
    event_name: str
    attempts: int
    available_at: datetime
    sent_at: datetime | None
    dead_at: datetime | None
    status_code: int | None
    detail: str


class Claimed(NamedTuple):
    """A delivery that is this sender's alone until its lease ends."""

    id: int
    event_number: int
    event_name: str
    campaign_code: str
    subject: str
    occurred_at: datetime
    attempts: int
    webhook_id: int
    url: str
    salt: str
    facts: str
    """Of the event, as JSON; of most, nothing is told but that it happened."""


class Silent(NamedTuple):
    """A webhook that has taken nothing since events for it were given up."""

    webhook_id: int
    delivered: int
    """Number of the last event it has taken; 0: none."""
    since: datetime
    """When the first event after that was given up."""
    lost: int
    """How many were."""


_COLUMNS = tuple(webhook.c[name] for name in WebhookRecord._fields)
_LISTED = tuple(
    campaign.c.code if name == "campaign_code" else webhook_delivery.c[name]
    for name in DeliveryRecord._fields
)
_WAITING = webhook_delivery.c.sent_at.is_(None) & webhook_delivery.c.dead_at.is_(None)


def add(tx: Transaction, url: str, events: str, campaign_code: str | None, salt: str) -> int:
    """Insert a webhook."""
    number: int = tx.connection.execute(
        insert(webhook)
        .values(url=url, events=events, campaign_code=campaign_code, salt=salt, created_at=tx.wall)
        .returning(webhook.c.id)
    ).scalar_one()
    return number


def begin_now(tx: Transaction, consumer: str) -> None:
    """Let a new reader begin at the present end of every log; what came before is not told."""
    tx.connection.execute(
        insert(event_cursor).from_select(
            ["campaign_id", "consumer", "number"],
            select(event_head.c.campaign_id, literal(consumer), event_head.c.number),
        )
    )


def in_force(tx: Transaction) -> list[WebhookRecord]:
    """Return the webhooks that were not removed."""
    rows = tx.connection.execute(
        select(*_COLUMNS).where(webhook.c.removed_at.is_(None)).order_by(webhook.c.id)
    )
    return [WebhookRecord(*row) for row in rows]


def remove(tx: Transaction, number: int) -> bool:
    """End a webhook; False where there is none of this number."""
    done = tx.connection.execute(
        update(webhook)
        .where(webhook.c.id == number, webhook.c.removed_at.is_(None))
        .values(removed_at=tx.wall)
    )
    return done.rowcount > 0


def queue(tx: Transaction, webhook_id: int, records: Sequence[EventRecord]) -> None:
    """Want events of the campaign sent to a webhook."""
    if records:
        tx.connection.execute(
            insert(webhook_delivery),
            [
                {
                    "webhook_id": webhook_id,
                    "campaign_id": tx.campaign.id,
                    "event_number": record.number,
                    "event_name": record.name,
                    "attempts": 0,
                    "available_at": tx.wall,
                    "detail": "",
                }
                for record in records
            ],
        )


def claim(
    tx: Transaction, lease_until: datetime, series: int, each: int, busy: Sequence[int] = ()
) -> list[Claimed]:
    """Claim what is due: of each webhook and campaign the oldest, and those after it.

    While one waits for another attempt, or is another sender's, those after it wait too: a webhook
    gets the events of a campaign in their order. Those of `busy` webhooks have time. A claim that
    ends later than this one was made before the clock was set back: it counts as over.
    """
    table = webhook_delivery
    heads = (
        select(
            table.c.webhook_id, table.c.campaign_id, func.min(table.c.event_number).label("head")
        )
        .join(webhook, webhook.c.id == table.c.webhook_id)
        .where(_WAITING, webhook.c.removed_at.is_(None))
        .group_by(table.c.webhook_id, table.c.campaign_id)
        .subquery()
    )
    due = tx.connection.execute(
        select(heads.c.webhook_id, heads.c.campaign_id)
        .join(
            table,
            (table.c.webhook_id == heads.c.webhook_id)
            & (table.c.campaign_id == heads.c.campaign_id)
            & (table.c.event_number == heads.c.head),
        )
        .where(
            table.c.available_at <= tx.wall,
            table.c.webhook_id.not_in(busy),
            or_(
                table.c.claimed_until.is_(None),
                table.c.claimed_until <= tx.wall,
                table.c.claimed_until > lease_until,
            ),
        )
        .order_by(table.c.available_at)
        .limit(series)
    ).all()
    claimed = [one for pair in due for one in _series(tx, pair.webhook_id, pair.campaign_id, each)]
    ids = [one.id for one in claimed]
    if ids:
        tx.connection.execute(
            update(table).where(table.c.id.in_(ids)).values(claimed_until=lease_until)
        )
    return claimed


def _series(tx: Transaction, webhook_id: int, campaign_id: int, limit: int) -> list[Claimed]:
    table = webhook_delivery
    rows = tx.connection.execute(
        select(
            table.c.id,
            table.c.event_number,
            table.c.event_name,
            campaign.c.code,
            event.c.subject,
            event.c.occurred_at,
            table.c.attempts,
            webhook.c.id,
            webhook.c.url,
            webhook.c.salt,
            event.c.facts,
        )
        .join(webhook, webhook.c.id == table.c.webhook_id)
        .join(campaign, campaign.c.id == table.c.campaign_id)
        .join(
            event,
            (event.c.campaign_id == table.c.campaign_id) & (event.c.number == table.c.event_number),
        )
        .where(_WAITING, table.c.webhook_id == webhook_id, table.c.campaign_id == campaign_id)
        .order_by(table.c.event_number)
        .limit(limit)
    )
    return [Claimed._make(row) for row in rows]


def silent(tx: Transaction) -> list[Silent]:
    """Return the webhooks that have lost events of the campaign since they last took one."""
    table = webhook_delivery
    taken = (
        select(table.c.webhook_id, func.max(table.c.event_number).label("number"))
        .where(table.c.campaign_id == tx.campaign.id, table.c.sent_at.is_not(None))
        .group_by(table.c.webhook_id)
        .subquery()
    )
    delivered = func.coalesce(taken.c.number, 0)
    rows = tx.connection.execute(
        select(table.c.webhook_id, delivered, func.min(table.c.dead_at), func.count())
        .join(webhook, webhook.c.id == table.c.webhook_id)
        .outerjoin(taken, taken.c.webhook_id == table.c.webhook_id)
        .where(
            table.c.campaign_id == tx.campaign.id,
            table.c.dead_at.is_not(None),
            table.c.event_number > delivered,
            webhook.c.removed_at.is_(None),
        )
        .group_by(table.c.webhook_id, delivered)
        .order_by(table.c.webhook_id)
    )
    return [Silent(*row) for row in rows]


def settle(tx: Transaction, delivery_id: int, **columns: object) -> None:
    """Note what became of an attempt; the lease ends with it."""
    tx.connection.execute(
        update(webhook_delivery)
        .where(webhook_delivery.c.id == delivery_id)
        .values(claimed_until=None, **columns)
    )


def let_go(tx: Transaction, ids: Sequence[int]) -> None:
    """End the lease of deliveries that were not tried."""
    tx.connection.execute(
        update(webhook_delivery).where(webhook_delivery.c.id.in_(ids)).values(claimed_until=None)
    )


def log(tx: Transaction, number: int | None, limit: int) -> list[DeliveryRecord]:
    """Return what was sent and what waits, the newest first."""
    query: Select[Any] = select(*_LISTED).join(
        campaign, campaign.c.id == webhook_delivery.c.campaign_id
    )
    if number is not None:
        query = query.where(webhook_delivery.c.webhook_id == number)
    rows = tx.connection.execute(query.order_by(webhook_delivery.c.id.desc()).limit(limit))
    return [DeliveryRecord(*row) for row in rows]


def is_told(tx: Transaction, delivery_id: int) -> bool:
    """Say whether there is a delivery of this number whose event is told outside."""
    query = select(webhook_delivery.c.id).where(
        webhook_delivery.c.id == delivery_id, webhook_delivery.c.event_name.not_in(SEALED)
    )
    return tx.connection.execute(query).first() is not None


def resend(tx: Transaction, delivery_id: int) -> bool:
    """Want a delivery sent once more; False where it waits for its first attempt anyway."""
    done = tx.connection.execute(
        update(webhook_delivery)
        .where(
            webhook_delivery.c.id == delivery_id,
            or_(
                webhook_delivery.c.sent_at.is_not(None),
                webhook_delivery.c.dead_at.is_not(None),
                webhook_delivery.c.attempts > 0,
            ),
        )
        .values(sent_at=None, dead_at=None, claimed_until=None, attempts=0, available_at=tx.wall)
    )
    return done.rowcount > 0
