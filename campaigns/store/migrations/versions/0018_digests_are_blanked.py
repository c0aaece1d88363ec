"""Digests of what was sent are taken out: few votes in few ways could be tried out against them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_DIGEST = 25
"""A blank and 24 hexadecimal digits at the end of a command's name."""


def upgrade() -> None:
    """Keep that a command was carried out, and its answer; forget the digest of what it said."""
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "UPDATE processed_command SET name = substr(name, 1, length(name) - :digest) "
            "WHERE name LIKE 'api %' AND length(name) > :least"
        ),
        {"digest": _DIGEST, "least": _DIGEST + len("api ")},
    )
    found = connection.execute(
        sa.text(
            "SELECT command_id FROM processed_command WHERE command_id LIKE 'import:%:votes:%' "
            "OR command_id LIKE 'import:%:scores:%' ORDER BY processed_at, command_id"
        )
    )
    for number, (command_id,) in enumerate(found.all(), start=1):
        kept = command_id.rpartition(":")[0]
        connection.execute(
            sa.text("UPDATE processed_command SET command_id = :new WHERE command_id = :old"),
            {"new": f"{kept}:blanked-{number}", "old": command_id},
        )


def downgrade() -> None:
    """What was forgotten is not made up."""
