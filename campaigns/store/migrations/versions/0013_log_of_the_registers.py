"""The registers have a log of their own, and a new right to sign rests before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_COUNTS = "From then on it counts; empty: at once."
_SECOND = "The second person, where there was one."
_NEW: dict[str, Sequence[tuple[str, sa.types.TypeEngine[Any], str | None]]] = {
    "person": (
        ("recorded_by", sa.String(80), "Who entered them, or changed their address."),
        ("rests_until", sa.DateTime(timezone=True), "From then on they may sign; empty: at once."),
        ("confirmed_by", sa.String(80), _SECOND),
        ("email_wanted", sa.String(320), "An address that is not in force yet."),
        ("email_wanted_by", sa.String(80), None),
        (
            "email_rests_until",
            sa.DateTime(timezone=True),
            "From then on that address is in force.",
        ),
        ("links_since", sa.DateTime(timezone=True), "Links in mails from before are void."),
    ),
    "appointment": (
        ("recorded_by", sa.String(80), "Who appointed them."),
        (
            "rests_until",
            sa.DateTime(timezone=True),
            "From then on they may sign by it; empty: at once.",
        ),
        ("confirmed_by", sa.String(80), _SECOND),
    ),
    "delegation": (
        ("recorded_by", sa.String(80), "Who recorded it; empty: before this was kept."),
        ("rests_until", sa.DateTime(timezone=True), _COUNTS),
        ("confirmed_by", sa.String(80), _SECOND),
    ),
    "campaign_playbook": (
        (
            "rests_until",
            sa.DateTime(timezone=True),
            "Other approvers sign from then on; empty: at once.",
        ),
        ("confirmed_by", sa.String(80), _SECOND),
    ),
    "approval": (
        ("given_by", sa.Text(), "JSON: who gave the right, and who changed the address."),
    ),
}


def upgrade() -> None:
    """Whoever may sign already goes on signing: nothing that is there rests."""
    for table, columns in _NEW.items():
        for name, kind, comment in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True, comment=comment))
    op.create_table(
        "register_event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "facts",
            sa.Text(),
            nullable=False,
            comment="Canonical JSON: what was before, and after.",
        ),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_register_event")),
        comment="What happened to the registers; append-only and hash-chained, and stays here.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_head")),
        comment="The last event of the registers: one row.",
    )


def downgrade() -> None:
    op.drop_table("register_head")
    op.drop_table("register_event")
    for table, columns in _NEW.items():
        for name, _kind, _comment in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
