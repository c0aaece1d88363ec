"""What the relay and the other processes keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "event_cursor",
        sa.Column(
            "campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("consumer", _code(80), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="Of the last event that was handed on.",
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_event_cursor_campaign_id"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "consumer", name="pk_event_cursor"),
        comment="How far each consumer of the event log has come.",
    )
    op.create_table(
        "process_beat",
        sa.Column("name", _code(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_process_beat"),
        comment="Processes that say they live: relay, web.",
    )
    with op.batch_alter_table("event_head") as batch:
        batch.add_column(
            sa.Column(
                "occurred_at",
                sa.DateTime(timezone=True),
                comment="Of the last event; a campaign's time never goes back.",
            )
        )
    op.execute(
        "UPDATE event_head SET occurred_at = (SELECT event.occurred_at FROM event "
        "WHERE event.campaign_id = event_head.campaign_id AND event.number = event_head.number)"
    )
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("settled_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("detail", sa.Text(), nullable=False, server_default=""))
    # What the version before left was never read by a relay, and its commands ran the engine.
    op.execute("UPDATE outbox SET sent_at = available_at, settled_at = available_at")
    with op.batch_alter_table("outbox") as batch:
        batch.alter_column(
            "attempts",
            existing_type=sa.Integer(),
            existing_nullable=False,
            comment="Claims of this attempt that may have reached Prefect.",
        )
        batch.alter_column(
            "attempt",
            existing_type=sa.Integer(),
            existing_nullable=False,
            server_default=None,
            comment="Business attempt; part of the run's key.",
        )
        batch.alter_column(
            "sent_at",
            existing_type=sa.DateTime(timezone=True),
            comment="A run was created for it.",
        )
        batch.alter_column(
            "settled_at",
            existing_type=sa.DateTime(timezone=True),
            comment="A run that saw it has done its work.",
        )
        batch.alter_column(
            "detail",
            existing_type=sa.Text(),
            existing_nullable=False,
            server_default=None,
            comment="What went wrong last; nothing personal.",
        )
        batch.create_index("ix_outbox_open", ["settled_at", "dead_at", "available_at"])


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.drop_index("ix_outbox_open")
        batch.drop_column("attempt")
        batch.drop_column("settled_at")
        batch.drop_column("detail")
        batch.alter_column(
            "attempts",
            existing_type=sa.Integer(),
            existing_nullable=False,
            existing_comment="Claims of this attempt that may have reached Prefect.",
            comment=None,
        )
        batch.alter_column(
            "sent_at",
            existing_type=sa.DateTime(timezone=True),
            existing_comment="A run was created for it.",
            comment=None,
        )
    with op.batch_alter_table("event_head") as batch:
        batch.drop_column("occurred_at")
    op.drop_table("process_beat")
    op.drop_table("event_cursor")
