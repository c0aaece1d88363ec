"""Which workbook does a unit fill in? Made from the form, so it always fits the import."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook

from campaigns.rules.importing.lookups import UnitInfo
from documents.writing.blank_workbook import Blank, Choices, fill_blank
from documents.writing.tables import new_workbook
from language import Language, Text, _, pgettext
from schemas.playbook.form import ItemRole, ItemType
from schemas.playbook.playbook import Playbook

_WORDS: Final[dict[str, Text]] = {
    "row": _("One row and one code for each dossier."),
    "data": pgettext("sheet", "Nominations"),
    "kinds": _("Names of subject kinds"),
    "fields": _("Names of fields"),
    "unit": _("Id in the list"),
    "unit_name": _("Name of the unit in the list"),
    "own_and_below": _(
        "The nominating unit itself or one below it, but for units that nominate for any."
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
    fill_blank(book, _blank(playbook, current, language))


def _blank(playbook: Playbook, units: list[UnitInfo], language: Language) -> Blank:
    def say(key: str) -> str:
        return _WORDS[key].say(language)

    def of(kind: ItemType) -> frozenset[str]:
        return frozenset(item.id for item in playbook.form.items if item.type is kind)

    kinds = [kind.name.say(language) for kind in playbook.subject_kinds]
    fields = [one.name.say(language) for one in playbook.fields]
    unit = playbook.form.by_role(ItemRole.UNIT)
    narrow = playbook.nominating.own_and_below and unit is not None
    return Blank(
        title=playbook.name.say(language),
        sheet=say("data"),
        row=say("row"),
        items=playbook.form.items,
        language=language,
        choices=(
            Choices(say("kinds"), kinds, of(ItemType.SUBJECT_KIND)),
            Choices(say("fields"), fields, of(ItemType.FIELD)),
            Choices(say("unit"), [one.id for one in units], of(ItemType.UNIT), is_whole=False),
            Choices(say("unit_name"), [one.name for one in units]),
        ),
        rules={unit.id: say("own_and_below")} if narrow and unit else {},
    )
