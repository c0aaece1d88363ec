"""Sessions are closed by a person, reviews and votes corrected, and a conflict keeps its reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "session_closing",
        sa.Column("session_id", _row_id(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("session_closing", "session_id", "council_session.id"),
        _foreign("session_closing", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_closing")),
        comment="No more votes are taken in the session; who is missing was absent.",
    )
    op.create_table(
        "judgement_correction",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("nomination_id", _row_id(), nullable=False),
        sa.Column(
            "reviewer_id", _code(80), nullable=True, comment="Whose review; empty: the votes."
        ),
        sa.Column("person_id", _code(80), nullable=False, comment="Who corrected it."),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "before",
            sa.Text(),
            nullable=False,
            comment="The scores replaced, JSON; of votes nothing.",
        ),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        _foreign("judgement_correction", "nomination_id", "nomination.id"),
        _foreign("judgement_correction", "reviewer_id", "person.id"),
        _foreign("judgement_correction", "person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement_correction")),
        comment="Reviews and votes that were corrected before the decision.",
    )
    op.create_index(
        "ix_judgement_correction_nomination_id", "judgement_correction", ["nomination_id"]
    )
    op.add_column(
        "participation",
        sa.Column(
            "conflict",
            sa.String(20),
            nullable=True,
            comment="Why the member is too near, where they are.",
        ),
    )
    op.create_index("ix_unit_successor_successor_id", "unit_successor", ["successor_id"])
    op.create_index(
        "ix_nomination_campaign_nominator", "nomination", ["campaign_id", "nominated_by_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_nomination_campaign_nominator", table_name="nomination")
    op.drop_index("ix_unit_successor_successor_id", table_name="unit_successor")
    op.drop_column("participation", "conflict")
    op.drop_table("judgement_correction")
    op.drop_table("session_closing")
