"""Which command was carried out under an id, as what, and what did it answer?"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from campaigns.store.bulk import insert_rows
from campaigns.store.prepared import Prepared
from campaigns.store.tables import processed_command

_COLUMNS: Final = tuple(processed_command.columns.keys())
_FOUND: Final = Prepared(
    select(processed_command.c.name, processed_command.c.result).where(
        processed_command.c.command_id == bindparam("command_id")
    )
)


def find(connection: Connection, command_id: str) -> tuple[str, str] | None:
    """Return under which name a command was carried out, and its answer as JSON; None: it was not.

    The name holds a digest of what the command said.
    """
    row = _FOUND.first(connection, command_id=command_id)
    return (row[0], row[1]) if row else None


def keep(connection: Connection, now: datetime, command_id: str, name: str, answer: str) -> None:
    """Keep that a command was carried out, and its answer as JSON."""
    row = (command_id, name, answer, now)
    insert_rows(connection, processed_command, _COLUMNS, [row])
