"""Who hands a message over, and since when: what a sender that died never touched may leave."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


_BEFORE = "Processes that say they live: relay, web."
_SINCE = "Processes and runs that say they live: relay, web, run."


def _say(comment: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_table_comment("process_beat", comment)


def upgrade() -> None:
    """Messages that are claimed now count as begun: nobody noted it, and they may have left."""
    op.add_column(
        "message",
        sa.Column(
            "claimed_by", sa.String(120), nullable=True, comment="The sender that claimed it last."
        ),
    )
    op.add_column(
        "message",
        sa.Column(
            "begun_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="When that sender began to hand it over.",
        ),
    )
    _say(_SINCE)
    op.execute("UPDATE message SET begun_at = available_at WHERE state = 'claimed'")


def downgrade() -> None:
    """The version before takes every claimed message for begun."""
    _say(_BEFORE)
    op.drop_column("message", "begun_at")
    op.drop_column("message", "claimed_by")
