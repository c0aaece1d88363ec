"""How do tens of thousands of rows get in? Column by column, with one statement made once.

`execute(insert(table), [{...}, ...])` looks at every value of every row by its name, which costs
more than storing it. Here only the values that a driver does not take as they are (points in time)
are looked at, and each of them once. PostgreSQL takes many rows by COPY.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    Integer,
    SmallInteger,
    Table,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from campaigns.store.database import COPY_TYPES
from campaigns.store.prepared import Prepared, run

_WORTH_A_COPY: Final = 20
"""Rows; fewer are stored as fast by INSERT."""
_COPIED_AS: Final = {
    str: "text",
    bool: "bool",
    bytes: "bytea",
    datetime: "timestamptz",
    date: "date",
}


class _Statement(NamedTuple):
    """An INSERT as a driver takes it, and the COPY that does the same."""

    text: str
    copy: str
    order: tuple[str, ...]
    """The columns in the order of the statement."""
    copied_as: tuple[str, ...]
    """Their types, as a COPY in binary form needs them."""
    by_position: bool
    processors: Mapping[str, Callable[[Any], Any]]


@lru_cache(maxsize=64)
def _statement(table: Table, names: frozenset[str], dialect: Dialect) -> _Statement:
    columns = [column for column in table.columns if column.name in names]
    order = tuple(column.name for column in columns)
    compiled = insert(table).compile(dialect=dialect, column_keys=list(order))
    quoted = ", ".join(map(dialect.identifier_preparer.quote, order))
    processors = {
        name: processor
        for name in order
        if (processor := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
    }
    return _Statement(
        text=str(compiled),
        copy=f"COPY {table.name} ({quoted}) FROM STDIN (FORMAT BINARY)",
        order=order,
        copied_as=tuple(_copied_as(column.type) for column in columns),
        by_position=dialect.positional,
        processors=processors,
    )


def _copied_as(kind: TypeEngine[Any]) -> str:
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if kind.python_type is int:
        # A COPY in binary form takes a number only in the column's own width.
        if isinstance(kind, BigInteger):
            return "int8"
        return "int2" if isinstance(kind, SmallInteger) else "int4"
    return _COPIED_AS[kind.python_type]


def insert_rows(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Insert rows whose values stand in the order of `names`; what is not named stays empty."""
    columns: dict[str, Sequence[object]] = dict(zip(names, zip(*rows, strict=True), strict=False))
    if columns:
        _insert(connection, table, columns)


def insert_numbered(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> Sequence[int]:
    """Insert rows as `insert_rows` does; return the ids they were given, in their order.

    The numbers are taken before, since only then no row has to be read back. Nobody else takes
    them: SQLite has one writer, and a sequence of PostgreSQL gives each number once.
    """
    columns: dict[str, Sequence[object]] = dict(zip(names, zip(*rows, strict=True), strict=False))
    if not columns:
        return ()
    ids = _next_ids(connection, table, len(next(iter(columns.values()))))
    _insert(connection, table, {"id": ids, **columns})
    return ids


def _next_ids(connection: Connection, table: Table, wanted: int) -> Sequence[int]:
    if connection.dialect.name != "postgresql":
        row = _last_id(table).first(connection)
        last = row[0] if row else 0
        return range(last + 1, last + 1 + wanted)
    return sorted(number for (number,) in _drawn(table).all(connection, wanted=wanted))


@cache
def _last_id(table: Table) -> Prepared:
    return Prepared(select(func.coalesce(func.max(table.c.id), 0)))


@cache
def _drawn(table: Table) -> Prepared:
    numbers = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
    series = func.generate_series(1, bindparam("wanted", type_=Integer))
    return Prepared(select(numbers).select_from(series))


def _insert(connection: Connection, table: Table, columns: dict[str, Sequence[object]]) -> None:
    statement = _statement(table, frozenset(columns), connection.dialect)
    for name, process in statement.processors.items():
        taken = {value: process(value) for value in set(columns[name])}
        columns[name] = [taken[value] for value in columns[name]]
    tuples = list(zip(*(columns[name] for name in statement.order), strict=True))
    if statement.by_position:
        run(connection, statement.text, tuples, each=True).close()
    elif len(tuples) >= _WORTH_A_COPY:
        options = {COPY_TYPES: statement.copied_as}
        connection.exec_driver_sql(statement.copy, tuples, execution_options=options)
    else:
        named = [dict(zip(statement.order, values, strict=True)) for values in tuples]
        run(connection, statement.text, named, each=True).close()


def insert_mappings(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows given by column name; all of them have the same columns in the same order."""
    if rows:
        values = [tuple(row.values()) for row in rows]
        insert_rows(connection, table, tuple(rows[0]), values)
