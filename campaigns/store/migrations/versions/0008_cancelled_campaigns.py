"""Cancelled campaigns: who gave them up and why; their stages end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_BEFORE = "state IN ('pending', 'open', 'awaiting_approval', 'approved')"
_SINCE = "state IN ('pending', 'open', 'awaiting_approval', 'approved', 'ended')"


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _know(states: str) -> None:
    with op.batch_alter_table("stage") as batch:
        batch.drop_constraint(op.f("ck_stage_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_stage_state_known"), states)


def upgrade() -> None:
    op.create_table(
        "cancellation",
        sa.Column("campaign_id", _row_id(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", _code(80), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_cancellation_has_reason")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_cancellation_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cancellation_person_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_cancellation")),
        comment="Who gave a campaign up, and why; the reason is not in the log.",
    )
    _know(_SINCE)


def downgrade() -> None:
    """The version before knows no end but approval: ended stages wait again."""
    op.execute("UPDATE stage SET state = 'pending' WHERE state = 'ended'")
    _know(_BEFORE)
    op.drop_table("cancellation")
