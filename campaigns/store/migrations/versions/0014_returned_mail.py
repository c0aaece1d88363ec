"""Mail that came back, what notices of it came to, and a server that takes none from us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_STATES = "'held', 'queued', 'claimed', 'sent', 'uncertain', 'failed', 'superseded'"
_SINCE = "'held', 'queued', 'claimed', 'sent', 'uncertain', 'failed', 'returned', 'superseded'"
_OUTCOMES = "'hard', 'soft', 'unproven', 'none'"
_OUTCOMES_SINCE = (
    "'hard', 'refused', 'full', 'size', 'expired', 'forwarded', 'unclear', 'soft', 'unproven', "
    "'none'"
)


def _know(states: str, outcomes: str) -> None:
    with op.batch_alter_table("message") as batch:
        batch.drop_constraint(op.f("ck_message_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_message_state_known"), f"state IN ({states})")
    with op.batch_alter_table("bounce") as batch:
        batch.drop_constraint(op.f("ck_bounce_outcome_known"), type_="check")
        batch.create_check_constraint(op.f("ck_bounce_outcome_known"), f"outcome IN ({outcomes})")


def upgrade() -> None:
    _know(_SINCE, _OUTCOMES_SINCE)
    op.add_column(
        "failing_address",
        sa.Column(
            "outcome", sa.String(10), nullable=False, server_default="", comment="As of `bounce`."
        ),
    )
    op.create_table(
        "mail_pause",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hindrance", sa.String(12), nullable=False),
        sa.Column("said", sa.Text(), nullable=False, comment="The server's words."),
        sa.Column("times", sa.Integer(), nullable=False, comment="Tried in vain, one by one."),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="Nothing is handed over before.",
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_pause_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_pause")),
        comment="The mail server takes nothing from us; no row where it does.",
    )


def downgrade() -> None:
    """The version before takes mail that came back for failed."""
    op.drop_table("mail_pause")
    op.drop_column("failing_address", "outcome")
    op.execute("UPDATE message SET state = 'failed' WHERE state = 'returned'")
    op.execute(
        "UPDATE bounce SET outcome = 'soft' "
        "WHERE outcome NOT IN ('hard', 'soft', 'unproven', 'none')"
    )
    _know(_STATES, _OUTCOMES)
