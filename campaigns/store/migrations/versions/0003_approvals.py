"""Approval chains and delegation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def _instant() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _code(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    _approval_gains_steps_and_principals()
    op.create_table(
        "delegation",
        sa.Column("id", _row_id(), nullable=False),
        sa.Column("campaign_id", _row_id(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=True, comment="One stage; empty: every stage."),
        sa.Column("principal_id", _code(80), nullable=False),
        sa.Column("substitute_id", _code(80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False, comment="Included."),
        sa.Column(
            "letter", sa.Text(), nullable=False, comment="Number of the letter of authority."
        ),
        sa.Column("recorded_at", _instant(), nullable=False),
        sa.Column("revoked_at", _instant(), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_delegation_days_in_order")),
        sa.CheckConstraint("principal_id <> substitute_id", name=op.f("ck_delegation_two_people")),
        sa.CheckConstraint("letter <> ''", name=op.f("ck_delegation_has_letter")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_delegation_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["person.id"], name=op.f("fk_delegation_principal_id")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_delegation_substitute_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        comment="Who signs in place of whom on which days; revoked, never deleted.",
    )
    op.create_index("ix_delegation_campaign_id", "delegation", ["campaign_id"])


def _approval_gains_steps_and_principals() -> None:
    """What was signed before this version was signed for the one step there was, by oneself."""
    with op.batch_alter_table("approval") as batch:
        batch.add_column(
            sa.Column(
                "step",
                sa.SmallInteger(),
                nullable=False,
                server_default="1",
                comment="Group of approvers it counts for.",
            )
        )
        batch.add_column(
            sa.Column(
                "principal_id",
                _code(80),
                nullable=True,
                comment="On whose behalf; empty: own right.",
            )
        )
        batch.add_column(
            sa.Column(
                "letter",
                sa.Text(),
                nullable=False,
                server_default="",
                comment="Number of the letter of authority.",
            )
        )
        batch.drop_constraint(op.f("ck_approval_verdict_known"), type_="check")
        batch.drop_constraint(op.f("ck_approval_return_has_reason"), type_="check")
        batch.create_check_constraint(
            op.f("ck_approval_verdict_known"), "verdict IN ('approve', 'return', 'abstain')"
        )
        batch.create_check_constraint(
            op.f("ck_approval_refusal_has_reason"), "verdict = 'approve' OR reason <> ''"
        )
        batch.create_check_constraint(
            op.f("ck_approval_principal_has_letter"), "principal_id IS NULL OR letter <> ''"
        )
        batch.create_foreign_key(
            op.f("fk_approval_principal_id"), "person", ["principal_id"], ["id"]
        )
    with op.batch_alter_table("approval") as batch:
        batch.alter_column("step", existing_type=sa.SmallInteger(), server_default=None)
        batch.alter_column("letter", existing_type=sa.Text(), server_default=None)


def downgrade() -> None:
    """An abstention has no place in the version before; its event stays in the log."""
    op.drop_index("ix_delegation_campaign_id", table_name="delegation")
    op.drop_table("delegation")
    op.execute("DELETE FROM approval WHERE verdict = 'abstain'")
    with op.batch_alter_table("approval") as batch:
        batch.drop_constraint(op.f("fk_approval_principal_id"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_approval_verdict_known"), type_="check")
        batch.drop_constraint(op.f("ck_approval_refusal_has_reason"), type_="check")
        batch.drop_constraint(op.f("ck_approval_principal_has_letter"), type_="check")
        batch.create_check_constraint(
            op.f("ck_approval_verdict_known"), "verdict IN ('approve', 'return')"
        )
        batch.create_check_constraint(
            op.f("ck_approval_return_has_reason"), "verdict <> 'return' OR reason <> ''"
        )
        batch.drop_column("letter")
        batch.drop_column("principal_id")
        batch.drop_column("step")
