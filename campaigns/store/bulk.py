"""How do tens of thousands of rows get in? Column by column, with one statement made once.

`execute(insert(table), [{...}, ...])` looks at every value of every row by its name, which costs
more than storing it. Here only the values that a driver does not take as they are (points in time)
are looked at, and each of them once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table, insert


class _Statement(NamedTuple):
    """An INSERT as a driver takes it."""

    text: str
    order: tuple[str, ...]
    """The columns in the order of the statement."""
    by_position: bool
    processors: Mapping[str, Callable[[Any], Any]]


@lru_cache(maxsize=64)
def _statement(table: Table, names: frozenset[str], dialect: Dialect) -> _Statement:
    order = tuple(column.name for column in table.columns if column.name in names)
    compiled = insert(table).compile(dialect=dialect, column_keys=list(order))
    processors = {
        name: processor
        for name in order
        if (processor := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
    }
    return _Statement(str(compiled), order, dialect.positional, processors)


def insert_rows(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Insert rows whose values stand in the order of `names`; what is not named stays empty."""
    columns: dict[str, Sequence[object]] = dict(zip(names, zip(*rows, strict=True), strict=False))
    if not columns:
        return
    statement = _statement(table, frozenset(names), connection.dialect)
    for name, process in statement.processors.items():
        taken = {value: process(value) for value in set(columns[name])}
        columns[name] = [taken[value] for value in columns[name]]
    tuples = zip(*(columns[name] for name in statement.order), strict=True)
    if statement.by_position:
        connection.exec_driver_sql(statement.text, list(tuples))
    else:
        named = [dict(zip(statement.order, values, strict=True)) for values in tuples]
        connection.exec_driver_sql(statement.text, named)


def insert_mappings(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows given by column name; all of them have the same columns in the same order."""
    if rows:
        values = [tuple(row.values()) for row in rows]
        insert_rows(connection, table, tuple(rows[0]), values)
