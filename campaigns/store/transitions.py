"""How does a row change its state? Asked of `rules.lifecycle`, written with compare-and-set.

This is the only writer of `state` of existing rows. A change that finds the row in another state
than it was read in stores nothing and raises `StateStale`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import BindParameter, Table, bindparam, update

from campaigns.rules import keys
from campaigns.rules.access.disclosure import AT_ONCE
from campaigns.rules.errors import StateStale
from campaigns.rules.lifecycle import NEW, Thing, decide
from campaigns.store import tables
from campaigns.store.prepared import PreparedList
from campaigns.store.transaction import Transaction
from schemas.events import Facts

_TABLES: Final[dict[Thing, Table]] = {
    Thing.CAMPAIGN: tables.campaign,
    Thing.STAGE: tables.stage,
    Thing.NOMINATION: tables.nomination,
    Thing.DECISION: tables.decision,
    Thing.ADOPTION: tables.adoption,
    Thing.FOLLOW_UP: tables.follow_up,
    Thing.MESSAGE: tables.message,
}
ColumnValue = str | int | bool | date | datetime | None


_NO_FACTS: Final[Facts] = MappingProxyType({})


class Change(NamedTuple):
    """A row that is to change: its id, its code for people, the state it was read in."""

    id: int
    identity: str
    state: str
    facts: Facts = _NO_FACTS


def apply(
    tx: Transaction, thing: Thing, command: str, changes: Iterable[Change], **columns: ColumnValue
) -> None:
    """Move rows by `command`, write `columns` with the state, and record one event per row.

    Raises:
        TransitionNotAllowed: One of them cannot take this step; nothing is stored.
        StateStale: Somebody changed a row since it was read; nothing is stored.
    """
    moved = list(changes)
    write(tx, thing, command, moved, **columns)
    for change in moved:
        _record(tx, thing, command, change)


def write(
    tx: Transaction, thing: Thing, command: str, changes: Sequence[Change], **columns: ColumnValue
) -> None:
    """Move rows as `apply` does, without an event: for the bookkeeping of deliveries."""
    by_arrow: dict[tuple[str, str], list[int]] = defaultdict(list)
    for change in changes:
        arrow = decide(thing, change.state, command, change.identity)
        by_arrow[change.state, arrow.target].append(change.id)
    is_told = thing is Thing.NOMINATION and command in AT_ONCE
    statement = _step(thing, (*columns, *(("told",) if is_told else ())))
    for (source, target), ids in by_arrow.items():
        told = {"told": target} if is_told else {}
        moved = statement.write(tx.connection, ids, source=source, target=target, **columns, **told)
        if moved != len(ids):
            raise StateStale(thing.value)


@cache
def _step(thing: Thing, columns: tuple[str, ...]) -> PreparedList:
    """Return the statement that moves rows which are still in the state they were read in."""
    table = _TABLES[thing]
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in columns}
    return PreparedList(
        lambda ids: (
            update(table)
            .where(table.c.id.in_(ids), table.c.state == bindparam("source"))
            .values(state=bindparam("target"), version=table.c.version + 1, **values)
        )
    )


def first_state(thing: Thing, command: str) -> str:
    """Return the state a new row begins in."""
    return decide(thing, NEW, command).target


def record_new(tx: Transaction, thing: Thing, command: str, changes: Iterable[Change]) -> None:
    """Record one event per row that was just inserted in its first state."""
    for change in changes:
        _record(tx, thing, command, change._replace(state=NEW))


def _record(tx: Transaction, thing: Thing, command: str, change: Change) -> None:
    arrow = decide(thing, change.state, command, change.identity)
    tx.record(
        f"thidua.{thing.value}.{arrow.event}",
        keys.subject(thing.value, change.identity),
        {"command": command, "from": change.state, "to": arrow.target, **change.facts},
    )
