"""Which units are there, what were they called on a date, under whom, and who came after them?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from campaigns.rules.nomination.reach import Placed, TakenOver
from campaigns.rules.registers.changes import Compared, compare
from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.records import UnitRecord
from campaigns.store.registers import log
from campaigns.store.tables import past_model, unit, unit_name, unit_parent, unit_successor
from campaigns.store.transaction import Transaction
from schemas.imports import PastModelRow, UnitRow


def save(tx: Transaction, rows: Sequence[UnitRow]) -> int:
    """Insert units that are new and bring the others up to date; return how many were new."""
    with log.noting(tx, units={row.id for row in rows}):
        return write(tx, rows)


def write(tx: Transaction, rows: Sequence[UnitRow]) -> int:
    """Do what `save` does, where the caller notes what it changes."""
    known = set(tx.connection.execute(select(unit.c.id)).scalars())
    latest_rows = {row.id: row for row in rows}
    values = [
        {"id": r.id, "kind": r.kind, "subkind": r.subkind, "email": r.email, "note": r.note}
        for r in latest_rows.values()
    ]
    new = [one for one in values if one["id"] not in known]
    if new:
        tx.connection.execute(insert(unit), new)
    for one in values:
        if one["id"] in known:
            tx.connection.execute(update(unit).where(unit.c.id == one["id"]).values(**one))
    _replace(tx, unit_name, rows, _name)
    _replace(tx, unit_parent, rows, _parent)
    _save_successors(tx, rows)
    return len(new)


def _save_successors(tx: Transaction, rows: Sequence[UnitRow]) -> None:
    """Write who took over from the units named in `rows` anew."""
    tx.connection.execute(
        delete(unit_successor).where(unit_successor.c.unit_id == bindparam("of_unit")),
        [{"of_unit": row.id} for row in rows],
    )
    fresh = [
        {
            "unit_id": row.id,
            "successor_id": successor,
            "effective_on": row.valid_to + timedelta(days=1),
            "source": row.note,
        }
        for row in rows
        if row.valid_to is not None
        for successor in row.successor_ids
    ]
    if fresh:
        tx.connection.execute(insert(unit_successor), fresh)


def taken_over(tx: Transaction) -> dict[str, list[TakenOver]]:
    """Return who took over from each unit that ceased, and since when, by id."""
    found: dict[str, list[TakenOver]] = {}
    columns = ("unit_id", "successor_id", "effective_on")
    rows = tx.connection.execute(
        select(*(unit_successor.c[name] for name in columns)).order_by(
            unit_successor.c.unit_id, unit_successor.c.successor_id
        )
    )
    for unit_id, *successor in rows:
        found.setdefault(unit_id, []).append(TakenOver(*successor))
    return found


def successors(tx: Transaction) -> dict[str, list[str]]:
    """Return who took over from each unit that ceased, by id."""
    return {unit_id: [one.unit_id for one in found] for unit_id, found in taken_over(tx).items()}


_AFTER: Final = PreparedList(
    lambda ids: select(unit_successor.c.unit_id, unit_successor.c.successor_id).where(
        unit_successor.c.unit_id.in_(ids)
    )
)
_BEFORE: Final = PreparedList(
    lambda ids: select(unit_successor.c.successor_id, unit_successor.c.unit_id).where(
        unit_successor.c.successor_id.in_(ids)
    )
)


def succession(tx: Transaction, unit_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Return every unit that came before or after each of these, however many steps away.

    Two that came out of one are not in each other's line.
    """
    steps = [_steps(tx, way, unit_ids) for way in (_AFTER, _BEFORE)]
    return {
        one: frozenset().union(*(_reached(of, one) for of in steps)) - {one} for one in unit_ids
    }


def _steps(tx: Transaction, way: PreparedList, unit_ids: Collection[str]) -> dict[str, set[str]]:
    """Return where each unit leads, for these and all they lead to; one query for each step."""
    steps: dict[str, set[str]] = {}
    met, waiting = set(unit_ids), set(unit_ids)
    while waiting:
        for one, other in way.all(tx.connection, sorted(waiting)):
            steps.setdefault(one, set()).add(other)
        waiting = set().union(*(steps.get(one, ()) for one in waiting)) - met
        met |= waiting
    return steps


def _reached(steps: Mapping[str, set[str]], start: str) -> set[str]:
    met, waiting = {start}, [start]
    while waiting:
        new = steps.get(waiting.pop(), set()) - met
        met |= new
        waiting += new
    return met


_PLACEMENTS: Final = Prepared(
    select(
        unit_parent.c.unit_id,
        unit_parent.c.parent_id,
        unit_parent.c.valid_from,
        unit_parent.c.valid_to,
    ).order_by(unit_parent.c.unit_id, unit_parent.c.valid_from)
)


def placements(tx: Transaction) -> dict[str, list[Placed]]:
    """Return under which unit each one stood, and when, the latest last."""
    found: dict[str, list[Placed]] = {}
    for unit_id, *placed in _PLACEMENTS.all(tx.connection):
        found.setdefault(unit_id, []).append(Placed(*placed))
    return found


def _name(row: UnitRow) -> Mapping[str, str] | None:
    return {"name": row.name, "official_code": row.official_code}


def _parent(row: UnitRow) -> Mapping[str, str] | None:
    return {"parent_id": row.parent_id} if row.parent_id else None


def _replace(
    tx: Transaction,
    table: Table,
    rows: Sequence[UnitRow],
    told: Callable[[UnitRow], Mapping[str, str] | None],
) -> None:
    """Write what `told` says of each unit and period anew; where it says nothing, nothing stays."""
    periods = [{"of_unit": row.id, "since": row.valid_from} for row in rows]
    if not periods:
        return
    same = (table.c.unit_id == bindparam("of_unit")) & (table.c.valid_from == bindparam("since"))
    tx.connection.execute(delete(table).where(same), periods)
    fresh = [
        {"unit_id": row.id, "valid_from": row.valid_from, "valid_to": row.valid_to, **values}
        for row in rows
        if (values := told(row)) is not None
    ]
    if fresh:
        tx.connection.execute(insert(table), fresh)


def _named() -> Select[Any]:
    """Begin a query for units with their names; the caller says which, and of which parent."""
    return select(
        unit.c.id,
        unit_name.c.name,
        unit.c.kind,
        unit_parent.c.parent_id,
        unit.c.email,
        unit_name.c.valid_from,
        unit_name.c.valid_to,
    ).join(unit_name, unit_name.c.unit_id == unit.c.id)


def _valid(table: Table) -> ColumnElement[bool]:
    day: BindParameter[date] = bindparam("day")
    return (table.c.valid_from <= day) & (table.c.valid_to.is_(None) | (table.c.valid_to >= day))


_ON: Final = (
    _named()
    .outerjoin(unit_parent, (unit_parent.c.unit_id == unit.c.id) & _valid(unit_parent))
    .where(_valid(unit_name))
    # Where two names overlap, the later one is the name.
    .order_by(unit.c.id, unit_name.c.valid_from, unit_parent.c.valid_from)
)
_LATEST: Final = (
    _named()
    .outerjoin(
        unit_parent,
        (unit_parent.c.unit_id == unit.c.id) & (unit_parent.c.valid_from == unit_name.c.valid_from),
    )
    .order_by(unit.c.id, unit_name.c.valid_from)
)
_THIS: Final = unit.c.id == bindparam("unit")
_ALL_ON, _ONE_ON = Prepared(_ON), Prepared(_ON.where(_THIS))
_ALL_LATEST, _ONE_LATEST = Prepared(_LATEST), Prepared(_LATEST.where(_THIS))
_ADDRESS: Final = Prepared(select(unit.c.email).where(_THIS))


def on(tx: Transaction, day: date) -> dict[str, UnitRecord]:
    """Return every unit that exists on `day`, as named and placed then, by id."""
    return {row[0]: UnitRecord(*row) for row in _ALL_ON.all(tx.connection, day=day)}


def latest(tx: Transaction) -> dict[str, UnitRecord]:
    """Return every unit there ever was, each as it was last named, by id."""
    return {row[0]: UnitRecord(*row) for row in _ALL_LATEST.all(tx.connection)}


def one_on(tx: Transaction, unit_id: str, day: date) -> UnitRecord | None:
    """Return one unit as `on` has it."""
    rows = _ONE_ON.all(tx.connection, unit=unit_id, day=day)
    return UnitRecord(*rows[-1]) if rows else None


def one_latest(tx: Transaction, unit_id: str) -> UnitRecord | None:
    """Return one unit as `latest` has it."""
    rows = _ONE_LATEST.all(tx.connection, unit=unit_id)
    return UnitRecord(*rows[-1]) if rows else None


_ADDRESSES: Final = PreparedList(
    lambda ids: select(unit.c.id, unit.c.email).where(unit.c.id.in_(ids))
)


def addresses(tx: Transaction, unit_ids: Collection[str]) -> list[tuple[str, str]]:
    """Return (unit id, mail address) of units."""
    return [(row[0], row[1]) for row in _ADDRESSES.all(tx.connection, sorted(unit_ids))]


def address(tx: Transaction, unit_id: str) -> str:
    """Return a unit's mail address; empty where it has none."""
    row = _ADDRESS.first(tx.connection, unit=unit_id)
    return row[0] if row else ""


def save_past_models(
    tx: Transaction, rows: Sequence[PastModelRow], title_keys: Mapping[str, str]
) -> Compared:
    """Insert models of earlier years that are new, and bring those that differ up to date."""
    values = {row.id: {**row.model_dump(), "title_key": title_keys[row.id]} for row in rows}
    stored = {
        row["id"]: {key: str(value) for key, value in row.items() if key != "id"}
        for row in tx.connection.execute(select(past_model)).mappings()
    }
    found = compare(
        stored,
        {
            model_id: {key: str(value) for key, value in one.items() if key != "id"}
            for model_id, one in values.items()
        },
    )
    if found.new:
        tx.connection.execute(insert(past_model), [values[one] for one in found.new])
    for model_id in sorted(found.changed):
        step = update(past_model).where(past_model.c.id == model_id)
        tx.connection.execute(step.values(**values[model_id]))
    return found


_PAST_TITLES: Final = PreparedList(
    lambda ids: select(past_model.c.unit_id, past_model.c.title_key).where(
        past_model.c.unit_id.in_(ids)
    )
)


def past_titles(tx: Transaction, unit_ids: Collection[str]) -> frozenset[tuple[str, str]]:
    """Return (unit id, folded title) of the units' models recognised in earlier years."""
    return frozenset(
        (unit_id, title) for unit_id, title in _PAST_TITLES.all(tx.connection, sorted(unit_ids))
    )
