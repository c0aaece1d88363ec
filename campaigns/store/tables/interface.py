"""Tokens of the API, webhooks, and what was handed to each of them."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from campaigns.store.tables.base import Instant, RowId, metadata

api_token = Table(
    "api_token",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True, comment="sha256."),
    Column("scopes", String(200), nullable=False, comment="Words, a blank between."),
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_used_at", Instant, comment="To the minute."),
    Column("revoked_at", Instant),
    Index("ix_api_token_person_id", "person_id"),
    comment="A token allows no more than its person's roles; it is kept as its hash alone.",
)

webhook = Table(
    "webhook",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("url", Text, nullable=False),
    Column("events", String(200), nullable=False, comment="A pattern: `thidua.stage.*`."),
    Column("campaign_code", String(32), comment="Of this campaign alone; empty: of all."),
    Column("salt", String(32), nullable=False, comment="Its secret is made from it and our key."),
    Column("created_at", Instant, nullable=False),
    Column("removed_at", Instant),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("webhook_id", ForeignKey("webhook.id"), nullable=False),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("event_number", Integer, nullable=False),
    Column("event_name", String(80), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("available_at", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("sent_at", Instant),
    Column("dead_at", Instant, comment="Given up."),
    Column("status_code", Integer, comment="Of the last answer."),
    Column("detail", Text, nullable=False),
    UniqueConstraint("webhook_id", "campaign_id", "event_number"),
    Index("ix_webhook_delivery_available_at", "available_at"),
    comment="One event for one webhook: what waits, and the log of what was sent.",
)
