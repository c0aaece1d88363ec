"""Which workbook does a unit fill in? Made from the playbook's form, so it always fits the import.

Drop-downs, input notes and limits let Excel refuse at the desk what the import would refuse later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from campaigns.rules.importing.dates import written
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.values import DEFAULT_LENGTHS, EXCEL_CELL_LIMIT, shown
from documents.tables import DATE_FORMAT, MOMENT_FORMAT, Sheet, new_workbook
from schemas.playbook import Playbook
from schemas.playbook_form import Caption, FormItem, ItemRole, ItemType
from schemas.vocabulary import Language

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
_WORDS: Final[dict[str, dict[Language, str]]] = {
    "data": {"vi": "Đề cử", "en": "Nominations"},
    "lists": {"vi": "Danh mục", "en": "Lists"},
    "guide": {"vi": "Hướng dẫn", "en": "Guidance"},
    "required": {"vi": "Bắt buộc.", "en": "Required."},
    "optional": {"vi": "Không bắt buộc.", "en": "Optional."},
    "ignored": {
        "vi": "Chỉ để dễ đọc; hệ thống không đọc cột này.",
        "en": "For readers only; the system does not read this column.",
    },
    "kinds": {"vi": "Tên loại đối tượng", "en": "Names of subject kinds"},
    "fields": {"vi": "Tên lĩnh vực", "en": "Names of fields"},
    "unit": {"vi": "Mã trong danh mục", "en": "Id in the list"},
    "unit_name": {"vi": "Tên đơn vị trong danh mục", "en": "Name of the unit in the list"},
    "column": {"vi": "Cột", "en": "Column"},
    "meaning": {"vi": "Cách điền", "en": "How to fill in"},
    "date": {
        "vi": "Ghi ngày/tháng/năm, ví dụ 5/9/2022.",
        "en": "Write day/month/year, such as 5/9/2022.",
    },
    "moment": {
        "vi": "Ghi ngày/tháng/năm giờ:phút; chỉ ghi ngày thì tính từ 00:00.",
        "en": "Write day/month/year hour:minute; a day alone counts from 00:00.",
    },
    "unit_rule": {
        "vi": "Ghi mã đơn vị trong trang Danh mục, không ghi tên.",
        "en": "Write the unit's id from the sheet Lists, not its name.",
    },
    "own_and_below": {
        "vi": "Chỉ ghi chính đơn vị đề nghị hoặc đơn vị cấp dưới, trừ đơn vị được đề cử mọi nơi.",
        "en": "The nominating unit itself or one below it, but for units that nominate for any.",
    },
    "between": {"vi": "Từ {low} đến {high}.", "en": "From {low} to {high}."},
    "from": {"vi": "Từ {low} trở lên.", "en": "{low} or more."},
    "length": {"vi": "Tối đa {high} ký tự.", "en": "At most {high} characters."},
    "list": {"vi": "Chọn trong danh sách.", "en": "Choose from the list."},
}
_RULES: Final[dict[Language, tuple[str, ...]]] = {
    "vi": (
        "Mỗi hồ sơ một dòng, mỗi hồ sơ một mã riêng; không gộp ô, không xóa hay đổi tên cột.",
        "Không dùng công thức; nếu chép từ nơi khác, dán dạng giá trị.",
        "Gõ tiếng Việt bằng Unicode dựng sẵn, không dùng phông .VnTime hay VNI.",
        "Dòng trống và dòng tổng cộng không cần xóa; hệ thống tự bỏ qua.",
    ),
    "en": (
        "One row and one code for each dossier; do not merge cells or rename columns.",
        "No formulas; paste values when copying from elsewhere.",
        "Type Vietnamese in composed Unicode, not in the fonts .VnTime or VNI.",
        "Empty rows and totals need not be deleted; they are passed over.",
    ),
}


def write_nomination_template(
    path: Path, playbook: Playbook, units: Iterable[UnitInfo], language: Language = "vi"
) -> None:
    """Write the empty workbook for nominations; units are those that exist on the closing day."""
    with new_workbook(path, in_order=False) as book:
        fill_nomination_template(book, playbook, units, language)


def fill_nomination_template(
    book: Workbook, playbook: Playbook, units: Iterable[UnitInfo], language: Language
) -> None:
    """Fill a new workbook with the empty form."""
    day = playbook.calendar.nomination.closes.date()
    current = sorted(
        (unit for unit in units if unit.exists_on(day)), key=lambda unit: (unit.kind, unit.name)
    )
    _Template(book, playbook, current, language).write()


def _say(caption: Caption, language: Language) -> str:
    return caption.en if language == "en" and caption.en else caption.vi


class _Template:
    def __init__(
        self, book: Workbook, playbook: Playbook, units: list[UnitInfo], language: Language
    ) -> None:
        self._playbook, self._units, self._language = playbook, units, language
        self._data = Sheet(book, book.add_worksheet(self._word("data")))
        self._lists = Sheet(book, book.add_worksheet(self._word("lists")))
        self._guide = Sheet(book, book.add_worksheet(self._word("guide")))
        self._ranges: dict[ItemType, str] = {}

    def _word(self, key: str, **details: str) -> str:
        return _WORDS[key][self._language].format(**details)

    def write(self) -> None:
        """Write the three sheets."""
        self._write_lists()
        self._write_data()
        self._write_guide()
        self._data.sheet.activate()

    def _write_lists(self) -> None:
        kinds = [kind.name.say(self._language) for kind in self._playbook.subject_kinds]
        fields = [field.name.say(self._language) for field in self._playbook.fields]
        columns = (
            (ItemType.SUBJECT_KIND, "kinds", kinds),
            (ItemType.FIELD, "fields", fields),
            (ItemType.UNIT, "unit", [unit.id for unit in self._units]),
            (ItemType.IGNORED, "unit_name", [unit.name for unit in self._units]),
        )
        for column, (kind, header, values) in enumerate(columns):
            self._lists.sheet.set_column(column, column, 34)
            self._lists.write(0, column, self._word(header), bold=True)
            for row, value in enumerate(values, 1):
                self._lists.write(row, column, value)
            letter, last = xl_col_to_name(column), max(len(values), 1) + 1
            if values:
                self._ranges[kind] = f"='{self._word('lists')}'!${letter}$2:${letter}${last}"
        self._lists.sheet.freeze_panes(1, 0)

    def _write_data(self) -> None:
        sheet = self._data.sheet
        for column, item in enumerate(self._playbook.form.items):
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
                _say(item.header, self._language),
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
        kinds = [item.type for item in self._playbook.form.items]
        free = (ItemType.TEXT, ItemType.LONG_TEXT)
        return next((at for at, kind in enumerate(kinds) if kind in free), 0)

    def _validation(self, item: FormItem) -> dict[str, object]:
        limits = self._limits(item)
        return {
            **limits,
            "ignore_blank": True,
            "input_title": _cut(_say(item.header, self._language), _PROMPT_TITLE),
            "input_message": _cut(self._prompt(item), _PROMPT),
            "error_message": _cut(self._prompt(item), _PROMPT),
            "error_type": "stop" if item.type is not ItemType.UNIT else "warning",
        }

    def _limits(self, item: FormItem) -> dict[str, object]:
        if item.type in self._ranges and item.type is not ItemType.IGNORED:
            return {"validate": "list", "source": self._ranges[item.type]}
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
            _say(item.note, self._language),
            self._type_rule(item),
        ]
        return " ".join(part for part in parts if part)

    def _type_rule(self, item: FormItem) -> str:
        if item.type is ItemType.UNIT:
            narrow = item.role is ItemRole.UNIT and self._playbook.nominating.own_and_below
            below = f" {self._word('own_and_below')}" if narrow else ""
            return f"{self._word('unit_rule')}{below}"
        if item.type in {ItemType.DATE, ItemType.DATETIME}:
            first, last = (written(moment.date()) for moment in _bounds(item))
            form = self._word("date" if item.type is ItemType.DATE else "moment")
            return f"{form} {self._word('between', low=first, high=last)}"
        if item.type in {ItemType.INTEGER, ItemType.PERCENT} and item.minimum is not None:
            low, high = shown(item.minimum), shown(item.maximum)
            return self._word("between" if high else "from", low=low, high=high)
        if item.type in {ItemType.FIELD, ItemType.SUBJECT_KIND, ItemType.YES_NO}:
            return self._word("list")
        if item.maximum_length:
            return self._word("length", high=str(item.maximum_length))
        return ""

    def _write_guide(self) -> None:
        guide = self._guide
        guide.sheet.set_column(0, 0, 42)
        guide.sheet.set_column(1, 1, 90)
        name = self._playbook.name.say(self._language)
        guide.write(0, 0, name, bold=True, font_size=13)
        row = 1
        for rule in _RULES[self._language]:
            row += 1
            guide.write(row, 0, f"• {rule}")
        row += 2
        guide.write(row, 0, self._word("column"), bold=True)
        guide.write(row, 1, self._word("meaning"), bold=True)
        for item in self._playbook.form.items:
            row += 1
            guide.write(row, 0, f"• {_say(item.header, self._language)}", valign="top")
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
