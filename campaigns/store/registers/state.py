"""What do the registers say of these people and units, in the words their log uses?

The log tells of each thing what was said of it before and after; whether the rows are still as the
log left them is asked by the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select

from campaigns.rules.log.chain import written
from campaigns.store.chunks import chunked
from campaigns.store.tables import (
    appointment,
    person,
    unit,
    unit_name,
    unit_parent,
    unit_successor,
)
from campaigns.store.transaction import Transaction

Said = dict[str, str]
"""What is said of one thing: each value as a text, nothing as an empty one."""
_MANY: Final = 2_000
"""Of more, the whole register is read at once."""
_PERSON: Final = {
    "full_name": person.c.full_name,
    "unit": person.c.unit_id,
    "position": person.c.position,
    "email": person.c.email,
    "recorded_by": person.c.recorded_by,
    "rests_until": person.c.rests_until,
    "confirmed_by": person.c.confirmed_by,
    "email_wanted": person.c.email_wanted,
    "email_wanted_by": person.c.email_wanted_by,
    "email_rests_until": person.c.email_rests_until,
    "links_since": person.c.links_since,
}
_APPOINTMENT: Final = {
    "to": appointment.c.valid_to,
    "detail": appointment.c.detail,
    "recorded_by": appointment.c.recorded_by,
    "rests_until": appointment.c.rests_until,
    "confirmed_by": appointment.c.confirmed_by,
}
_UNIT: Final = {
    "kind": unit.c.kind,
    "subkind": unit.c.subkind,
    "email": unit.c.email,
    "note": unit.c.note,
}
_NAME: Final = {
    "name": unit_name.c.name,
    "official_code": unit_name.c.official_code,
    "to": unit_name.c.valid_to,
}


def of_people(tx: Transaction, ids: Collection[str] | None = None) -> dict[str, Said]:
    """Return what is said of people and of their appointments, by subject; None: of all."""
    found: dict[str, Said] = {}
    people = _of(person.c.id, *_PERSON.values())
    for person_id, *values in _rows(tx, people, person.c.id, ids):
        found[f"person:{person_id}"] = _said(_PERSON, values)
    query = _of(
        appointment.c.person_id,
        appointment.c.role,
        appointment.c.valid_from,
        *_APPOINTMENT.values(),
    )
    for person_id, role, since, *values in _rows(tx, query, appointment.c.person_id, ids):
        found[f"appointment:{person_id}/{role}/{since}"] = _said(_APPOINTMENT, values)
    return found


def of_units(tx: Transaction, ids: Collection[str] | None = None) -> dict[str, Said]:
    """Return what is said of units and of their periods, by subject; None: of all."""
    found: dict[str, Said] = {}
    heirs: dict[str, list[str]] = defaultdict(list)
    query = _of(unit_successor.c.unit_id, unit_successor.c.successor_id).order_by(
        unit_successor.c.unit_id, unit_successor.c.successor_id
    )
    for unit_id, heir in _rows(tx, query, unit_successor.c.unit_id, ids):
        heirs[unit_id].append(heir)
    of_units = _of(unit.c.id, *_UNIT.values())
    for unit_id, *values in _rows(tx, of_units, unit.c.id, ids):
        said = _said(_UNIT, values)
        found[f"unit:{unit_id}"] = said | {"successors": ";".join(heirs[unit_id])}
    query = _of(unit_name.c.unit_id, unit_name.c.valid_from, *_NAME.values())
    for unit_id, since, *values in _rows(tx, query, unit_name.c.unit_id, ids):
        found[f"unit:{unit_id}/{since}"] = _said(_NAME, values) | {"parent": ""}
    query = _of(
        unit_parent.c.unit_id,
        unit_parent.c.valid_from,
        unit_parent.c.parent_id,
        unit_parent.c.valid_to,
    )
    for unit_id, since, parent, until in _rows(tx, query, unit_parent.c.unit_id, ids):
        said = found.setdefault(f"unit:{unit_id}/{since}", {})
        said |= {"parent": parent, "to": _text(until)}
    return found


def _of(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns)


def _rows(
    tx: Transaction,
    query: Select[Any],
    column: ColumnElement[str],
    ids: Collection[str] | None,
) -> Iterator[Any]:
    if ids is None or len(ids) > _MANY:
        wanted = None if ids is None else set(ids)
        for row in tx.connection.execute(query.add_columns(column)):
            if wanted is None or row[-1] in wanted:
                yield row[:-1]
        return
    for part in chunked(sorted(ids)):
        yield from tx.connection.execute(query.where(column.in_(part)))


def _said(columns: Mapping[str, object], values: Collection[object]) -> Said:
    return dict(zip(columns, map(_text, values), strict=True))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
