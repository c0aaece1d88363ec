"""Nominations, every version of their forms, findings of rules, acts of people on them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from campaigns.store.tables.base import Instant, RowId, code, metadata, states_known
from schemas.vocabulary import NominationState

nomination = Table(
    "nomination",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("code", code(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_version", Integer, nullable=False),
    Column("subject_kind", String(40), nullable=False),
    Column("field", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("nominated_by_id", ForeignKey("unit.id"), nullable=False),
    Column("rank", Integer),
    Column("submitted_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("returned_times", Integer, nullable=False),
    Column(
        "told",
        String(20),
        nullable=False,
        server_default="submitted",
        comment="The state that was released: what others than those who decide may know.",
    ),
    Column("salt", String(32), comment="Of its seals in the event log; random, never told."),
    UniqueConstraint("campaign_id", "code"),
    Index("ix_nomination_campaign_state", "campaign_id", "state"),
    Index("ix_nomination_campaign_nominator", "campaign_id", "nominated_by_id"),
    states_known("state", NominationState),
)

nomination_content = Table(
    "nomination_content",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Text, nullable=False, comment="The form as received, canonical JSON."),
    Column("content_hash", String(64), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    sqlite_with_rowid=False,
)

finding = Table(
    "finding",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("content_version", Integer, primary_key=True),
    Column("rule_id", code(80), primary_key=True),
    Column("rule_version", Integer, nullable=False),
    Column("severity", String(8), nullable=False),
    Column("data", Text, nullable=False, comment="The values the rule used, JSON."),
    Column("source", Text, nullable=False),
    Column("checked_at", Instant, nullable=False),
)

nomination_act = Table(
    "nomination_act",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("act", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column(
        "document", Text, nullable=False, comment="Of a revocation: the number of its decision."
    ),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("acted_at", Instant, nullable=False),
    Index("ix_nomination_act_nomination_id", "nomination_id"),
    CheckConstraint("act IN ('withdraw', 'revoke', 'clear')", name="act_known"),
    CheckConstraint("reason <> ''", name="has_reason"),
    comment="What a person did outside the usual course, and why; reasons are not in the log.",
)
