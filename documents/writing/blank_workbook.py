"""What is an empty workbook made of? Columns with their types, lists to choose from, a guide.

Drop-downs, input notes and limits let Excel refuse at the desk what the import would refuse later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from campaigns.rules.importing.dates import written
from campaigns.rules.importing.values import DEFAULT_LENGTHS, EXCEL_CELL_LIMIT, shown
from documents.writing.tables import DATE_FORMAT, MOMENT_FORMAT, Sheet
from language import Language, Text, _, pgettext
from schemas.playbook.form import FormItem, ItemType

_ROWS: Final = 2_000
_PROMPT_TITLE: Final = 32
_PROMPT: Final = 255
_WIDTHS: Final = {
    ItemType.TEXT: 36,
    ItemType.LONG_TEXT: 44,
    ItemType.CODE: 18,
    ItemType.UNIT: 24,
    ItemType.FIELD: 26,
    ItemType.SUBJECT_KIND: 16,
    ItemType.EMAIL: 30,
    ItemType.DATETIME: 18,
}
_USUAL_WIDTH: Final = 13
_WORDS: Final[dict[str, Text]] = {
    "lists": _("Lists"),
    "guide": _("Guidance"),
    "required": _("Required."),
    "optional": _("Optional."),
    "ignored": _("For readers only; the system does not read this column."),
    "column": _("Column"),
    "meaning": _("How to fill in"),
    "date": pgettext("note", "Write day/month/year, such as 5/9/2022."),
    "moment": _("Write day/month/year hour:minute; a day alone counts from 00:00."),
    "unit_rule": _("Write the unit's id from the sheet Lists, not its name."),
    "between": _("From {low} to {high}."),
    "from": _("{low} or more."),
    "length": _("At most {high} characters."),
    "list": _("Choose from the list."),
}
_RULES: Final = (
    _("Do not merge cells or rename columns."),
    _("No formulas; paste values when copying from elsewhere."),
    _("Type Vietnamese in composed Unicode, not in the fonts .VnTime or VNI."),
    _("Empty rows and totals need not be deleted; they are passed over."),
)


@dataclass(frozen=True)
class Choices:
    """A column of the sheet of lists."""

    header: str
    values: Sequence[str]
    of: frozenset[str] = frozenset()
    """Ids of the columns that are chosen from it; none: it is there to be read."""
    is_whole: bool = True
    """Nothing else may be written."""


@dataclass(frozen=True)
class Blank:
    """What an empty workbook is made of."""

    title: str
    sheet: str
    """Name of the sheet that is filled in."""
    row: str
    """What a row is, as a sentence for the guide."""
    items: Sequence[FormItem]
    language: Language
    choices: Sequence[Choices] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    """More about some columns, by id."""


def fill_blank(book: Workbook, blank: Blank) -> None:
    """Fill a new workbook: the sheet to fill in, the lists, the guide."""
    _Filling(book, blank).write()


class _Filling:
    def __init__(self, book: Workbook, blank: Blank) -> None:
        self._blank, self._language = blank, blank.language
        self._data = Sheet(book, book.add_worksheet(blank.sheet))
        self._lists = Sheet(book, book.add_worksheet(self._word("lists")))
        self._guide = Sheet(book, book.add_worksheet(self._word("guide")))
        self._ranges: dict[str, tuple[str, bool]] = {}

    def _word(self, key: str, **details: str) -> str:
        return _WORDS[key].say(self._language, **details)

    def write(self) -> None:
        """Write the three sheets."""
        self._write_lists()
        self._write_data()
        self._write_guide()
        self._data.sheet.activate()

    def _write_lists(self) -> None:
        for column, one in enumerate(self._blank.choices):
            self._lists.sheet.set_column(column, column, 34)
            self._lists.write(0, column, one.header, bold=True)
            for row, value in enumerate(one.values, 1):
                self._lists.write(row, column, value)
            letter, last = xl_col_to_name(column), max(len(one.values), 1) + 1
            if one.values:
                source = f"='{self._word('lists')}'!${letter}$2:${letter}${last}"
                self._ranges |= dict.fromkeys(one.of, (source, one.is_whole))
        self._lists.sheet.freeze_panes(1, 0)

    def _write_data(self) -> None:
        sheet = self._data.sheet
        for column, item in enumerate(self._blank.items):
            sheet.set_column(
                column,
                column,
                _WIDTHS.get(item.type, _USUAL_WIDTH),
                self._data.style(num_format=_number_format(item), text_wrap=True, valign="top"),
            )
            colour = "#E2EFDA" if item.required else "#F2F2F2"
            self._data.write(
                0,
                column,
                item.header.say(self._language),
                bold=True,
                text_wrap=True,
                valign="top",
                border=1,
                bg_color=colour,
            )
            sheet.data_validation(1, column, _ROWS, column, self._validation(item))
        sheet.set_row(0, 48)
        sheet.freeze_panes(1, self._columns_before_text())

    def _columns_before_text(self) -> int:
        """Return how many columns stay in sight: those before the first free text."""
        kinds = [item.type for item in self._blank.items]
        free = (ItemType.TEXT, ItemType.LONG_TEXT)
        return next((at for at, kind in enumerate(kinds) if kind in free), 0)

    def _validation(self, item: FormItem) -> dict[str, object]:
        limits = self._limits(item)
        return {
            **limits,
            "ignore_blank": True,
            "input_title": _cut(item.header.say(self._language), _PROMPT_TITLE),
            "input_message": _cut(self._prompt(item), _PROMPT),
            "error_message": _cut(self._prompt(item), _PROMPT),
            "error_type": "stop" if self._ranges.get(item.id, ("", True))[1] else "warning",
        }

    def _limits(self, item: FormItem) -> dict[str, object]:
        if item.id in self._ranges:
            return {"validate": "list", "source": self._ranges[item.id][0]}
        if item.type is ItemType.YES_NO:
            return {"validate": "list", "source": ["Có", "Không"]}
        if item.type in {ItemType.DATE, ItemType.DATETIME}:
            first, last = _bounds(item)
            return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        if item.type in {ItemType.INTEGER, ItemType.PERCENT}:
            return _number_limits(item)
        if item.type in {ItemType.TEXT, ItemType.CODE, ItemType.EMAIL}:
            return {"validate": "length", "criteria": "<=", "value": _longest(item)}
        return {"validate": "any"}

    def _prompt(self, item: FormItem) -> str:
        if item.type is ItemType.IGNORED:
            return self._word("ignored")
        parts = [
            self._word("required" if item.required else "optional"),
            item.note.say(self._language),
            self._type_rule(item),
            self._blank.rules.get(item.id, ""),
        ]
        return " ".join(part for part in parts if part)

    def _type_rule(self, item: FormItem) -> str:
        if item.type is ItemType.UNIT:
            return self._word("unit_rule")
        if item.type in {ItemType.DATE, ItemType.DATETIME}:
            first, last = (written(moment.date()) for moment in _bounds(item))
            form = self._word("date" if item.type is ItemType.DATE else "moment")
            return f"{form} {self._word('between', low=first, high=last)}"
        if item.type in {ItemType.INTEGER, ItemType.PERCENT} and item.minimum is not None:
            low, high = shown(item.minimum), shown(item.maximum)
            return self._word("between" if high else "from", low=low, high=high)
        if item.type is ItemType.YES_NO or item.id in self._ranges:
            return self._word("list")
        if item.maximum_length:
            return self._word("length", high=str(item.maximum_length))
        return ""

    def _write_guide(self) -> None:
        guide = self._guide
        guide.sheet.set_column(0, 0, 42)
        guide.sheet.set_column(1, 1, 90)
        guide.write(0, 0, self._blank.title, bold=True, font_size=13)
        row = 1
        for rule in (self._blank.row, *(one.say(self._language) for one in _RULES)):
            row += 1
            guide.write(row, 0, f"• {rule}")
        row += 2
        guide.write(row, 0, self._word("column"), bold=True)
        guide.write(row, 1, self._word("meaning"), bold=True)
        for item in self._blank.items:
            row += 1
            guide.write(row, 0, f"• {item.header.say(self._language)}", valign="top")
            guide.write(row, 1, self._prompt(item), text_wrap=True, valign="top")


def _number_format(item: FormItem) -> str:
    if item.type is ItemType.DATE:
        return DATE_FORMAT
    if item.type is ItemType.DATETIME:
        return MOMENT_FORMAT
    return "@" if item.type in {ItemType.CODE, ItemType.UNIT, ItemType.EMAIL} else "General"


def _bounds(item: FormItem) -> tuple[datetime, datetime]:
    first, last = item.earliest or date(1900, 1, 1), item.latest or date(2100, 12, 31)
    return datetime.combine(first, time.min), datetime.combine(last, time(23, 59, 59))


def _number_limits(item: FormItem) -> dict[str, object]:
    kind = "integer" if item.type is ItemType.INTEGER else "decimal"
    low = float(item.minimum) if item.minimum is not None else -1e9
    high = float(item.maximum) if item.maximum is not None else 1e9
    if kind == "integer":
        return {"validate": kind, "criteria": "between", "minimum": int(low), "maximum": int(high)}
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}


def _longest(item: FormItem) -> int:
    return item.maximum_length or DEFAULT_LENGTHS.get(item.type, EXCEL_CELL_LIMIT)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
