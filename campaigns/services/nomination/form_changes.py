"""What does a new version of a form say otherwise? Each box, with what stood there before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import orjson

from campaigns.rules.registers.changes import Fields, compare
from campaigns.services.registers.directory import local
from campaigns.store.nomination import nominations
from campaigns.store.nomination.nominations import NewNomination
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from language.vietnamese import shorten
from schemas.outcomes import Difference

_SHOWN: Final = 200
"""Characters of a box that are told; a form has texts of many pages."""


def told(
    tx: Transaction, revised: Sequence[tuple[NominationRecord, NewNomination]]
) -> tuple[Difference, ...]:
    """Return what new versions say otherwise than the forms that are stored, before they are."""
    stored = nominations.forms(tx, [old.id for old, _new in revised])
    before = {old.code: _said(tx, stored[old.id], old.submitted_at) for old, _new in revised}
    after = {old.code: _said(tx, new.content, new.submitted_at) for old, new in revised}
    return tuple(
        one.model_copy(
            update={"before": shorten(one.before, _SHOWN), "after": shorten(one.after, _SHOWN)}
        )
        for one in compare(before, after).differences
    )


def _said(tx: Transaction, content: str, submitted_at: datetime) -> Fields:
    form = orjson.loads(content)
    boxes = {**form.pop("answers"), **form, "submitted_at": local(tx, submitted_at).isoformat()}
    return {key: _text(value) for key, value in boxes.items()}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
