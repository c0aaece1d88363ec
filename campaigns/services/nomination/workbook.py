"""What becomes of the nominations in a unit's own workbook? All are received now, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from campaigns.rules.importing.unit_nominations import RefusedRow, Standing, refusal_of
from campaigns.services.nomination import checking
from campaigns.services.sight import Sight
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from language import Language
from schemas.imports import NominationRow
from schemas.vocabulary import NominationState, Role, label

_CHANGEABLE: Final = frozenset({NominationState.SUBMITTED, NominationState.RETURNED})


class Sender(NamedTuple):
    """For whom a workbook is sent, and how."""

    unit_id: str | None
    """The unit whose rows are taken; None: a coordinator sends for any."""
    revise: bool
    """Rows whose code is there already may be corrections."""
    language: Language


class Taken(NamedTuple):
    """What became of the rows, by code."""

    new: list[str]
    corrected: list[str]
    unchanged: list[str]
    late: list[str]


def standings(
    tx: Transaction, rows: Sequence[NominationRow], sender: Sender
) -> dict[str, Standing]:
    """Return what is there already under the codes of the rows, as the sender may know it."""
    roles = (Role.COORDINATOR,) if sender.unit_id is None else (Role.NOMINATOR,)
    known_to_sender = Sight(tx, roles, sender.unit_id or "")
    known = nominations.by_code(tx, [row.code for row in rows])
    hashes = nominations.content_hashes(tx, [record.id for record in known.values()])
    given = {row.code: nominations.prepare(row, tx.now, late=False).content_hash for row in rows}
    return {
        code: Standing(
            unit_id=record.nominated_by_id,
            state=label(state, sender.language),
            may_change=state in _CHANGEABLE,
            is_same=hashes[record.id] == given[code],
        )
        for code, record in known.items()
        for state in (known_to_sender.state(record),)
    }


def refusals(
    rows: Sequence[NominationRow], there: Mapping[str, Standing], sender: Sender
) -> list[RefusedRow]:
    """Return the rows that cannot be taken beside what is there already."""
    found = []
    for row in rows:
        one = there.get(row.code)
        key = refusal_of(one, sender.unit_id, revise=sender.revise) if one else None
        if one is not None and key is not None:
            found.append(RefusedRow(row.row, row.code, key, one.state))
    return found


def receive(tx: Transaction, rows: Sequence[NominationRow], there: Mapping[str, Standing]) -> Taken:
    """Receive the rows as sent now; the deadline is kept at the door.

    Raises:
        NominationClosed: The stage does not receive now, or it is too late.
    """
    checking.receive(tx, rows)
    new = [row.code for row in rows if row.code not in there]
    corrected = [code for code, one in there.items() if not one.is_same]
    stored = nominations.by_code(tx, [*new, *corrected])
    return Taken(
        new=new,
        corrected=corrected,
        unchanged=[code for code, one in there.items() if one.is_same],
        late=[code for code, record in stored.items() if record.late],
    )
