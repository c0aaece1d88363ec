"""How is a row inserted only where its key is free, on each database?

Only the dialect in use is loaded: the other would take a tenth of the time of a command.
"""

from __future__ import annotations

from sqlalchemy import Insert, Table


def insert_where_new(dialect: str, table: Table) -> Insert:
    """Return an INSERT that writes nothing where the key is taken."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see above

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - see above

    return sqlite.insert(table).on_conflict_do_nothing()
