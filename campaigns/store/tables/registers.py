"""Units with dated names and parents, people with dated roles, models of earlier years."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from campaigns.store.tables.base import Instant, code, metadata

unit = Table(
    "unit",
    metadata,
    Column("id", code(80), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subkind", String(40), nullable=False),
    Column("email", String(320), nullable=False),
    Column("note", Text, nullable=False),
    comment="A unit by its own id; names, codes and parents change and carry dates.",
)

unit_name = Table(
    "unit_name",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date, comment="Included; empty: still valid."),
    Column("name", Text, nullable=False),
    Column("official_code", String(40), nullable=False),
)

unit_parent = Table(
    "unit_parent",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("parent_id", ForeignKey("unit.id"), nullable=False),
)

unit_successor = Table(
    "unit_successor",
    metadata,
    Column("unit_id", ForeignKey("unit.id"), primary_key=True),
    Column("successor_id", ForeignKey("unit.id"), primary_key=True),
    Column("effective_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Index("ix_unit_successor_successor_id", "successor_id"),
)

person = Table(
    "person",
    metadata,
    Column("id", code(80), primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("position", Text, nullable=False),
    Column("email", String(320), nullable=False),
    Column("language", String(2), nullable=False),
    Column("recorded_by", String(80), comment="Who entered them, or changed their address."),
    Column("rests_until", Instant, comment="From then on they may sign; empty: at once."),
    Column("confirmed_by", String(80), comment="The second person, where there was one."),
    Column("email_wanted", String(320), comment="An address that is not in force yet."),
    Column("email_wanted_by", String(80)),
    Column("email_rests_until", Instant, comment="From then on that address is in force."),
    Column("links_since", Instant, comment="Links in mails from before are void."),
    Index("ix_person_unit_id", "unit_id"),
)

appointment = Table(
    "appointment",
    metadata,
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("role", code(40), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("detail", Text, nullable=False),
    Column("recorded_by", String(80), comment="Who appointed them."),
    Column("rests_until", Instant, comment="From then on they may sign by it; empty: at once."),
    Column("confirmed_by", String(80), comment="The second person, where there was one."),
    Index("ix_appointment_role", "role"),
)

register_event = Table(
    "register_event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(80), nullable=False),
    Column("subject", String(160), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("facts", Text, nullable=False, comment="Canonical JSON: what was before, and after."),
    Column("hash", String(64), nullable=False),
    sqlite_with_rowid=False,
    comment="What happened to the registers; append-only and hash-chained, and stays here.",
)

register_head = Table(
    "register_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    comment="The last event of the registers: one row.",
)

past_model = Table(
    "past_model",
    metadata,
    Column("id", code(80), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("unit_name", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False, comment="Folded for comparison."),
    Column("summary", Text, nullable=False),
    Index("ix_past_model_unit_id", "unit_id"),
)
