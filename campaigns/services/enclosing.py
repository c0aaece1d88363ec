"""Which documents go with which letters? None where nobody makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from campaigns.services.registers.directory import Directory
from campaigns.services.registers.imports import unit_lookup
from campaigns.store.enclosure_port import Enclosed, EnclosedSheet, Enclosures
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from language import Language, _, pgettext

_FORM: Final = _("Nomination form")
_NOT_IN_NAMES: Final = re.compile(r"[\\/:*?\"<>|\x00-\x1f]+")
"""What one of the usual systems takes in no file name."""


CODE: Final = _("Code")
_DOSSIER: Final = (
    CODE,
    _("Name"),
    pgettext("nomination", "Kind"),
    _("Field"),
    _("Unit"),
    _("Nominated by"),
)


def dossier_sheet(
    tx: Transaction,
    directory: Directory,
    records: Iterable[NominationRecord],
    title: str,
    language: Language,
) -> EnclosedSheet:
    """Return nominations as a sheet: what they are, and nothing of what became of them."""
    fields = {one.id: one.name.say(language) for one in tx.playbook.fields}
    kinds = {one.id: one.name.say(language) for one in tx.playbook.subject_kinds}
    rows = [
        (
            one.code,
            one.name,
            kinds.get(one.subject_kind, one.subject_kind),
            fields.get(one.field, one.field),
            directory.unit_name(one.unit_id),
            directory.unit_name(one.nominated_by_id),
        )
        for one in records
    ]
    return EnclosedSheet(title, [one.say(language) for one in _DOSSIER], rows)


def nomination_form(tx: Transaction, language: Language) -> Enclosed | None:
    """Return the campaign's empty form: one for all units, so it holds nothing of any of them."""
    return _enclosed(
        tx,
        _FORM.say(language),
        lambda maker: maker.form(tx.playbook, unit_lookup(tx).values(), language, tx.now),
    )


def workbook(
    tx: Transaction, title: str, sheets: Callable[[], Sequence[EnclosedSheet]]
) -> Enclosed | None:
    """Return a workbook of sheets that are asked for when its letter is stored."""
    return _enclosed(tx, title, lambda maker: maker.tables(sheets(), tx.now))


def _enclosed(tx: Transaction, title: str, make: Callable[[Enclosures], bytes]) -> Enclosed | None:
    maker = tx.enclosures
    if maker is None:
        return None
    return Enclosed(file_name(tx.campaign.code, title), lambda: make(maker))


def file_name(campaign_code: str, title: str) -> str:
    """Return the name of a file as readers get it, in their letters.

    >>> file_name("01/DVK", "Biểu mẫu")
    '01-DVK - Biểu mẫu.xlsx'
    """
    return _NOT_IN_NAMES.sub("-", f"{campaign_code} - {title}") + ".xlsx"
