"""Alembic's entry point: runs the migrations on the connection `store.schema` hands over."""

from __future__ import annotations

from typing import Literal

from alembic import context

from campaigns.store.tables import Instant, metadata


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own types as what they are in the database: a revision imports no live code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
