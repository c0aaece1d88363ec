"""How do tens of thousands of rows get in? By position, with one statement made once.

SQLAlchemy's own `execute(insert(table), [{...}, ...])` looks at every value of every row by name;
for a table of two or four short columns that costs three times as much as storing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Dialect, Table, insert


class _Processor(Protocol):
    def __call__(self, value: Any, /) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return the value as the driver takes it."""
        ...


class _Prepared(NamedTuple):
    """An INSERT as the driver wants it."""

    text: str
    processors: tuple[tuple[int, _Processor], ...]
    """For the columns whose values the driver does not take as they are."""
    is_positional: bool


@lru_cache(maxsize=64)
def _prepared(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Prepared:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup or names)  # type: ignore[attr-defined]
    if sorted(order) != sorted(names):
        msg = f"{table.name} has defaults; it cannot be filled by position"
        raise RuntimeError(msg)
    processors = tuple(
        (place, processor)
        for place, name in enumerate(names)
        if (processor := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
    )
    return _Prepared(str(compiled), processors, order == names and compiled.positional)  # type: ignore[attr-defined]


def insert_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows whose values stand in the order of the columns `names`."""
    if not rows:
        return
    text, processors, is_positional = _prepared(table, names, connection.dialect)
