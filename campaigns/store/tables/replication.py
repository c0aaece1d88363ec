"""Signed decisions and what they recognise; adoptions and follow-ups."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from campaigns.store.tables.base import Instant, RowId, code, metadata, states_known
from schemas.vocabulary import AdoptionState, DecisionState, FollowUpState

number_series = Table(
    "number_series",
    metadata,
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last_number", Integer, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("issuer_unit_id", ForeignKey("unit.id"), nullable=False),
    Column("series", String(40), nullable=False),
    Column("year", Integer),
    Column("number", Integer, comment="Given at signing only, never reused."),
    Column("symbol", Text, comment="The number as printed."),
    Column("drafted_at", Instant, nullable=False),
    Column("signed_at", Instant),
    UniqueConstraint("campaign_id", "round"),
    UniqueConstraint("series", "year", "number"),
    states_known("state", DecisionState),
)

recognition = Table(
    "recognition",
    metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("recognised", Boolean, nullable=False),
    Column("unit_name", Text, nullable=False, comment="As named on the decision's date."),
)

correction = Table(
    "correction",
    metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("replaces_id", ForeignKey("decision.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False, comment="Who asked for it."),
    comment="A decision that corrects a signed one; signed, it replaces it.",
)

corrected_result = Table(
    "corrected_result",
    metadata,
    Column("decision_id", ForeignKey("correction.decision_id"), primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("recognised", Boolean, nullable=False),
)

adoption = Table(
    "adoption",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("code", code(80), nullable=False),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("unit_id", ForeignKey("unit.id"), nullable=False),
    Column("parent_id", ForeignKey("adoption.id")),
    Column("generation", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("committed_on", Date, nullable=False),
    Column("started_on", Date),
    Column("evidenced_on", Date),
    Column("sustained_on", Date),
    Column("abandoned_on", Date),
    Column("note", Text, nullable=False),
    UniqueConstraint("campaign_id", "code"),
    states_known("state", AdoptionState),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("adoption_id", ForeignKey("adoption.id"), nullable=False),
    Column("months", Integer, nullable=False),
    Column("due_on", Date, nullable=False, comment="Never moves, however late the answer."),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", Instant),
    Column("answered_on", Date),
    Column("reason", Text, nullable=False),
    UniqueConstraint("adoption_id", "months"),
    Index("ix_follow_up_state_due_on", "state", "due_on"),
    states_known("state", FollowUpState),
)
