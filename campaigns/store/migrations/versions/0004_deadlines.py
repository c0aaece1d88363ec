"""Extensions, late penalties and calendar feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "extension",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("stage_id", _row_id(), nullable=False),
        sa.Column(
            "matter",
            sa.String(10),
            nullable=False,
            comment="The stage's work, or its approval.",
        ),
        sa.Column(
            "unit_id", _code(80), nullable=True, comment="For this unit alone; empty: for all."
        ),
        sa.Column("previous_at", _instant(), nullable=False, comment="In force until then."),
        sa.Column("until_at", _instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("recorded_at", _instant(), nullable=False),
        sa.CheckConstraint(
            "matter IN ('work', 'approval')", name=op.f("ck_extension_matter_known")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_extension_has_reason")),
        sa.CheckConstraint("until_at > previous_at", name=op.f("ck_extension_is_later")),
        sa.ForeignKeyConstraint(["stage_id"], ["stage.id"], name=op.f("fk_extension_stage_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extension_unit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_extension_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        comment="Never changed: a wrong extension is mended by a further one.",
    )
    op.create_index("ix_extension_stage", "extension", ["stage_id", "matter"])
    op.create_table(
        "calendar_feed",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False, comment="sha256."),
        sa.Column("created_at", _instant(), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("revoked_at", _instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
        comment="Who knows the secret reads the dates of one person; it is kept as its hash alone.",
    )
    op.create_index("ix_calendar_feed_person_id", "calendar_feed", ["person_id"])
    _appraisal_gains_the_deduction()


def _appraisal_gains_the_deduction() -> None:
    """What was appraised before this version was never late with points taken off: 0."""
    with op.batch_alter_table("appraisal") as batch:
        batch.add_column(sa.Column("days_late", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column(
                "deduction_centipoints",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="For being late.",
            )
        )
        batch.alter_column(
            "total_centipoints",
            existing_type=sa.Integer(),
            existing_nullable=False,
            comment="Before the deduction.",
        )
    with op.batch_alter_table("appraisal") as batch:
        for name in ("days_late", "deduction_centipoints"):
            batch.alter_column(name, existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("appraisal") as batch:
        batch.alter_column(
            "total_centipoints",
            existing_type=sa.Integer(),
            existing_nullable=False,
            existing_comment="Before the deduction.",
            comment=None,
        )
        batch.drop_column("deduction_centipoints")
        batch.drop_column("days_late")
    op.drop_index("ix_calendar_feed_person_id", table_name="calendar_feed")
    op.drop_table("calendar_feed")
    op.drop_index("ix_extension_stage", table_name="extension")
    op.drop_table("extension")
