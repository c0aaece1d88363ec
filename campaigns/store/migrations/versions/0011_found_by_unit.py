"""People and models of earlier years are found by their unit."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_person_unit_id", "person", ["unit_id"])
    op.create_index("ix_past_model_unit_id", "past_model", ["unit_id"])


def downgrade() -> None:
    op.drop_index("ix_past_model_unit_id", table_name="past_model")
    op.drop_index("ix_person_unit_id", table_name="person")
