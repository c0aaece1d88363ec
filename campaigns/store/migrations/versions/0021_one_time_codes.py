"""One-time codes beside the links of mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _foreign(column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_one_time_code_{column}")
    return sa.ForeignKeyConstraint([column], [target], name=name)


def upgrade() -> None:
    """Codes that were asked for; the codes themselves are in no row."""
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "one_time_code",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("stage_id", _row_id(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("act", sa.String(16), nullable=False, comment="What it confirms."),
        sa.Column(
            "nonce",
            sa.String(32),
            nullable=False,
            comment="Random; the key makes the code of it.",
        ),
        sa.Column(
            "mark", sa.String(24), nullable=False, comment="Keyed, of the address it goes to."
        ),
        sa.Column(
            "since",
            sa.BigInteger(),
            nullable=False,
            comment="Which links of the person held then.",
        ),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False, comment="Wrong ones."),
        sa.Column(
            "ended",
            sa.String(8),
            nullable=True,
            comment="Used, or tried too often; empty: neither.",
        ),
        sa.CheckConstraint(
            "act IN ('approve', 'return', 'abstain')", name=op.f("ck_one_time_code_act_known")
        ),
        sa.CheckConstraint("ended IN ('used', 'tries')", name=op.f("ck_one_time_code_ended_known")),
        _foreign("stage_id", "stage.id"),
        _foreign("person_id", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_code")),
        comment="The code itself is kept nowhere; rows are forgotten after a day.",
    )
    op.create_index(
        "ix_one_time_code_stage_id", "one_time_code", ["stage_id", "round", "person_id"]
    )


def downgrade() -> None:
    """The version before asks for no codes."""
    op.drop_table("one_time_code")
