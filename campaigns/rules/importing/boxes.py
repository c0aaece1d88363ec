"""What do the boxes of a row hold? Reads a table whose columns are items of a form."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Final

from campaigns.rules.importing.cells import BoxReader, Read
from campaigns.rules.importing.headers import Wanted
from campaigns.rules.importing.problems import column_letter
from campaigns.rules.importing.table import NO_CELL, Row, TableReader
from language import Language
from language.vietnamese import is_decomposed, is_mixed
from schemas.imports import SheetRow
from schemas.playbook.form import FormItem, ItemRole, ItemType

_ALWAYS_REQUIRED: Final = frozenset(
    {ItemRole.CODE, ItemRole.NAME, ItemRole.SUBJECT_KIND, ItemRole.UNIT, ItemRole.NOMINATED_BY}
)


class BoxTableReader(TableReader[Row], ABC):
    """Reads a table by form items; a subclass makes its rows from the values."""

    rare: frozenset[str] = frozenset()
    """Keys of columns that most tables lack."""

    def __init__(
        self, items: Sequence[FormItem], language: Language, zone: tzinfo | None = None
    ) -> None:
        super().__init__(
            [replace(_wanted(item), rare=item.id in self.rare) for item in items], language
        )
        self._items = {item.id: item for item in items}
        self._zone = zone
        self._boxes: list[BoxReader] = []
        self.ignored = frozenset(item.id for item in items if item.type is ItemType.IGNORED)

    @property
    def columns(self) -> tuple[FormItem, ...]:
        """The columns it looks for, in their order."""
        return tuple(self._items.values())

    def _choices(self, item: FormItem) -> dict[str, tuple[str, ...]]:  # noqa: ARG002 - a subclass needs it
        """Return the names by id that a box may hold."""
        return {}

    def _begin_rows(self) -> None:
        for column, key in sorted(self._header.columns.items()):
            item = self._items[key]
            if item.role in _ALWAYS_REQUIRED and not item.required:
                item = item.model_copy(update={"required": True})
            self._boxes.append(
                BoxReader(
                    item,
                    column,
                    self._problems,
                    self._traits,
                    zone=self._zone,
                    choices=self._choices(item),
                )
            )

    def _end_columns(self) -> None:
        for one in self._boxes:
            one.finish()

    def _values(self, row: SheetRow) -> dict[str, Read]:
        """Return what the boxes hold, by item; problems are noted."""
        cells, number = row.cells, row.number
        count = len(cells)
        values: dict[str, Read] = {}
        decomposed = composed = 0
        for box in self._boxes:
            column = box.column
            cell = cells[column] if column < count else NO_CELL
            raw = cell.value
            if isinstance(raw, str) and not raw.isascii():
                if is_decomposed(raw):
                    decomposed += 1
                else:
                    composed += 1
            values[box.key] = box.read(cell, number)
        if decomposed:
            self._note_decomposed(row, alone=decomposed < composed)
        for second, first in self._header.duplicates.items():
            self._note_second(row, second, first)
        return values

    def _note_decomposed(self, row: SheetRow, *, alone: bool) -> None:
        """Warn of cells in NFD where most of the row is in NFC: they were pasted from elsewhere.

        A row written in NFD throughout comes from one keyboard and is composed in silence; one that
        is mixed throughout is named once.
        """
        mixed = False
        for box in self._boxes:
            cell = row.cells[box.column] if box.column < len(row.cells) else NO_CELL
            raw = cell.value
            if not isinstance(raw, str) or not is_decomposed(raw):
                continue
            key = "mixed_unicode_forms" if is_mixed(raw) else "mixed_unicode_forms/decomposed"
            mixed = mixed or is_mixed(raw)
            if alone:
                self._problems.warn(key, row.number, box.column, raw)
        if mixed and not alone:
            self._problems.info("mixed_unicode_forms/row", row.number)

    def _note_second(self, row: SheetRow, second: int, first: int) -> None:
        values = [row.cells[at].value if at < len(row.cells) else None for at in (first, second)]
        if values[1] is not None and values[0] != values[1]:
            self._problems.warn(
                "duplicate_header/value", row.number, second, values[1], first=column_letter(first)
            )


def _wanted(item: FormItem) -> Wanted:
    names = [item.header.vi, *([item.header.en] if item.header.en else []), item.id]
    required = item.required or item.role in _ALWAYS_REQUIRED
    return Wanted(item.id, tuple(names), required=required and item.type is not ItemType.IGNORED)
