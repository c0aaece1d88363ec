"""Which command was carried out under an id?"""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select

from campaigns.store.prepared import Prepared
from campaigns.store.tables import processed_command
from campaigns.store.transaction import Transaction

_NAME: Final = Prepared(
    select(processed_command.c.name).where(
        processed_command.c.command_id == bindparam("command_id")
    )
)


def known_as(tx: Transaction, command_id: str) -> str | None:
    """Return the name of the command that was carried out under an id; None for none."""
    row = _NAME.first(tx.connection, command_id=command_id)
    return row[0] if row else None
