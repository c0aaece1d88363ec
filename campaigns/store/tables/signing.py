"""One-time codes that were asked for on the page of a link."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
)

from campaigns.store.tables.base import Instant, RowId, metadata

one_time_code = Table(
    "one_time_code",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("stage_id", ForeignKey("stage.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("act", String(16), nullable=False, comment="What it confirms."),
    Column("nonce", String(32), nullable=False, comment="Random; the key makes the code of it."),
    Column("mark", String(24), nullable=False, comment="Keyed, of the address it goes to."),
    Column("since", BigInteger, nullable=False, comment="Which links of the person held then."),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("tries", SmallInteger, nullable=False, comment="Wrong ones."),
    Column("ended", String(8), comment="Used, or tried too often; empty: neither."),
    Index("ix_one_time_code_stage_id", "stage_id", "round", "person_id"),
    CheckConstraint("act IN ('approve', 'return', 'abstain')", name="act_known"),
    CheckConstraint("ended IN ('used', 'tries')", name="ended_known"),
    comment="The code itself is kept nowhere; rows are forgotten after a day.",
)
