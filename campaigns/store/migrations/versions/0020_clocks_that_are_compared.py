"""What each process's clock shows, and since when a campaign's time is right again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Processes say it when they next speak; nothing was repaired before."""
    for name, kind, comment in (
        ("boot", sa.String(64), "Names the start of the machine it runs on."),
        ("uptime", sa.BigInteger(), "Milliseconds since then, when it spoke last."),
        (
            "shown_at",
            sa.DateTime(timezone=True),
            "What its own clock showed, if it was believed.",
        ),
    ):
        op.add_column("process_beat", sa.Column(name, kind, nullable=True, comment=comment))
    op.add_column(
        "campaign",
        sa.Column(
            "clock_repaired_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Its log was dated ahead until then.",
        ),
    )
    op.create_table(
        "clock_repair",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("campaign_id", _row_id(), nullable=True, comment="None: the registers."),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("repaired_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_clock_repair_campaign_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clock_repair"),
        comment="Who had a log that was dated ahead go on from the present, and why.",
    )
    op.create_index("ix_clock_repair_campaign_id", "clock_repair", ["campaign_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "event_head",
            "occurred_at",
            existing_type=sa.DateTime(timezone=True),
            comment="Of the last event; only a repair goes back from it.",
            existing_comment="Of the last event; a campaign's time never goes back.",
        )


def downgrade() -> None:
    """The version before compares no clocks."""
    op.drop_table("clock_repair")
    op.drop_column("campaign", "clock_repaired_at")
    for name in ("shown_at", "uptime", "boot"):
        op.drop_column("process_beat", name)
