"""Documents that go with messages, each kept once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Messages of before have no document."""
    op.create_table(
        "attachment",
        sa.Column(
            "campaign_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("digest", sa.String(64), nullable=False, comment="With the campaign's salt."),
        sa.Column("name", sa.Text(), nullable=False, comment="Of the file, as its reader gets it."),
        sa.Column("media_type", sa.String(120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_attachment_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "digest", name=op.f("pk_attachment")),
        comment="Documents that go with messages, each once however many it goes with.",
    )
    op.add_column(
        "message",
        sa.Column(
            "attachment",
            sa.String(64),
            nullable=True,
            comment="Digest of the document that goes with it.",
        ),
    )


def downgrade() -> None:
    """The version before knows no documents; its mails leave without them."""
    op.drop_column("message", "attachment")
    op.drop_table("attachment")
