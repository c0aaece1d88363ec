"""Acts of people on nominations, with their reasons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "nomination_act",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("nomination_id", _row_id(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "document",
            sa.Text(),
            nullable=False,
            comment="Of a revocation: the number of its decision.",
        ),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('withdraw', 'revoke', 'clear')", name=op.f("ck_nomination_act_act_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_nomination_act_has_reason")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nomination_act_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_nomination_act_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_act")),
        comment="What a person did outside the usual course, and why; reasons are not in the log.",
    )
    op.create_index("ix_nomination_act_nomination_id", "nomination_act", ["nomination_id"])


def downgrade() -> None:
    op.drop_table("nomination_act")
