"""How is a long list handed out? In pages, each after the last one: stable under new rows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from campaigns.rules.access.errors import CursorNotValid

Item = TypeVar("Item")
Row = TypeVar("Row")

Limit = Annotated[int, Query(ge=1, le=500, description="How many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=400, description="`next` of the page before; opaque.")
]


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(default=None, description="Cursor of the next page; null: the end.")


def after(cursor: str | None) -> str | None:
    """Return the key a page begins after.

    Raises:
        CursorNotValid: It was not made here.
    """
    if cursor is None:
        return None
    try:
        text = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error) as wrong:
        raise CursorNotValid from wrong
    if not text.startswith("k:") or "\0" in text:
        raise CursorNotValid
    return text[2:]


def page(
    rows: Sequence[Row], limit: int, key: Callable[[Row], str], show: Callable[[Row], Item]
) -> Page[Item]:
    """Make a page of rows in the order of their keys; one row more than `limit` says: go on."""
    shown = rows[:limit]
    more = len(rows) > limit
    token = base64.urlsafe_b64encode(f"k:{key(shown[-1])}".encode()).decode() if more else None
    return Page(items=[show(row) for row in shown], next=token)
