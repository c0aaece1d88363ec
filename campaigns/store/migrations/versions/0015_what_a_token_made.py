"""A calendar address that a token made ends with the token."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Of addresses from before, nothing says which token made them: they stay."""
    op.add_column(
        "calendar_feed",
        sa.Column(
            "token_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="The token that made it; with that it ends.",
        ),
    )


def downgrade() -> None:
    op.execute("ALTER TABLE calendar_feed DROP COLUMN token_id")
