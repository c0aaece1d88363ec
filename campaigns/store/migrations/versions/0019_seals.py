"""Salts and seals: what the log vouches for without naming it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_RANDOM = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(CAST(gen_random_uuid() AS text), '-', '')",
}


def upgrade() -> None:
    """What was recorded before has no seals; its salts are for what is sealed from now on."""
    random = _RANDOM[op.get_bind().dialect.name]
    for table, comment in (
        ("campaign", "Of the seals in its event log; random, never told."),
        ("nomination", "Of its seals in the event log; random, never told."),
    ):
        op.add_column(table, sa.Column("salt", sa.String(32), nullable=True, comment=comment))
        op.execute(f"UPDATE {table} SET salt = {random}")  # noqa: S608 - two constants
    op.add_column(
        "message",
        sa.Column(
            "noted_in",
            sa.Integer(),
            nullable=True,
            comment="Number of the event that vouches for it.",
        ),
    )
    op.add_column(
        "message",
        sa.Column(
            "seal",
            sa.String(64),
            nullable=True,
            comment="Of what it says and to whom, as it was written.",
        ),
    )


def downgrade() -> None:
    """The version before knows no seals."""
    op.drop_column("message", "seal")
    op.drop_column("message", "noted_in")
    op.drop_column("nomination", "salt")
    op.drop_column("campaign", "salt")
