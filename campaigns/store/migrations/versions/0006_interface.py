"""Tokens and webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, comment="sha256."),
        sa.Column("scopes", sa.String(200), nullable=False, comment="Words, a blank between."),
        sa.Column("created_at", _instant(), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("expires_at", _instant(), nullable=False),
        sa.Column("last_used_at", _instant(), nullable=True, comment="To the minute."),
        sa.Column("revoked_at", _instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
        comment="A token allows no more than its person's roles; it is kept as its hash alone.",
    )
    op.create_index("ix_api_token_person_id", "api_token", ["person_id"])
    op.create_table(
        "webhook",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("events", sa.String(200), nullable=False, comment="A pattern: `thidua.stage.*`."),
        sa.Column(
            "campaign_code",
            sa.String(32),
            nullable=True,
            comment="Of this campaign alone; empty: of all.",
        ),
        sa.Column(
            "salt",
            sa.String(32),
            nullable=False,
            comment="Its secret is made from it and our key.",
        ),
        sa.Column("created_at", _instant(), nullable=False),
        sa.Column("removed_at", _instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    _add_deliveries()


def _add_deliveries() -> None:
    op.create_table(
        "webhook_delivery",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("webhook_id", _row_id(), nullable=False),
        sa.Column("campaign_id", _row_id(), nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("event_name", sa.String(80), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("available_at", _instant(), nullable=False),
        sa.Column("claimed_until", _instant(), nullable=True),
        sa.Column("sent_at", _instant(), nullable=True),
        sa.Column("dead_at", _instant(), nullable=True, comment="Given up."),
        sa.Column("status_code", sa.Integer(), nullable=True, comment="Of the last answer."),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_webhook_delivery_webhook_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_webhook_delivery_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint(
            "webhook_id",
            "campaign_id",
            "event_number",
            name=op.f("uq_webhook_delivery_webhook_id_campaign_id_event_number"),
        ),
        comment="One event for one webhook: what waits, and the log of what was sent.",
    )
    op.create_index("ix_webhook_delivery_available_at", "webhook_delivery", ["available_at"])


def downgrade() -> None:
    for table in ("webhook_delivery", "webhook", "api_token"):
        op.drop_table(table)
