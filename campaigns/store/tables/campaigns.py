"""Campaigns with their playbook snapshots, stages, approvals, delegations."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from campaigns.store.tables.base import Instant, RowId, code, metadata, states_known
from schemas.vocabulary import CampaignState, StageState

campaign = Table(
    "campaign",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("code", code(32), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column(
        "playbook_version", Integer, nullable=False, comment="Row of campaign_playbook in force."
    ),
    Column("created_at", Instant, nullable=False),
    Column("launched_at", Instant),
    Column("launched_by", String(80)),
    Column("announced_at", Instant),
    Column("closed_at", Instant),
    Column("clock_at", Instant, comment="A rehearsal's own time; empty in a live campaign."),
    Column("results_released_at", Instant, comment="When results were first told."),
    Column("salt", String(32), comment="Of the seals in its event log; random, never told."),
    Column("clock_repaired_at", Instant, comment="Its log was dated ahead until then."),
    states_known("state", CampaignState),
)

campaign_playbook = Table(
    "campaign_playbook",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("snapshot", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("rests_until", Instant, comment="Other approvers sign from then on; empty: at once."),
    Column("confirmed_by", String(80), comment="The second person, where there was one."),
)

stage = Table(
    "stage",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("name", String(16), nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("round", Integer, nullable=False, comment="Of approval; one more after each return."),
    Column("opens_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("approval_due_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("approval_requested_at", Instant),
    Column("approved_at", Instant),
    UniqueConstraint("campaign_id", "name"),
    states_known("state", StageState),
)

approval = Table(
    "approval",
    metadata,
    Column("stage_id", ForeignKey("stage.id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("step", SmallInteger, nullable=False, comment="Group of approvers it counts for."),
    Column("principal_id", ForeignKey("person.id"), comment="On whose behalf; empty: own right."),
    Column("letter", Text, nullable=False, comment="Number of the letter of authority."),
    Column("given_by", Text, comment="JSON: who gave the right, and who changed the address."),
    CheckConstraint("verdict IN ('approve', 'return', 'abstain')", name="verdict_known"),
    CheckConstraint("verdict = 'approve' OR reason <> ''", name="refusal_has_reason"),
    CheckConstraint("principal_id IS NULL OR letter <> ''", name="principal_has_letter"),
)

approval_basis = Table(
    "approval_basis",
    metadata,
    Column("stage_id", ForeignKey("stage.id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("counts", Text, nullable=False, comment="JSON: [[state, number of nominations], ...]"),
    Column("counted_at", Instant, nullable=False),
    comment="The figures an approval rests on, as they were at the request and the last verdict.",
)

delegation = Table(
    "delegation",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("stage", String(16), comment="One stage; empty: every stage."),
    Column("principal_id", ForeignKey("person.id"), nullable=False),
    Column("substitute_id", ForeignKey("person.id"), nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False, comment="Included."),
    Column("letter", Text, nullable=False, comment="Number of the letter of authority."),
    Column("recorded_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("recorded_by", String(80), comment="Who recorded it; empty: before this was kept."),
    Column("rests_until", Instant, comment="From then on it counts; empty: at once."),
    Column("confirmed_by", String(80), comment="The second person, where there was one."),
    Index("ix_delegation_campaign_id", "campaign_id"),
    CheckConstraint("first_on <= last_on", name="days_in_order"),
    CheckConstraint("principal_id <> substitute_id", name="two_people"),
    CheckConstraint("letter <> ''", name="has_letter"),
    comment="Who signs in place of whom on which days; revoked, never deleted.",
)

cancellation = Table(
    "cancellation",
    metadata,
    Column("campaign_id", ForeignKey("campaign.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("cancelled_at", Instant, nullable=False),
    CheckConstraint("reason <> ''", name="has_reason"),
    comment="Who gave a campaign up, and why; the reason is not in the log.",
)
