"""How is a statement asked that comes with every act? Made once (ADR 0031).

Where a person acts alone, a statement finds or writes one row, and what SQLAlchemy does around it
(building it, looking for its text, wrapping what it gives) costs ten times what the database takes.
So these are written with SQLAlchemy, as all others are, turned into text once per kind of database,
and from then on handed to the driver as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, NoReturn

from sqlalchemy import BindParameter, Connection, Delete, Dialect, Insert, Select, Update, bindparam
from sqlalchemy.engine.interfaces import DBAPICursor, DBAPIModule
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
Statement = Select[*tuple[Any, ...]] | Insert | Update | Delete
Process = Callable[[Any], Any]
_SIZES: Final = (1, 10, 100, 1_000)
"""How many ids one statement names; the last id is said again until a size is reached."""


class _Made(NamedTuple):
    """A statement as a driver takes it, and what its values need on the way in and out."""

    text: str
    order: tuple[str, ...] | None
    """The names of the values; None where the driver takes them by name."""
    fixed: dict[str, object]
    """Values that stand in the statement itself."""
    on_way_in: tuple[tuple[str, Process], ...]
    on_way_out: tuple[tuple[int, Process], ...]


class Prepared:
    """One statement; what differs from call to call is named in it by `bindparam`."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def all(self, connection: Connection, **values: object) -> list[Row]:
        """Return every row."""
        made = self._for(connection.dialect)
        cursor = run(connection, made.text, _given(made, values))
        rows: Sequence[Row] = cursor.fetchall()
        cursor.close()
        return [_read(made, row) for row in rows] if made.on_way_out else list(rows)

    def first(self, connection: Connection, **values: object) -> Row | None:
        """Return the first row, or None."""
        made = self._for(connection.dialect)
        cursor = run(connection, made.text, _given(made, values))
        row: Row | None = cursor.fetchone()
        cursor.close()
        return _read(made, row) if row is not None and made.on_way_out else row

    def write(self, connection: Connection, **values: object) -> int:
        """Carry out what has no answer; return how many rows it changed."""
        made = self._for(connection.dialect)
        cursor = run(connection, made.text, _given(made, values))
        changed = cursor.rowcount
        cursor.close()
        return changed

    def _for(self, dialect: Dialect) -> _Made:
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _make(self._statement, dialect)
        return made


class PreparedList:
    """A statement about any number of ids; `about` writes it for those it is given."""

    def __init__(self, about: Callable[[Sequence[BindParameter[Any]]], Statement]) -> None:
        self._about = about
        self._of_size: dict[int, tuple[Prepared, list[str]]] = {}

    def all(self, connection: Connection, ids: Sequence[Any], **values: object) -> list[Row]:
        """Return every row, for one part of the ids after the other."""
        return [
            row
            for statement, named in self._parts(ids)
            for row in statement.all(connection, **named, **values)
        ]

    def write(self, connection: Connection, ids: Sequence[Any], **values: object) -> int:
        """Carry out what has no answer; return how many rows it changed."""
        return sum(
            statement.write(connection, **named, **values) for statement, named in self._parts(ids)
        )

    def _parts(self, ids: Sequence[Any]) -> Iterator[tuple[Prepared, dict[str, Any]]]:
        for start in range(0, len(ids), _SIZES[-1]):
            part = ids[start : start + _SIZES[-1]]
            size = next(size for size in _SIZES if size >= len(part))
            if size not in self._of_size:
                names = [f"id_{number}" for number in range(size)]
                made = Prepared(self._about([bindparam(name) for name in names]))
                self._of_size[size] = made, names
            statement, names = self._of_size[size]
            said = [*part, *[part[-1]] * (size - len(part))]
            yield statement, dict(zip(names, said, strict=True))


def run(
    connection: Connection,
    text: str,
    values: Any,  # noqa: ANN401 - by position or by name, one or many, as the driver wants them
    *,
    each: bool = False,
) -> DBAPICursor:
    """Hand a text to the driver, once or for `each` of the values; the caller closes the cursor.

    Raises:
        DBAPIError: Whatever the driver raises, as SQLAlchemy tells it.
    """
    if not connection.in_transaction():
        connection.begin()
    return hand_over(connection, text, values, each=each)


def hand_over(
    connection: Connection,
    text: str,
    values: Any = (),  # noqa: ANN401 - as above
    *,
    each: bool = False,
) -> DBAPICursor:
    """Hand a text over as `run` does, in a transaction that is open or with this text begins."""
    cursor = connection.connection.cursor()
    try:
        if each:
            cursor.executemany(text, values)
        else:
            cursor.execute(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        _raise(connection, text, cursor, error)
    return cursor


def _raise(
    connection: Connection, text: str, cursor: DBAPICursor, error: DBAPIModule.Error
) -> NoReturn:
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection, cursor)
    if gone:
        connection.invalidate(error)
    # Its text reaches logs: what was asked stands in it, with which values does not.
    raise DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    ) from error


def _given(made: _Made, values: dict[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
    values.update(made.fixed)
    for name, process in made.on_way_in:
        values[name] = process(values[name])
    return values if made.order is None else [values[name] for name in made.order]


def _read(made: _Made, row: Row) -> Row:
    read = list(row)
    for at, process in made.on_way_out:
        read[at] = process(read[at])
    return tuple(read)


def _make(statement: Statement, dialect: Dialect) -> _Made:
    compiled = statement.compile(dialect=dialect)
    named = {name: bind for bind, name in compiled.bind_names.items()}
    on_way_in = (
        (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
        for name, bind in named.items()
    )
    on_way_out = (
        (at, column.type.dialect_impl(dialect).result_processor(dialect, None))
        for at, column in enumerate(statement.exported_columns)
    )
    return _Made(
        text=str(compiled),
        order=tuple(compiled.positiontup or ()) if compiled.positional else None,
        fixed={name: bind.effective_value for name, bind in named.items() if not bind.required},
        on_way_in=tuple((name, process) for name, process in on_way_in if process),
        on_way_out=tuple((at, process) for at, process in on_way_out if process),
    )
