"""Extensions of deadlines, and the secret addresses of people's calendars."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from campaigns.store.tables.base import Instant, RowId, metadata

extension = Table(
    "extension",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("stage_id", ForeignKey("stage.id"), nullable=False),
    Column("matter", String(10), nullable=False, comment="The stage's work, or its approval."),
    Column("unit_id", ForeignKey("unit.id"), comment="For this unit alone; empty: for all."),
    Column("previous_at", Instant, nullable=False, comment="In force until then."),
    Column("until_at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Index("ix_extension_stage", "stage_id", "matter"),
    CheckConstraint("matter IN ('work', 'approval')", name="matter_known"),
    CheckConstraint("reason <> ''", name="has_reason"),
    CheckConstraint("until_at > previous_at", name="is_later"),
    comment="Never changed: a wrong extension is mended by a further one.",
)

calendar_feed = Table(
    "calendar_feed",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True, comment="sha256."),
    Column("created_at", Instant, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("revoked_at", Instant),
    Column("token_id", RowId, comment="The token that made it; with that it ends."),
    Index("ix_calendar_feed_person_id", "person_id"),
    comment="Who knows the secret reads the dates of one person; it is kept as its hash alone.",
)
