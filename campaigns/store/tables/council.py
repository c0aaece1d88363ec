"""Reviews and scores; sessions, who took part, ballots, tallies."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from campaigns.store.tables.base import Instant, RowId, metadata

review = Table(
    "review",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("reviewer_id", ForeignKey("person.id"), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    UniqueConstraint("nomination_id", "reviewer_id"),
)

score = Table(
    "score",
    metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("criterion", String(20), primary_key=True),
    Column("centipoints", Integer, nullable=False, comment="Points times 100."),
    Column("comment", Text, nullable=False),
    sqlite_with_rowid=False,
)

appraisal = Table(
    "appraisal",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("total_centipoints", Integer, nullable=False, comment="Before the deduction."),
    Column("reviews", Integer, nullable=False),
    Column("lines", Text, nullable=False, comment="Mean centipoints per criterion, JSON."),
    Column("disagreements", Text, nullable=False, comment="Criteria to discuss, JSON."),
    Column("appraised_at", Instant, nullable=False),
    Column("days_late", Integer, nullable=False),
    Column("deduction_centipoints", Integer, nullable=False, comment="For being late."),
)

council_session = Table(
    "council_session",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("campaign_id", ForeignKey("campaign.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("members", Integer, nullable=False, comment="All members on that day."),
    UniqueConstraint("campaign_id", "number"),
)

session_closing = Table(
    "session_closing",
    metadata,
    Column("session_id", ForeignKey("council_session.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("closed_at", Instant, nullable=False),
    comment="No more votes are taken in the session; who is missing was absent.",
)

participation = Table(
    "participation",
    metadata,
    Column("session_id", ForeignKey("council_session.id"), primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("member_id", ForeignKey("person.id"), primary_key=True),
    Column("attendance", String(8), nullable=False),
    Column("conflicted", Boolean, nullable=False),
    Column("conflict", String(20), comment="Why the member is too near, where they are."),
    sqlite_with_rowid=False,
    comment="Who took part. What they voted stands in ballot, with no link between the two.",
)

ballot = Table(
    "ballot",
    metadata,
    Column("id", String(32), nullable=False, comment="Random: the order of rows tells nothing."),
    Column("session_id", ForeignKey("council_session.id"), nullable=False),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("choice", String(5), nullable=False),
    # Beside those on the same nomination: by ids alone each would lie somewhere on the disk.
    PrimaryKeyConstraint("nomination_id", "id"),
    CheckConstraint("choice IN ('yes', 'no', 'blank')", name="choice_known"),
    sqlite_with_rowid=False,
)

judgement_correction = Table(
    "judgement_correction",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("nomination_id", ForeignKey("nomination.id"), nullable=False),
    Column("reviewer_id", ForeignKey("person.id"), comment="Whose review; empty: the votes."),
    Column("person_id", ForeignKey("person.id"), nullable=False, comment="Who corrected it."),
    Column("reason", Text, nullable=False),
    Column("before", Text, nullable=False, comment="The scores replaced, JSON; of votes nothing."),
    Column("corrected_at", Instant, nullable=False),
    Index("ix_judgement_correction_nomination_id", "nomination_id"),
    comment="Reviews and votes that were corrected before the decision.",
)

tally = Table(
    "tally",
    metadata,
    Column("nomination_id", ForeignKey("nomination.id"), primary_key=True),
    Column("session_id", ForeignKey("council_session.id"), nullable=False),
    Column("members", Integer, nullable=False),
    Column("present", Integer, nullable=False),
    Column("written", Integer, nullable=False),
    Column("yes", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("denominator", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("tallied_at", Instant, nullable=False),
)
