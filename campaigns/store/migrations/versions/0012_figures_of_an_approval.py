"""The figures an approval rests on are kept, as they were when it was asked for and decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Of approvals before, no figures are on record; none are made up."""
    op.create_table(
        "approval_basis",
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "counts",
            sa.Text(),
            nullable=False,
            comment="JSON: [[state, number of nominations], ...]",
        ),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stage.id"], name=op.f("fk_approval_basis_stage_id")
        ),
        sa.PrimaryKeyConstraint("stage_id", "round", name=op.f("pk_approval_basis")),
        comment="The figures an approval rests on, as they were at the request and the last "
        "verdict.",
    )


def downgrade() -> None:
    op.drop_table("approval_basis")
