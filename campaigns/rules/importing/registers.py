"""What do the registers say: units, people, models of earlier years?"""

from __future__ import annotations

from abc import ABC
from collections.abc import Collection, Container, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from campaigns.rules.codes import likeness
from campaigns.rules.importing.boxes import BoxTableReader
from campaigns.rules.importing.cells import Read
from campaigns.rules.importing.lookups import Units
from campaigns.rules.importing.references import (
    FirstRows,
    Names,
    UnitNames,
    first_cycle,
    new_code,
    note_unknown,
    read_unit,
)
from campaigns.rules.importing.table import Row
from language import Language
from schemas.imports import PastModelRow, PersonRow, SheetRow, UnitRow
from schemas.playbook.form import Caption, FormItem, ItemType
from schemas.vocabulary import Role

_NO_END: Final = date.max


def box(
    key: str,
    vietnamese: str,
    kind: ItemType = ItemType.TEXT,
    *,
    required: bool = False,
    earliest: date | None = None,
) -> FormItem:
    """Make the item of one column; `key` is its header in a CSV file."""
    return FormItem(
        id=key,
        header=Caption(vi=vietnamese, en=key),
        type=kind,
        required=required,
        earliest=earliest,
    )


def text_of(values: Mapping[str, Read], key: str) -> str:
    """Return the text of a box, empty where there is none."""
    value = values.get(key)
    return value if isinstance(value, str) else ""


def date_of(values: Mapping[str, Read], key: str) -> date | None:
    """Return the day of a box."""
    value = values.get(key)
    return value if isinstance(value, date) else None


class RegisterReader(BoxTableReader[Row], ABC):
    """Reads a register whose rows have an id of their own and belong to a unit."""

    main_key = "id"

    def __init__(self, items: Sequence[FormItem], units: Units, language: Language) -> None:
        super().__init__(items, language)
        self._units = UnitNames(units)
        self._first = FirstRows()

    def _check_id(self, values: Mapping[str, Read], row: int, known: Container[str] = ()) -> str:
        """Return the id; the first and the second of two that look the same are noted."""
        found = text_of(values, "id")
        if found:
            place = self._places["id"]
            if found not in known:
                found = new_code(found, row, place, self._problems)
            self._first.check("duplicate_id", likeness(found), found, row, place, self._problems)
        return found

    def _unit(self, values: Mapping[str, Read], key: str, row: int) -> str | None:
        text = text_of(values, key)
        if not text:
            return None
        return read_unit(text, row, self._places[key], self._units, self._problems)


class UnitReader(BoxTableReader[UnitRow]):
    """Reads units; the same id may stand several times with names of different periods.

    `known` are units stored already: a parent may be one of them.
    """

    main_key = "id"
    rare = frozenset({"successor_ids"})

    def __init__(self, language: Language = "vi", known: Units | None = None) -> None:
        super().__init__(
            [
                box("id", "Mã đơn vị", ItemType.CODE, required=True),
                box("name", "Tên đơn vị", required=True),
                box("kind", "Loại đơn vị", ItemType.CODE, required=True),
                box("subkind", "Phân loại"),
                box("parent_id", "Mã đơn vị cấp trên", ItemType.CODE),
                box("official_code", "Mã hành chính", ItemType.CODE),
                box("valid_from", "Hiệu lực từ", ItemType.DATE, required=True),
                box("valid_to", "Hiệu lực đến", ItemType.DATE),
                box("email", "Email", ItemType.EMAIL),
                box("note", "Ghi chú"),
                box("successor_ids", "Mã đơn vị kế thừa"),
            ],
            language,
        )
        self._known = known or {}
        self._alike = {likeness(one): one for one in self._known}
        self._successors: list[tuple[str, int]] = []
        self._periods: dict[str, list[tuple[date, date, int]]] = {}
        self._parents: dict[str, tuple[str | None, int]] = {}

    def _understand(self, row: SheetRow) -> UnitRow | None:
        values = self._values(row)
        number = row.number
        since, until = date_of(values, "valid_from"), date_of(values, "valid_to")
        if since and until and until < since:
            self._problems.error("unit_valid_dates", number, self._places["valid_to"], until)
        unit_id, parent = text_of(values, "id"), text_of(values, "parent_id") or None
        if unit_id and unit_id not in self._known:
            unit_id = new_code(unit_id, number, self._places["id"], self._problems)
        if unit_id:
            self._ensure_unlike(unit_id, number)
        if unit_id and since:
            self._check_period(unit_id, since, until or _NO_END, number)
        if unit_id:
            self._parents[unit_id] = (parent, number)
        successors = self._read_successors(text_of(values, "successor_ids"), until, number)
        if number in self._problems.error_rows or since is None:
            return None
        return UnitRow(
            id=unit_id,
            name=text_of(values, "name"),
            kind=text_of(values, "kind"),
            subkind=text_of(values, "subkind"),
            parent_id=parent,
            official_code=text_of(values, "official_code"),
            valid_from=since,
            valid_to=until,
            email=text_of(values, "email"),
            note=text_of(values, "note"),
            successor_ids=successors,
        )

    def _ensure_unlike(self, unit_id: str, row: int) -> None:
        """Note an id that people would take for another one's."""
        other = self._alike.setdefault(likeness(unit_id), unit_id)
        if other != unit_id and unit_id not in self._known:
            column = self._places["id"]
            self._problems.error("duplicate_id/alike", row, column, unit_id, known=other)

    def _read_successors(self, text: str, until: date | None, row: int) -> tuple[str, ...]:
        """Read ids parted by semicolons; only a unit with an end has units that come after it."""
        ids = tuple(one for part in text.split(";") if (one := part.strip()))
        self._successors += [(one, row) for one in ids]
        if ids and until is None:
            self._problems.error("successor_without_end", row, self._places["successor_ids"], text)
        return ids

    def _check_period(self, unit_id: str, since: date, until: date, row: int) -> None:
        periods = self._periods.setdefault(unit_id, [])
        column = self._places["id"]
        for other_since, other_until, other in periods:
            if since <= other_until and other_since <= until:
                self._problems.error("duplicate_id", row, column, unit_id, other=other)
                self._problems.error("duplicate_id", other, column, unit_id, other=row)
        periods.append((since, until, row))

    def _check_whole(self) -> None:
        names = Names({*self._parents, *self._known})
        column = self._places.get("parent_id", -1)
        for parent, row in self._parents.values():
            if parent is not None and parent not in names:
                note_unknown("unknown_parent", parent, row, column, names, self._problems)
        for successor, row in self._successors:
            if successor not in names:
                place = self._places["successor_ids"]
                note_unknown("unknown_successor", successor, row, place, names, self._problems)
        parents = {unit: parent for unit, (parent, _) in self._parents.items()}
        for unit in first_cycle(parents):
            self._problems.error("cyclic_parent", self._parents[unit][1], column, unit)


class PersonReader(RegisterReader[PersonRow]):
    """Reads people with their roles, parted by semicolons."""

    def __init__(
        self, units: Units, language: Language = "vi", known: Collection[str] = ()
    ) -> None:
        super().__init__(
            [
                box("id", "Mã người", ItemType.CODE, required=True),
                box("full_name", "Họ và tên", required=True),
                box("unit_id", "Mã đơn vị", ItemType.UNIT, required=True),
                box("position", "Chức vụ"),
                box("email", "Email", ItemType.EMAIL),
                box("roles", "Vai trò", required=True),
                box("role_detail", "Chi tiết vai trò"),
            ],
            units,
            language,
        )
        self._known = set(known)
        self._alike = {likeness(one): one for one in known}

    def _understand(self, row: SheetRow) -> PersonRow | None:
        values = self._values(row)
        number = row.number
        own_id = self._check_id(values, number, self._known)
        other = self._alike.get(likeness(own_id))
        if other is not None and own_id not in self._known:
            column = self._places["id"]
            self._problems.error("duplicate_id/alike", number, column, own_id, known=other)
        unit = self._unit(values, "unit_id", number)
        roles = self._roles(text_of(values, "roles"), number)
        if number in self._problems.error_rows or unit is None:
            return None
        return PersonRow(
            id=own_id,
            full_name=text_of(values, "full_name"),
            unit_id=unit,
            position=text_of(values, "position"),
            email=text_of(values, "email"),
            roles=roles,
            role_detail=text_of(values, "role_detail"),
        )

    def _roles(self, text: str, row: int) -> tuple[str, ...]:
        roles = dict.fromkeys(part.strip().lower() for part in text.split(";") if part.strip())
        allowed = ", ".join(Role)
        for role in roles:
            if role not in set(Role):
                self._problems.error(
                    "unknown_role", row, self._places["roles"], role, allowed=allowed
                )
        return tuple(roles)


class PastModelReader(RegisterReader[PastModelRow]):
    """Reads models recognised in earlier years."""

    def __init__(self, units: Units, language: Language = "vi") -> None:
        year = box("year", "Năm", ItemType.INTEGER, required=True)
        super().__init__(
            [
                box("id", "Mã mô hình", ItemType.CODE, required=True),
                year.model_copy(update={"minimum": Decimal(1900), "maximum": Decimal(2100)}),
                box("unit_id", "Mã đơn vị", ItemType.UNIT, required=True),
                box("unit_name", "Đơn vị"),
                box("owner", "Tập thể, cá nhân thực hiện"),
                box("field", "Lĩnh vực"),
                box("title", "Tên mô hình", required=True),
                box("summary", "Tóm tắt", ItemType.LONG_TEXT),
            ],
            units,
            language,
        )

    def _understand(self, row: SheetRow) -> PastModelRow | None:
        values = self._values(row)
        number = row.number
        own_id = self._check_id(values, number)
        unit = self._unit(values, "unit_id", number)
        year = values.get("year")
        if number in self._problems.error_rows or unit is None or not isinstance(year, int):
            return None
        return PastModelRow(
            id=own_id,
            year=year,
            unit_id=unit,
            unit_name=text_of(values, "unit_name"),
            owner=text_of(values, "owner"),
            field=text_of(values, "field"),
            title=text_of(values, "title"),
            summary=text_of(values, "summary"),
        )
