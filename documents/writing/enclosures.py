"""Which workbooks go with letters? Made in memory, of the same octets for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

from campaigns.rules.importing.lookups import UnitInfo
from campaigns.store.enclosure_port import EnclosedSheet
from documents.writing.nomination_template import fill_nomination_template
from documents.writing.tables import Sheet, fill, sheet_name, workbook_in
from language import Language
from schemas.playbook.playbook import Playbook


class Workbooks:
    """Makes the workbooks that go with letters; holds nothing."""

    def form(
        self, playbook: Playbook, units: Iterable[UnitInfo], language: Language, made_at: datetime
    ) -> bytes:
        """Return the empty workbook for nominations."""
        packed = BytesIO()
        with workbook_in(packed, in_order=False, made_at=made_at) as book:
            fill_nomination_template(book, playbook, units, language)
        return packed.getvalue()

    def tables(self, sheets: Sequence[EnclosedSheet], made_at: datetime) -> bytes:
        """Return a workbook of these sheets."""
        packed = BytesIO()
        with workbook_in(packed, in_order=False, made_at=made_at) as book:
            for one in sheets:
                sheet = Sheet(book, book.add_worksheet(sheet_name(one.title)))
                lengths = [
                    max(map(len, column)) for column in zip(one.headers, *one.rows, strict=True)
                ]
                fill(sheet, one.headers, one.rows, lengths, text_wrap=True, valign="top")
        return packed.getvalue()
