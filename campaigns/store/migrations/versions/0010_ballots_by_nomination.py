"""Ballots lie beside those on the same nomination: by ids alone each lay somewhere on the disk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def _made_anew(*primary_key: str) -> None:
    """SQLite cannot change the key of a table: it is made again, filled nomination by nomination."""
    op.drop_index("ix_ballot_nomination_id", "ballot", if_exists=True)
    op.rename_table("ballot", "ballot_before")
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column(
            "session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "nomination_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("choice", sa.String(5), nullable=False),
        sa.CheckConstraint("choice IN ('yes', 'no', 'blank')", name=op.f("ck_ballot_choice_known")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_ballot_nomination_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["council_session.id"], name=op.f("fk_ballot_session_id")
        ),
        sa.PrimaryKeyConstraint(*primary_key, name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO ballot (id, session_id, nomination_id, choice) "
        "SELECT id, session_id, nomination_id, choice FROM ballot_before "
        "ORDER BY nomination_id, id"
    )
    op.drop_table("ballot_before")


def upgrade() -> None:
    """Keep every ballot with its id."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew("nomination_id", "id")
        return
    op.drop_index("ix_ballot_nomination_id", "ballot")
    op.drop_constraint("pk_ballot", "ballot")
    op.create_primary_key("pk_ballot", "ballot", ["nomination_id", "id"])


def downgrade() -> None:
    """Ids are random, and so each stands for one ballot alone."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew("id")
    else:
        op.drop_constraint("pk_ballot", "ballot")
        op.create_primary_key("pk_ballot", "ballot", ["id"])
    op.create_index("ix_ballot_nomination_id", "ballot", ["nomination_id"])
